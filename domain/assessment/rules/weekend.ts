import { DAY_MS, type Instant, plusMs } from '../../kernel/instant';
import { type DayCut, type TradingDay, tradingDayAt } from './trading-day';

/** 1 January 1970 was a Thursday. */
const THURSDAY = 4;

/**
 * Whether `at` lies in the trading day of a Saturday or of a Sunday. A day that begins at noon or later is the next
 * date's: with a reset at 17:00 the weekend lasts from Friday 17:00 to Sunday 17:00, with one at midnight from Saturday
 * to Monday.
 */
export const isWeekend = (at: Instant, cut: DayCut): boolean => isOfWeekend(tradingDayAt(at, cut), cut);

function isOfWeekend({ day }: TradingDay, { dayResetAt }: DayCut): boolean {
  const date = Date.parse(`${day}T00:00:00Z`) / DAY_MS + (dayResetAt >= '12:00' ? 1 : 0);
  const weekday = (date + THURSDAY) % 7;
  return weekday === 6 || weekday === 0;
}

/** The weekend in which `at` lies, else the next one: from `from` to before `until`. */
export function weekendFrom(at: Instant, cut: DayCut): { readonly from: Instant; readonly until: Instant } {
  const [isIn, isOut] = [(day: TradingDay) => isOfWeekend(day, cut), (day: TradingDay) => !isOfWeekend(day, cut)];
  const first = firstDay(tradingDayAt(at, cut), cut, isIn);
  const before = tradingDayAt(plusMs(first.startsAt, -1), cut);
  return { from: (isIn(before) ? before : first).startsAt, until: firstDay(first, cut, isOut).startsAt };
}

function firstDay(from: TradingDay, cut: DayCut, isWanted: (day: TradingDay) => boolean): TradingDay {
  let day = from;
  while (!isWanted(day)) day = tradingDayAt(day.endsAt, cut);
  return day;
}
