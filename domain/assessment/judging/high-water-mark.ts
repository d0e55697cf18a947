import { type Account, balanceOf } from '../../account/account';
import type { AccountEvent } from '../../account/account-event';
import type { Instant } from '../../kernel/instant';
import { largerUsd, type Usd } from '../../kernel/money';
import type { MaxLoss, RuleSet } from '../rules/rule-set';

/**
 * What a judgement leaves behind: a higher high-water mark that trails every price, and the day's peak where the daily
 * loss counts from it. After the test, so that a new peak never breaks its own floor. `at`: when the latest of the
 * prices was received that the account is worth `equityUsd` at.
 */
export function raiseHighWater(
  { maxLoss, dailyLoss }: RuleSet,
  account: Account,
  equityUsd: Usd,
  at: Instant,
): readonly AccountEvent[] {
  const { highWaterUsd, dayPeakUsd } = account.standing.peaks;
  const mark = maxLoss.mode === 'trailing_intraday' ? trailedEquity(maxLoss, account, equityUsd) : highWaterUsd;
  const peak = dailyLoss?.anchor === 'peak' ? equityUsd : dayPeakUsd;
  if (mark <= highWaterUsd && peak <= dayPeakUsd) return [];
  return [
    {
      kind: 'high_water_raised',
      highWaterUsd: largerUsd(mark, highWaterUsd),
      dayPeakUsd: largerUsd(peak, dayPeakUsd),
      peakedAt: at,
    },
  ];
}

/** What the high-water mark of this account would trail now. */
export function trailedEquity({ trails }: MaxLoss, account: Account, equityUsd: Usd): Usd {
  switch (trails) {
    case 'equity':
      return equityUsd;
    case 'balance':
      return balanceOf(account);
    case 'higher':
      return largerUsd(balanceOf(account), equityUsd);
  }
}
