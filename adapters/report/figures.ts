import { type Instant, instant } from '../../domain/kernel/instant';
import {
  divide,
  formatPrice,
  formatQty,
  formatUsd,
  type Ppm,
  type Price,
  type Qty,
  type Usd,
  usd,
} from '../../domain/kernel/money';
import { localWallMs } from '../../domain/kernel/zones/local-time';

/** Numbers as a reader sees them: thousands in groups, a true minus sign. Nothing here is calculated with again. */
const MICROS_PER_CENT = 10_000n;

/** All decimals there are, at least cents: for figures that decide something. */
export const exactDollars = (amount: Usd): string => signed(formatUsd(amount), '$');

/** To the cent; half a cent goes away from zero. */
export const dollars = (amount: Usd): string => exactDollars(usd(cents(amount) * MICROS_PER_CENT));

export const gain = (amount: Usd): string => (cents(amount) > 0n ? `+${dollars(amount)}` : dollars(amount));

export const exactGain = (amount: Usd): string => (amount > 0n ? `+${exactDollars(amount)}` : exactDollars(amount));

export const counted = (count: number | bigint, noun: string): string =>
  `${count} ${noun}${`${count}` === '1' ? '' : 's'}`;

/** What a figure that may not exist shows. */
export const NONE = '–';

export const percent = (rate: Ppm): string => {
  const hundredths = divide(rate < 0n ? rate - 50n : rate + 50n, 100n, rate < 0n ? 'ceil' : 'floor');
  return `${signed(formatUsd(usd(hundredths * MICROS_PER_CENT)), '')} %`;
};

export const factor = (rate: Ppm): string => formatUsd(usd(cents(usd(rate)) * MICROS_PER_CENT));

export const priceText = (value: Price): string => signed(formatPrice(value), '');
export const qtyText = (value: Qty): string => signed(formatQty(value), '');

/** `2026-03-14 14:30:05` on the clocks of the zone. */
export const localTime = (at: Instant, zone: string): string => localIso(at, zone).replace('T', ' ').slice(0, 19);

/** `14 Mar 2026` on the calendar of the zone. */
export function localDate(at: Instant, zone: string): string {
  const [year, month, day] = localIso(at, zone).slice(0, 10).split('-');
  return `${Number(day)} ${MONTHS[Number(month) - 1]} ${year}`;
}

/** How long something took, in its two largest units. */
export function duration(from: Instant, to: Instant): string {
  let seconds = Math.floor((to - from) / 1000);
  const parts: string[] = [];
  for (const [size, unit] of UNITS) {
    const count = Math.floor(seconds / size);
    seconds -= count * size;
    if (count > 0 || (unit === 's' && parts.length === 0)) parts.push(`${count} ${unit}`);
  }
  return parts.slice(0, 2).join(' ');
}

export const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

const UNITS = [
  [86_400, 'd'],
  [3_600, 'h'],
  [60, 'min'],
  [1, 's'],
] as const;

const localIso = (at: Instant, zone: string): string => new Date(localWallMs(instant(at), zone)).toISOString();

const cents = (amount: Usd): bigint => {
  const half = MICROS_PER_CENT / 2n;
  return amount < 0n ? divide(amount - half, MICROS_PER_CENT, 'ceil') : divide(amount + half, MICROS_PER_CENT, 'floor');
};

function signed(decimal: string, unit: string): string {
  const [whole = '', fraction] = decimal.replace('-', '').split('.');
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ',');
  return `${decimal.startsWith('-') ? '−' : ''}${unit}${grouped}${fraction === undefined ? '' : `.${fraction}`}`;
}
