import { DAY_MS } from '../../kernel/instant';
import type { Usd } from '../../kernel/money';

/** The balances with which the current week and month began; null: the starting balance, or no rule asks. */
export type Periods = { readonly weekUsd: Usd | null; readonly monthUsd: Usd | null };

export const NO_PERIODS: Periods = { weekUsd: null, monthUsd: null };

const WEEKDAYS = ['thursday', 'friday', 'saturday', 'sunday', 'monday', 'tuesday', 'wednesday'] as const;

/** As much of a loss layer as an account needs to remember for it. */
export type PeriodTerms = {
  readonly span: 'day' | 'week' | 'month' | 'total';
  readonly weekBegins: (typeof WEEKDAYS)[number];
};

/** Whether two trading days, by the dates on which they begin, are of one week or month. */
export function isSamePeriod({ span, weekBegins }: PeriodTerms, one: string, other: string): boolean {
  if (span === 'month') return one.slice(0, 7) === other.slice(0, 7);
  return span !== 'week' || weekOf(one, weekBegins) === weekOf(other, weekBegins);
}

/** 1 January 1970 was a Thursday. */
const weekOf = (day: string, begins: PeriodTerms['weekBegins']): number =>
  Math.floor((Date.parse(`${day}T00:00:00Z`) / DAY_MS - WEEKDAYS.indexOf(begins)) / 7);

/** What is remembered once the day after `before` has begun with this balance. */
export function periodsAfter(
  layers: readonly PeriodTerms[],
  periods: Periods,
  [before, day]: readonly [before: string, day: string],
  balanceUsd: Usd,
): Periods {
  if (layers.length === 0) return periods;
  const begins = (span: PeriodTerms['span']) =>
    layers.some((layer) => layer.span === span && !isSamePeriod(layer, before, day));
  return {
    weekUsd: begins('week') ? balanceUsd : periods.weekUsd,
    monthUsd: begins('month') ? balanceUsd : periods.monthUsd,
  };
}
