import type { BoardLine } from './contract';
import { divideNearest } from './display-rounding';
import { readPpm } from './read-decimal';

const MONTHS = 12;

/** This month of UTC and those before it that have a board, newest first. */
export function boardMonths(now: number): readonly string[] {
  const date = new Date(now);
  return Array.from({ length: MONTHS }, (_, back) =>
    new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() - back)).toISOString().slice(0, 7),
  );
}

/** `2026-03` → `March 2026`. */
export const monthText = (month: string): string =>
  new Date(`${month}-01T00:00:00Z`).toLocaleDateString('en-GB', { month: 'long', year: 'numeric', timeZone: 'UTC' });

/** `"0.0425"` → `+4.25 %`; lines that differ by less keep the order of the board. */
export function returnText(returned: string): string {
  const hundredths = divideNearest(readPpm(returned), 100n);
  const digits = hundredths.toString().padStart(3, '0');
  return `+${digits.slice(0, -2)}.${digits.slice(-2)}\u00a0%`;
}

/** How much was tried for it: `1st attempt`, `2nd attempt of phase 2, 5 traded this month`. */
export function attemptText({ attempt, attempts, phase, phases }: BoardLine): string {
  const where = phases > 1 ? ` of phase ${phase}` : '';
  return `${ordinal(attempt)} attempt${where}${attempts > 1 ? `, ${attempts} traded that month` : ''}`;
}

export function ordinal(n: number): string {
  const isTeen = n % 100 >= 11 && n % 100 <= 13;
  return `${n}${isTeen ? 'th' : (['th', 'st', 'nd', 'rd'][n % 10] ?? 'th')}`;
}
