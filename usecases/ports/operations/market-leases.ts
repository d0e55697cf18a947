import type { Instant } from '../../../domain/kernel/instant';

/** Which copy of market-data tells which share of the instruments, and which copies there are. */
export type MarketLeases = {
  /** What others have, and how many others live: they have been heard of within `expiresAfterMs`. */
  readonly others: (
    owner: string,
    now: Instant,
    expiresAfterMs: number,
  ) => Promise<{ readonly living: number; readonly shards: ReadonlySet<number> }>;
  /**
   * Says that the owner lives, and takes or keeps those shards that nobody else has claimed for `expiresAfterMs`;
   * answers which these are.
   */
  readonly claim: (
    owner: string,
    shards: readonly number[],
    now: Instant,
    expiresAfterMs: number,
  ) => Promise<ReadonlySet<number>>;
  /** Leaves a shard to whoever claims it next; nothing where somebody else has it. */
  readonly release: (owner: string, shard: number) => Promise<void>;
  /** The owner ends: it has nothing any more. What was left behind by those who could not say so is forgotten. */
  readonly leave: (owner: string, now: Instant) => Promise<void>;
};
