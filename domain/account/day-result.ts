import { subUsd, type Usd } from '../kernel/money';
import type { Account } from './account';
import type { AccountRules } from './account-rules';
import type { Standing } from './standing/standing';

/** What the current day has realized, net of fees. */
export const dayResult = ({ standing }: Account, balanceUsd: Usd): Usd => subUsd(balanceUsd, standing.day.balanceUsd);

/** The day's result without the wins that the rules leave out: consistency is measured on it. */
export const countedResult = (account: Account, balanceUsd: Usd): Usd =>
  subUsd(dayResult(account, balanceUsd), account.standing.day.excludedUsd);

/** That result, but where a payout was taken today: then what was won before it is no part of it. */
export const resultSincePayout = (account: Account, balanceUsd: Usd): Usd => {
  const { payouts, trades } = account.standing;
  if (payouts.last?.day !== account.day) return countedResult(account, balanceUsd);
  return subUsd(subUsd(balanceUsd, trades.excludedUsd), payouts.last.fromUsd);
};

/** Whether the current day counts towards the days needed, as far as it has gone. */
export function dayCounts({ activity }: Pick<AccountRules, 'activity'>, { day }: Standing, resultUsd: Usd): boolean {
  switch (activity.dayCountsIf) {
    case 'opened':
      return day.opened > 0;
    case 'closed':
      return day.closed > 0;
    case 'gain':
      return resultUsd >= activity.dayGainUsd;
    case 'size':
      return day.sized > 0;
    case 'calendar':
      return true;
  }
}
