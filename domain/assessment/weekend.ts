import type { Instant } from '../kernel/instant';
import { type DayCut, tradingDayAt } from './trading-day';

const DAY_MS = 86_400_000;

/** 1 January 1970 was a Thursday. */
const THURSDAY = 4;

/**
 * Whether `at` lies in the trading day of a Saturday or of a Sunday. A day that begins at noon or later is the next
 * date's: with a reset at 17:00 the weekend lasts from Friday 17:00 to Sunday 17:00, with one at midnight from Saturday
 * to Monday.
 */
export function isWeekend(at: Instant, cut: DayCut): boolean {
  const { day } = tradingDayAt(at, cut);
  const date = Date.parse(`${day}T00:00:00Z`) / DAY_MS + (cut.dayResetAt >= '12:00' ? 1 : 0);
  const weekday = (date + THURSDAY) % 7;
  return weekday === 6 || weekday === 0;
}
