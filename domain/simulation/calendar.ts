import type { RuleSet } from '../assessment/rules/rule-set';
import { tradingDayAt } from '../assessment/rules/trading-day';
import { isWeekend } from '../assessment/rules/weekend';
import type { Instant } from '../kernel/instant';
import type { Strategy } from './strategy';

/** The trading days of a path, in the tier's zone: when each begins, and whether it trades on it. */
export type Calendar = {
  readonly days: readonly { readonly startsAt: Instant; readonly trades: boolean }[];
  /** When the last of them is over. */
  readonly endsAt: Instant;
};

/** So many trading days, the first of which is the one of `at`. */
export function calendarOf(
  rules: RuleSet,
  { restsOnWeekends }: Pick<Strategy, 'restsOnWeekends'>,
  at: Instant,
  days: number,
): Calendar {
  const rests = restsOnWeekends || rules.conduct.weekend !== 'allowed';
  const listed: { readonly startsAt: Instant; readonly trades: boolean }[] = [];
  let { startsAt } = tradingDayAt(at, rules);
  for (let day = 0; day < days; day += 1) {
    listed.push({ startsAt, trades: !(rests && isWeekend(startsAt, rules)) });
    startsAt = tradingDayAt(startsAt, rules).endsAt;
  }
  return { days: listed, endsAt: startsAt };
}
