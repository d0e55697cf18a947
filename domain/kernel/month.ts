import type { Brand } from './brand';
import { type Instant, instant } from './instant';

/** A month of UTC: `2026-03`. */
export type Month = Brand<string, 'Month'>;

/** From its first millisecond to the first of the next. */
export type MonthBounds = { readonly from: Instant; readonly to: Instant };

export const monthOf = (at: Instant): Month => new Date(at).toISOString().slice(0, 7) as Month;

export function boundsOf(month: Month): MonthBounds {
  const from = new Date(`${month}-01T00:00:00.000Z`);
  return { from: instant(from.getTime()), to: instant(Date.UTC(from.getUTCFullYear(), from.getUTCMonth() + 1)) };
}

/** The month that `at` is in and those before it, newest first. */
export function monthsUntil(at: Instant, count: number): readonly Month[] {
  const date = new Date(at);
  return Array.from({ length: count }, (_, back) =>
    monthOf(instant(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() - back))),
  );
}
