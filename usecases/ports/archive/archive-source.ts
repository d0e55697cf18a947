import type { Frame, Tick } from './archive';

/** The next offset of each partition, by its place (`topic/partition`). */
export type Positions = Map<string, number>;

export type SourceRecord =
  | { readonly kind: 'tick'; readonly offset: number; readonly tick: Tick }
  | { readonly kind: 'frame'; readonly offset: number; readonly frame: Frame };

export type SourceReader = {
  /** False: there is no room now. The record comes again once `resume` was called. */
  readonly take: (place: string, record: SourceRecord) => boolean;
  /** Reading begins anew from what is committed: what was taken and not committed comes again. */
  readonly onJoined: () => void;
  /** A record that nobody of ours wrote; it is passed over. */
  readonly onUnreadable: () => void;
};

/** The topics that are archived, read by one copy at a time. */
export type ArchiveSource = {
  readonly start: (reader: SourceReader) => Promise<void>;
  readonly resume: () => void;
  readonly commit: (positions: Positions) => Promise<void>;
  /** Where the partitions end now that have anything. */
  readonly ends: () => Promise<Positions>;
  readonly committed: () => Promise<Positions>;
  readonly isReading: () => boolean;
  readonly stop: () => Promise<void>;
};
