import { type RiskWindow, riskWindows } from '../../domain/assessment/pre-trade/risk-windows';
import type { AccountId, UserId } from '../../domain/kernel/ids';
import type { Instant } from '../../domain/kernel/instant';
import { accept, type Result, refuse } from '../../domain/kernel/result';
import type { AccountStore } from '../ports/accounts/account-store';
import type { Clock } from '../ports/clock-and-ids';
import type { BlackoutSource } from '../ports/surveillance/blackouts';

type Parts = {
  readonly accounts: Pick<AccountStore, 'load'>;
  readonly blackouts: BlackoutSource;
  readonly clock: Clock;
};

/** `at` is the moment by which they were chosen: a browser's own clock may be wrong. */
export type RiskWindows = { readonly at: Instant; readonly windows: readonly RiskWindow[] };

/** When orders of one's own account will be refused, told by the same rules and the same news as the orders are. */
export const readRiskWindows =
  ({ accounts, blackouts, clock }: Parts) =>
  async (id: AccountId, userId: UserId): Promise<Result<RiskWindows, 'account_unknown'>> => {
    const found = await accounts.load(id);
    if (found?.userId !== userId) return refuse('account_unknown', 'accountId', 'must be yours');
    const { status, rules } = found;
    const at = clock.now();
    if (status !== 'active') return accept({ at, windows: [] });
    const near = rules.conduct.news ? await blackouts.current(at) : [];
    return accept({ at, windows: riskWindows(rules, near, at) });
  };
