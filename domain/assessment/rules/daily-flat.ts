import { type Instant, plusMs } from '../../kernel/instant';
import type { RuleSet } from './rule-set';
import { tradingDayAt } from './trading-day';

type FlatRules = Pick<RuleSet, 'conduct' | 'dayZone' | 'dayResetAt'>;

/** No order may add risk from `quietFrom` on, nothing is held from `from` to before `until`, which ends the day. */
export type DailyFlat = { readonly quietFrom: Instant; readonly from: Instant; readonly until: Instant };

/** When the trading day of `at` is flat: from a time of its clocks until its reset; undefined without such a rule. */
export function dailyFlatOf(
  { conduct: { flatAt }, dayZone, dayResetAt }: FlatRules,
  at: Instant,
): DailyFlat | undefined {
  if (flatAt === null) return undefined;
  const { startsAt, endsAt: until } = tradingDayAt(at, { dayZone, dayResetAt });
  // The time of day cuts days of its own: the boundary that lies inside the trading day is the one.
  const from = tradingDayAt(startsAt, { dayZone, dayResetAt: flatAt.time }).endsAt;
  const quietFrom = plusMs(from, -flatAt.quietMs);
  return { quietFrom: quietFrom > startsAt ? quietFrom : startsAt, from, until };
}

export const isDailyFlat = (at: Instant, rules: FlatRules): boolean => {
  const flat = dailyFlatOf(rules, at);
  return flat !== undefined && at >= flat.from;
};
