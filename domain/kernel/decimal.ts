/**
 * Reads a plain decimal ("12", "-0.5", "91000.10") as an integer of `10^-scale` units.
 * Returns undefined for anything else: exponents, signs without digits, leading zeros, more decimals than the scale.
 */
export function parseDecimal(text: string, scale: number): bigint | undefined {
  const match = DECIMAL.exec(text);
  if (!match) return undefined;
  const [, sign, whole, fraction = ''] = match;
  if (fraction.length > scale || (whole as string).length > WHOLE_DIGITS_MAX) return undefined;
  const units = BigInt(`${whole}${fraction.padEnd(scale, '0')}`);
  return sign === '-' ? -units : units;
}

/** Writes units of `10^-scale` as a plain decimal; trailing zeros go, down to `decimalsMin` decimals. */
export function formatDecimal(units: bigint, scale: number, decimalsMin = 0): string {
  const sign = units < 0n ? '-' : '';
  const digits = (units < 0n ? -units : units).toString().padStart(scale + 1, '0');
  const point = digits.length - scale;
  let end = digits.length;
  while (end > point + decimalsMin && digits[end - 1] === '0') end -= 1;
  const whole = `${sign}${digits.slice(0, point)}`;
  return end === point ? whole : `${whole}.${digits.slice(point, end)}`;
}

const DECIMAL = /^(-?)(0|[1-9]\d*)(?:\.(\d+))?$/;

/** Keeps a hostile number of digits out of the arithmetic: no venue or account comes near a quadrillion. */
const WHOLE_DIGITS_MAX = 15;
