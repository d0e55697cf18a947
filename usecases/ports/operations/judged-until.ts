import type { AccountId } from '../../../domain/kernel/ids';
import type { Instant } from '../../../domain/kernel/instant';

/**
 * Within this time an engine has heard of every fill and order: as an event, or at the latest when it compares its
 * accounts with the database, which it does every minute. Quotes are kept, and read again, this far back.
 */
export const HEARD_WITHIN_MS = 150_000;

/** How far the engines have come, for those who decide about an account meanwhile. */
export type JudgedUntil = {
  /** Every quote received until then was judged for the accounts of this shard of so many, and what came of it saved. */
  readonly tell: (shard: number, shards: number, until: Instant) => Promise<void>;
  /** What was last told of the account's shard; undefined: nothing. */
  readonly of: (id: AccountId) => Promise<Instant | undefined>;
};

/** The shard of an account: the last digits of its id are random. */
export const shardOf = (id: AccountId, shards: number): number => Number.parseInt(id.slice(-6), 16) % shards;
