/** From the one to the other, both included, in epoch milliseconds. */
export type Span = { readonly from: number; readonly to: number };

/** An event of the topic `market-data` as it was told, with what readers look for beside it. */
export type Tick = {
  readonly partition: number;
  /** Its place in the partition. */
  readonly offset: number;
  readonly instrument: string;
  readonly type: string;
  readonly sequence: number | null;
  readonly venueAt: number | null;
  readonly receivedAt: number | null;
  readonly occurredAt: number;
  /** The record's value, unchanged: also fields that nobody knows here. */
  readonly body: string;
};

/** What a venue said, as it came, or a part of it where it was too large for one record. */
export type Frame = {
  readonly venue: string;
  /** The connection that it came by, of one copy of market-data; each counts its frames. */
  readonly connection: string;
  readonly number: number;
  readonly part: number;
  readonly parts: number;
  readonly receivedAt: number;
  /** `rest`: an answer; its connection ends in the path that was asked. */
  readonly kind: 'socket' | 'rest';
  readonly text: string;
};

/** A file of the archive. */
export type Stored = { readonly path: string; readonly rows: number; readonly bytes: number; readonly sha256: string };

export type ArchiveReader = {
  /** Each once, of each partition in its order, and of different ones in the order of their time. */
  readonly ticks: (span: Span, instruments?: readonly string[]) => AsyncIterable<Tick>;
  /** Each once, of each connection in its order, and of different ones in the order of their receipt. */
  readonly frames: (span: Span, venues: readonly string[]) => AsyncIterable<Frame>;
  /** The spans within which ticks were stored, those that touch one another made one. */
  readonly covered: (span: Span) => Promise<readonly Span[]>;
};

export type ArchiveWriter = {
  /** Stores them in one file for each hour that they are of; repeated, it stores them once more. */
  readonly storeTicks: (ticks: readonly Tick[]) => Promise<readonly Stored[]>;
  /** One file for each venue and hour. */
  readonly storeFrames: (frames: readonly Frame[]) => Promise<readonly Stored[]>;
};

/** What is kept for ever around a verdict, under the verdict's id; repeated, it writes the same bytes again. */
export type VerdictKeeper = {
  readonly keepTicks: (verdictId: string, name: string, ticks: readonly Tick[]) => Promise<Stored>;
  readonly keepFrames: (verdictId: string, name: string, frames: readonly Frame[]) => Promise<Stored>;
  readonly keepText: (verdictId: string, name: string, text: string) => Promise<void>;
};
