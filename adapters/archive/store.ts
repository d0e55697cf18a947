import type { Instant } from '../../domain/kernel/instant';

/** Where files of the archive lie. A file is there whole or not at all. */
export type FileStore = {
  readonly put: (path: string, bytes: Uint8Array) => Promise<void>;
  /** Undefined: there is no such file. */
  readonly get: (path: string) => Promise<Uint8Array | undefined>;
  /** The paths that begin so, in no order that anyone may count on. A prefix ends with `/`. */
  readonly list: (prefix: string) => Promise<readonly string[]>;
  /** Removes the ticks and frames of days before; absent where the store does it by itself. Verdicts stay. */
  readonly expire?: (before: Instant) => Promise<void>;
};
