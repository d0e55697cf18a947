import type { AccountId } from '../../../domain/kernel/ids';
import type { Usd } from '../../../domain/kernel/money';

/** Accounts of the firm that have closed trades. */
export type TradedAccounts = {
  /** Those whose books moved last come first. */
  readonly latest: (limit: number) => Promise<readonly { readonly accountId: AccountId; readonly startingUsd: Usd }[]>;
};
