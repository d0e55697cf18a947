import type { Instant } from '../../../domain/kernel/instant';
import type { Fence } from '../accounts/account-store';

/** Who judges which share of the accounts. One row a shard. */
export type EngineLeases = {
  /** Takes the shard when nobody has renewed it for `expiresAfterMs`: the epoch rises by one. */
  readonly acquire: (
    shard: number,
    owner: string,
    now: Instant,
    expiresAfterMs: number,
  ) => Promise<{ readonly fence: Fence; readonly seenUntil: Instant | undefined } | undefined>;
  /** Every quote received until `seenUntil` has been judged. False: somebody else has taken the shard. */
  readonly renew: (fence: Fence, owner: string, now: Instant, seenUntil: Instant) => Promise<boolean>;
  readonly release: (fence: Fence, owner: string) => Promise<void>;
};
