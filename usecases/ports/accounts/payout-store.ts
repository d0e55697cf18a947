import type { AccountId, PayoutId } from '../../../domain/kernel/ids';
import type { Instant } from '../../../domain/kernel/instant';
import type { Usd } from '../../../domain/kernel/money';

/** A payout that was taken: `amountUsd` left the account, of which `traderUsd` is owed to its trader. */
export type KeptPayout = {
  readonly payoutId: PayoutId;
  readonly amountUsd: Usd;
  readonly traderUsd: Usd;
  readonly takenAt: Instant;
};

/** What has been paid out; each is written with its account's change. */
export type PayoutStore = {
  readonly find: (accountId: AccountId, payoutId: PayoutId) => Promise<KeptPayout | undefined>;
  /** The newest first. */
  readonly of: (accountId: AccountId) => Promise<readonly KeptPayout[]>;
};
