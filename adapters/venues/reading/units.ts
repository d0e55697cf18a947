import { type Price, parseQty, price, type Qty, qty } from '../../../domain/kernel/money';

/** The highest price that is exact as a number: ninety million dollars. */
export const PRICE_MAX = BigInt(Number.MAX_SAFE_INTEGER);

const [POINT, ZERO, NINE] = [46, 48, 57] as const;
const SCALE = 8;
/** No whole number that is exact has more. */
const DIGITS_MAX = 16;
const TEN_TO: readonly number[] = Array.from({ length: SCALE + 1 }, (_, power) => 10 ** power);

/**
 * A plain decimal without a sign, in units of 10^-8: what a price or a quantity is, as a number, which is exact. NaN of
 * everything else, also of what is too long to be exact.
 */
export function unitsOf(text: string): number {
  const { length } = text;
  let digits = 0;
  let point = length;
  for (let at = 0; at < length; at++) {
    const code = text.charCodeAt(at);
    if (code >= ZERO && code <= NINE) digits = digits * 10 + code - ZERO;
    else if (code === POINT && point === length) point = at;
    else return Number.NaN;
  }
  const decimals = point === length ? 0 : length - point - 1;
  if (point === 0 || point === length - 1 || (point > 1 && text.charCodeAt(0) === ZERO)) return Number.NaN;
  if (decimals > SCALE || point + SCALE > DIGITS_MAX) return Number.NaN;
  const units = digits * (TEN_TO[SCALE - decimals] as number);
  return units <= Number.MAX_SAFE_INTEGER ? units : Number.NaN;
}

export const priceOf = (units: number): Price => price(BigInt(units));

/** The quantity of this text, however long; `units` are those of `unitsOf`. Undefined of what is none. */
export function qtyOf(text: string, units: number): Qty | undefined {
  if (!Number.isNaN(units)) return qty(BigInt(units));
  const long = parseQty(text);
  return long !== undefined && long >= 0n ? long : undefined;
}
