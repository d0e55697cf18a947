import type { ArchiveWriter, Frame, Stored, Tick } from '../../usecases/ports/archive/archive';
import type { ArchiveSource, Positions, SourceRecord } from '../../usecases/ports/archive/archive-source';
import { ArchiveBuffer, type Filled } from './buffer';
import type { ArchiverMetrics, DataSetName } from './metrics';

export type ArchiverParts = {
  readonly source: ArchiveSource;
  readonly writer: ArchiveWriter;
  readonly metrics: ArchiverMetrics;
  /** How old the oldest row may become before its file is written. */
  readonly rollMs: number;
  /** Monotonic. */
  readonly nowMs: () => number;
  readonly pause: (ms: number) => Promise<void>;
  readonly onFailure: (error: unknown, what: string) => void;
};

/** Text in memory; a file of it has a tenth. */
const ROLL_BYTES = 24 * 1024 * 1024;
/** What waits while the file before is stored: together they are bounded, and then the broker keeps the rest. */
const BYTES_MAX = 32 * 1024 * 1024;
/** What a row weighs beside its text. */
const ROW_BYTES = 200;
const AGAIN_MS = { first: 500, max: 15_000 } as const;

/**
 * Takes the records of the archived topics, stores them file by file, and commits a position only when everything
 * before it is in a file: a crash stores again what had no commit, and loses nothing that the broker still has.
 */
export class Archiver {
  private readonly ticks: ArchiveBuffer<Tick>;
  private readonly frames: ArchiveBuffer<Frame>;
  /** The offset that comes next of each partition. */
  private next: Positions = new Map();
  private committed: Positions = new Map();
  private isPaused = false;
  private isHurried = false;

  constructor(private readonly parts: ArchiverParts) {
    const limits = { rollBytes: ROLL_BYTES, rollMs: parts.rollMs, bytesMax: BYTES_MAX };
    this.ticks = new ArchiveBuffer(limits);
    this.frames = new ArchiveBuffer(limits);
  }

  async start(): Promise<void> {
    const { source, metrics } = this.parts;
    await source.start({
      take: this.take,
      onJoined: () => this.begin(),
      onUnreadable: () => metrics.unreadable(),
    });
  }

  /** Stores what is due; called often. One storing at a time. */
  async tend(): Promise<void> {
    const { metrics, nowMs } = this.parts;
    metrics.waiting('ticks', this.ticks.bytes);
    metrics.waiting('frames', this.frames.bytes);
    if (this.ticks.isDue(nowMs()) || this.frames.isDue(nowMs())) await this.storeAll();
  }

  /** What cannot be stored at once is left to a successor from now on. */
  hurry(): void {
    this.isHurried = true;
  }

  /** Stores what was taken, so that a successor has less to read again. */
  async stop(): Promise<void> {
    this.hurry();
    await this.storeAll().catch((error) => this.parts.onFailure(error, 'the last rows are left to a successor'));
    await this.parts.source.stop();
  }

  private readonly take = (place: string, record: SourceRecord): boolean => {
    const { kind, offset } = record;
    const buffer = kind === 'tick' ? this.ticks : this.frames;
    if (!buffer.hasRoom) {
      this.isPaused = true;
      return false;
    }
    const expected = this.next.get(place);
    if (expected !== undefined && offset > expected) this.parts.metrics.lost(`${kind}s`, offset - expected);
    this.next.set(place, offset + 1);
    const now = this.parts.nowMs();
    const at = { place, next: offset + 1 };
    if (kind === 'tick') this.ticks.add({ ...at, row: record.tick, bytes: record.tick.body.length + ROW_BYTES }, now);
    else this.frames.add({ ...at, row: record.frame, bytes: record.frame.text.length + ROW_BYTES }, now);
    return true;
  };

  private begin(): void {
    this.ticks.clear();
    this.frames.clear();
    this.next = new Map(this.committed);
  }

  private async storeAll(): Promise<void> {
    const { writer } = this.parts;
    await this.store('ticks', this.ticks.drain(), writer.storeTicks);
    await this.store('frames', this.frames.drain(), writer.storeFrames);
    if (!this.isPaused) return;
    this.isPaused = false;
    this.parts.source.resume();
  }

  /** Until it is stored: nothing that was told may be left out while the broker still could have told it again. */
  private async store<Row>(
    set: DataSetName,
    { rows, positions }: Filled<Row>,
    write: (rows: readonly Row[]) => Promise<readonly Stored[]>,
  ): Promise<void> {
    if (rows.length === 0) return;
    const { metrics, nowMs, onFailure, pause, source } = this.parts;
    for (let waitMs: number = AGAIN_MS.first; ; waitMs = Math.min(waitMs * 2, AGAIN_MS.max)) {
      const began = nowMs();
      try {
        metrics.stored(set, await write(rows), (nowMs() - began) / 1_000);
        break;
      } catch (error) {
        metrics.failed(set);
        onFailure(error, `${set} were not stored`);
        if (this.isHurried) throw error;
        await pause(waitMs);
      }
    }
    try {
      await source.commit(positions);
      for (const [place, position] of positions) this.committed.set(place, position);
    } catch (error) {
      onFailure(error, `that ${set} are stored was not committed: they will be stored once more`);
    }
  }
}
