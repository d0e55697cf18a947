import { type Account, balanceOf } from '../../account/account';
import type { AccountEvent } from '../../account/account-event';
import type { Instant } from '../../kernel/instant';
import { largerUsd, type Usd } from '../../kernel/money';
import type { RuleSet } from '../rules/rule-set';
import { rulesInForce } from '../rules/rules-in-force';
import { tradingDayAt } from '../rules/trading-day';
import { trailedEquity } from './high-water-mark';

/**
 * Moves the account into the trading day of `at`: the day takes its anchor, and an end-of-day high-water mark rises.
 * Nothing if no new day has begun; never backwards. `equityUsd` is the value at the last good prices before the
 * boundary; without it the balance stands in.
 */
export function openDay(rules: RuleSet, account: Account, at: Instant, equityUsd?: Usd): readonly AccountEvent[] {
  const { day } = tradingDayAt(at, rules);
  if (day <= account.day) return [];
  const balanceUsd = balanceOf(account);
  const dayPeakUsd = equityUsd ?? balanceUsd;
  const dayAnchorUsd = anchorOf(rulesInForce(rules, account), balanceUsd, dayPeakUsd);
  const opened: AccountEvent = { kind: 'day_opened', day, dayAnchorUsd, dayPeakUsd };
  if (rules.maxLoss.mode !== 'trailing_eod') return [opened];
  const { peaks } = account.standing;
  const highWaterUsd = trailedEquity(rules.maxLoss, account, dayPeakUsd);
  if (highWaterUsd <= peaks.highWaterUsd) return [opened];
  return [opened, { kind: 'high_water_raised', highWaterUsd, dayPeakUsd, peakedAt: peaks.at }];
}

function anchorOf({ dailyLoss, startingUsd }: RuleSet, balanceUsd: Usd, equityUsd: Usd): Usd {
  switch (dailyLoss?.anchor) {
    case 'initial':
      return startingUsd;
    case 'equity':
    case 'peak':
      return equityUsd;
    case 'higher':
      return largerUsd(balanceUsd, equityUsd);
    case 'balance':
    case undefined:
      return balanceUsd;
  }
}
