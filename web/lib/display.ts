import { formatDecimal } from '../../domain/kernel/decimal';
import { DAY_MS } from '../../domain/kernel/instant';
import { absolute, MILLION, PRICE_SCALE, QTY_SCALE, USD_SCALE } from '../../domain/kernel/money';
import { divideNearest } from './display-rounding';
import { readPpm, readPrice, readQty, readUsd } from './read-decimal';

type Signs = 'minus-only' | 'always';

/** Figures use a true minus sign and thin grouping by commas; digits beyond `decimals` are rounded away. */
function figure(units: bigint, scale: number, decimals: number, signs: Signs = 'minus-only'): string {
  const rounded = divideNearest(units, 10n ** BigInt(Math.max(scale - decimals, 0)));
  const digits = absolute(rounded)
    .toString()
    .padStart(decimals + 1, '0');
  const whole = digits.slice(0, digits.length - decimals).replace(/\B(?=(\d{3})+$)/g, ',');
  const fraction = decimals === 0 ? '' : `.${digits.slice(digits.length - decimals)}`;
  return `${signOf(rounded, signs)}${whole}${fraction}`;
}

const signOf = (units: bigint, signs: Signs): string => {
  if (units < 0n) return '−';
  return signs === 'always' && units > 0n ? '+' : '';
};

const dollarsWith = (units: bigint, decimals: number, signs: Signs): string => {
  const text = figure(units, USD_SCALE, decimals, signs);
  return /^[−+]/.test(text) ? `${text[0]}$${text.slice(1)}` : `$${text}`;
};

export const dollars = (units: bigint): string => dollarsWith(units, 2, 'minus-only');
/** A gain or loss: its sign says which, whatever the colour. */
export const change = (units: bigint): string => dollarsWith(units, 2, 'always');
/** The class of a gain or a loss; an amount that shows as nothing has none. */
export function toneOf(units: bigint): 'gain' | 'loss' | undefined {
  if (change(units) === '$0.00') return undefined;
  return units < 0n ? 'loss' : 'gain';
}

/** Round sums of a rule read better without cents. */
export const roundDollars = (units: bigint): string =>
  units % 10n ** BigInt(USD_SCALE) === 0n ? dollarsWith(units, 0, 'minus-only') : dollars(units);

export const dollarsText = (text: string): string => dollars(readUsd(text));
export const roundDollarsText = (text: string): string => roundDollars(readUsd(text));

/** A price with the decimals of the instrument's tick, at least two for anything above a dollar. */
export function priceText(text: string, tick: string): string {
  return figure(readPrice(text), PRICE_SCALE, decimalsOf(tick));
}

export const decimalsOf = (tick: string): number => Math.max(tick.split('.')[1]?.length ?? 0, 2);

/** A quantity of somebody else's: four decimals are enough to judge a book by, and a trace still shows. */
export function bookQtyText(text: string): string {
  const shown = figure(readQty(text), QTY_SCALE, 4).replace(/\.?0+$/, '');
  return shown === '0' ? '< 0.0001' : shown;
}

/** A quantity exactly as it is: nothing of a position is rounded away. */
export function qtyText(text: string): string {
  const plain = formatDecimal(readQty(text), QTY_SCALE);
  const [whole = '', fraction] = plain.replace('-', '').split('.');
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ',');
  return `${plain.startsWith('-') ? '−' : ''}${grouped}${fraction === undefined ? '' : `.${fraction}`}`;
}

/** `part` of `whole`, to a tenth of a percent: "12.5 %", "10 %". */
export function percent(part: bigint, whole: bigint, signs: Signs = 'minus-only'): string {
  if (whole === 0n) return '0\u00a0%';
  return `${figure(divideNearest(part * 1000n, whole), 1, 1, signs).replace(/\.0$/, '')}\u00a0%`;
}

/** A share of the wire, "0.05", as people write it: "5 %". */
export const shareText = (text: string): string => percent(readPpm(text), MILLION);

const DURATIONS = [
  { ms: DAY_MS, name: 'day' },
  { ms: 3_600_000, name: 'hour' },
  { ms: 60_000, name: 'minute' },
  { ms: 1_000, name: 'second' },
] as const;

/** "90 seconds", "3 days": in the largest unit that leaves no remainder. */
export function durationText(ms: number): string {
  const unit = DURATIONS.find((one) => ms % one.ms === 0 && ms >= one.ms);
  return unit ? countText(ms / unit.ms, unit.name) : countText(ms, 'millisecond');
}

export const countText = (count: number, name: string): string => `${count} ${name}${count === 1 ? '' : 's'}`;

export const dateTime = (at: number): string =>
  new Date(at).toLocaleString('en-GB', {
    day: '2-digit',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  });

export const timeOfDay = (at: number): string => new Date(at).toLocaleTimeString('en-GB');

export const hourMinute = (at: number): string => timeOfDay(at).slice(0, 5);

/** "14:28"; with its seconds where it has any. */
export const shortTime = (at: number): string => timeOfDay(at).replace(/:00$/, '');

/** "Fri 27 Nov": the year goes without saying. */
export const weekdayDate = (at: number): string =>
  new Date(at).toLocaleDateString('en-GB', { weekday: 'short', day: 'numeric', month: 'short' }).replace(',', '');

export const date = (at: number): string =>
  new Date(at).toLocaleDateString('en-GB', { day: '2-digit', month: 'short', year: 'numeric' });
