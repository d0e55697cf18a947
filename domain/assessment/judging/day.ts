import { type Account, balanceOf } from '../../account/account';
import { freshDay, type Standing } from '../../account/standing';
import type { Instant } from '../../kernel/instant';
import { addUsd, largerUsd, subUsd, type Usd } from '../../kernel/money';
import type { RuleSet } from '../rules/rule-set';
import { tradingDayAt } from '../rules/trading-day';
import { trailedEquity } from './high-water-mark';

/**
 * Moves the account into the trading day of `at`: counts the day that is finished, takes the new anchor, raises an
 * end-of-day high-water mark and lifts a pause. The same account if no new day has begun; never backwards. `equityUsd`
 * is the value at the last good prices before the boundary; without it the balance stands in.
 */
export function openDay(account: Account, rules: RuleSet, at: Instant, equityUsd?: Usd): Account {
  const { day } = tradingDayAt(at, rules);
  if (day <= account.day) return account;
  const { standing } = account;
  const balanceUsd = balanceOf(account);
  const valueUsd = equityUsd ?? balanceUsd;
  const result = dayResult(account, balanceUsd);
  const counted = countedResult(account, balanceUsd);
  const { daily_loss, open_loss, ...warned } = standing.warned;
  const next: Standing = {
    ...standing,
    peaks: {
      ...standing.peaks,
      highWaterUsd:
        rules.maxLoss.mode === 'trailing_eod'
          ? largerUsd(standing.peaks.highWaterUsd, trailedEquity(rules.maxLoss, account, valueUsd))
          : standing.peaks.highWaterUsd,
      dayPeakUsd: valueUsd,
    },
    day: freshDay(balanceUsd),
    days: {
      counted: standing.days.counted + (dayCounts(rules, standing, result) ? 1 : 0),
      bestUsd: largerUsd(standing.days.bestUsd, counted),
      winningUsd: counted > 0n ? addUsd(standing.days.winningUsd, counted) : standing.days.winningUsd,
    },
    warned,
  };
  return { ...account, day, dayAnchorUsd: anchorOf(rules, balanceUsd, valueUsd), standing: next };
}

/** What the current day has realized, net of fees. */
export const dayResult = ({ standing }: Account, balanceUsd: Usd): Usd => subUsd(balanceUsd, standing.day.balanceUsd);

/** The same without the wins that the rules leave out: what consistency is measured on. */
export const countedResult = (account: Account, balanceUsd: Usd): Usd =>
  subUsd(dayResult(account, balanceUsd), account.standing.day.excludedUsd);

/** Whether the current day counts towards the days needed, as far as it has gone. */
export function dayCounts({ activity }: RuleSet, standing: Standing, resultUsd: Usd): boolean {
  switch (activity.dayCountsIf) {
    case 'opened':
      return standing.day.opened > 0;
    case 'closed':
      return standing.day.closed > 0;
    case 'gain':
      return resultUsd >= activity.dayGainUsd;
    case 'size':
      return standing.day.sized > 0;
  }
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
