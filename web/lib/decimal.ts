/** Decimals of the wire as exact integers of `10^-scale` units: dollars 6, prices and quantities 8. */
export const USD_SCALE = 6;
export const PRICE_SCALE = 8;
export const QTY_SCALE = 8;
/** The whole of which a share counts parts: a share of the wire has six decimals. */
export const MILLION = 1_000_000n;

const DECIMAL = /^(-?)(\d+)(?:\.(\d+))?$/;
const WHOLE_DIGITS_MAX = 15;

/** Reads what a person typed; undefined when it is not a plain decimal of at most `scale` decimals. */
export function parseDecimal(text: string, scale: number): bigint | undefined {
  const match = DECIMAL.exec(text.trim());
  if (!match) return undefined;
  const [, sign, whole = '', fraction = ''] = match;
  if (fraction.length > scale || whole.length > WHOLE_DIGITS_MAX) return undefined;
  const units = BigInt(whole + fraction.padEnd(scale, '0'));
  return sign === '-' ? -units : units;
}

/** Reads what the platform sent; anything but a decimal is a broken contract. */
export function readDecimal(text: string, scale: number): bigint {
  const units = parseDecimal(text, scale);
  if (units === undefined) throw new Error(`"${text}" is not a decimal with at most ${scale} decimals`);
  return units;
}

export const readUsd = (text: string): bigint => readDecimal(text, USD_SCALE);
export const readPrice = (text: string): bigint => readDecimal(text, PRICE_SCALE);
export const readQty = (text: string): bigint => readDecimal(text, QTY_SCALE);

/** Writes units in the form of the wire: no exponent, no zeros at the end. */
export function writeDecimal(units: bigint, scale: number): string {
  const digits = magnitude(units)
    .toString()
    .padStart(scale + 1, '0');
  const whole = digits.slice(0, digits.length - scale);
  const fraction = digits.slice(digits.length - scale).replace(/0+$/, '');
  return `${units < 0n ? '-' : ''}${whole}${fraction === '' ? '' : `.${fraction}`}`;
}

export const magnitude = (units: bigint): bigint => (units < 0n ? -units : units);
export const larger = (a: bigint, b: bigint): bigint => (a > b ? a : b);
export const smaller = (a: bigint, b: bigint): bigint => (a < b ? a : b);

/** Integer division towards negative infinity, as the platform rounds what a trader is worth. */
export function divideFloor(numerator: bigint, denominator: bigint): bigint {
  const quotient = numerator / denominator;
  const isExact = numerator % denominator === 0n;
  return isExact || numerator < 0n === denominator < 0n ? quotient : quotient - 1n;
}

/** Integer division to the nearest, halves away from zero: for display alone. */
export function divideNearest(numerator: bigint, denominator: bigint): bigint {
  const rounded = (magnitude(numerator) * 2n + denominator) / (denominator * 2n);
  return numerator < 0n ? -rounded : rounded;
}

/** Price × quantity in dollars, rounded down; 8 + 8 decimals less the 6 of dollars. */
export const notional = (price: bigint, qty: bigint): bigint => divideFloor(price * qty, 10n ** 10n);
