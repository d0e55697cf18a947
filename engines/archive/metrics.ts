import type { Stored } from '../../usecases/ports/archive/archive';

export type DataSetName = 'ticks' | 'frames';

/** What the archiver tells of its work. */
export type ArchiverMetrics = {
  readonly stored: (set: DataSetName, files: readonly Stored[], seconds: number) => void;
  /** It is tried again until it succeeds; meanwhile the broker keeps what is not read. */
  readonly failed: (set: DataSetName) => void;
  /** Records that the broker had given up before they could be stored. */
  readonly lost: (set: DataSetName, records: number) => void;
  readonly unreadable: () => void;
  readonly waiting: (set: DataSetName, bytes: number) => void;
};
