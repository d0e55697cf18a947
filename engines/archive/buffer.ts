import type { Positions } from '../../usecases/ports/archive/archive-source';

/** What was taken out of a buffer, and the position of each partition behind it. */
export type Filled<Row> = { readonly rows: readonly Row[]; readonly positions: Positions };

/** A row with its place, the position behind it, and what it weighs. */
type Taken<Row> = {
  readonly place: string;
  readonly next: number;
  readonly row: Row;
  readonly bytes: number;
};

type BufferLimits = {
  /** So much makes a file. */
  readonly rollBytes: number;
  /** So old the oldest row becomes. */
  readonly rollMs: number;
  /** Above this nothing more is taken. */
  readonly bytesMax: number;
};

/** Rows of one data set that wait for their file. */
export class ArchiveBuffer<Row> {
  bytes = 0;
  private rows: Row[] = [];
  private positions: Positions = new Map();
  private sinceMs = 0;

  constructor(private readonly limits: BufferLimits) {}

  get hasRoom(): boolean {
    return this.bytes < this.limits.bytesMax;
  }

  add({ place, next, row, bytes }: Taken<Row>, nowMs: number): void {
    if (this.rows.length === 0) this.sinceMs = nowMs;
    this.rows.push(row);
    this.bytes += bytes;
    this.positions.set(place, next);
  }

  isDue(nowMs: number): boolean {
    if (this.rows.length === 0) return false;
    return this.bytes >= this.limits.rollBytes || nowMs - this.sinceMs >= this.limits.rollMs;
  }

  /** Takes out everything, or as much as makes one file. */
  drain(): Filled<Row> {
    const filled = { rows: this.rows, positions: this.positions };
    this.clear();
    return filled;
  }

  clear(): void {
    this.rows = [];
    this.positions = new Map();
    this.bytes = 0;
  }
}
