import type { ArchiverMetrics } from '../../engines/archive/metrics';
import { LATENCY_BUCKETS_S, type Metrics } from '../../runtime/service';

/** What an operator asks of the archive: does it store, does anything wait or get lost, is a verdict's window owed. */
export function archiverMetrics(metrics: Metrics) {
  const files = metrics.counter('archive_files_total', 'Files stored', ['set']);
  const rows = metrics.counter('archive_rows_total', 'Ticks and frames stored', ['set']);
  const bytes = metrics.counter('archive_bytes_total', 'Bytes of the files', ['set']);
  const seconds = metrics.histogram('archive_store_seconds', 'Making a file and storing it', LATENCY_BUCKETS_S);
  const failed = metrics.counter('archive_store_failures_total', 'Files that could not be stored at once', ['set']);
  const lost = metrics.counter('archive_records_lost_total', 'Records that the broker gave up unstored', ['set']);
  const unreadable = metrics.counter('archive_records_unreadable_total', 'Records of frames that nobody of ours wrote');
  const waiting = metrics.gauge('archive_waiting_bytes', 'What waits in memory for its file', ['set']);
  const kept = metrics.counter('archive_windows_kept_total', 'Windows around verdicts that are kept for ever');
  const windowFailures = metrics.counter('archive_window_failures_total', 'Windows that could not be kept at once');
  const owed = metrics.gauge('archive_windows_owed', 'Windows around verdicts that are not kept yet');
  const oldest = metrics.gauge('archive_windows_owed_oldest_seconds', 'Since the oldest verdict of them');
  const archiver: ArchiverMetrics = {
    stored: (set, made, took) => {
      files.inc({ set }, made.length);
      for (const file of made) {
        rows.inc({ set }, file.rows);
        bytes.inc({ set }, file.bytes);
      }
      seconds.observe(took);
    },
    failed: (set) => failed.inc({ set }),
    lost: (set, records) => lost.inc({ set }, records),
    unreadable: () => unreadable.inc(),
    waiting: (set, size) => waiting.set({ set }, size),
  };
  return {
    archiver,
    windowFailed: () => windowFailures.inc(),
    windows: (done: number, left: number, oldestS: number) => {
      kept.inc(done);
      owed.set(left);
      oldest.set(oldestS);
    },
  };
}
