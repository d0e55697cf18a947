import type { PassMetrics } from '../../engines/relay/relay';
import type { Metrics } from '../../runtime/service';

/** What an operator asks of the relay: does it send, does it fail, and who waits for how long. */
type RelayMetrics = PassMetrics & {
  readonly parked: () => void;
  readonly backlog: (rows: number, oldestMs: number) => void;
};

export function relayMetrics(metrics: Metrics): RelayMetrics {
  const sent = metrics.counter('relay_events_sent_total', 'Outbox rows sent to their topics');
  const failed = metrics.counter('relay_passes_failed_total', 'Passes over the outbox that failed and run again');
  const parked = metrics.counter('relay_events_parked_total', 'Events that no topic takes, and those behind them');
  const rows = metrics.gauge('relay_backlog_rows', 'Outbox rows that are not sent yet');
  const age = metrics.gauge('relay_backlog_oldest_seconds', 'Age of the oldest outbox row that is not sent yet');
  return {
    sent: (count) => sent.inc(count),
    failed: () => failed.inc(),
    parked: () => parked.inc(),
    backlog: (count, oldestMs) => {
      rows.set(count);
      age.set(oldestMs / 1_000);
    },
  };
}
