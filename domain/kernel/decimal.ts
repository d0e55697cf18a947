/**
 * Reads a plain decimal ("12", "-0.5", "91000.10") as an integer of `10^-scale` units.
 * Returns undefined for anything else: exponents, signs without digits, leading zeros, more decimals than the scale.
 */
export function parseDecimal(text: string, scale: number): bigint | undefined {
  const isNegative = text.charCodeAt(0) === MINUS;
  const from = isNegative ? 1 : 0;
  let [digits, point] = [0, text.length];
  // Digit by digit, since every level of every book is read here.
  for (let at = from; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code >= ZERO && code <= NINE) digits = digits * 10 + code - ZERO;
    else if (code === POINT && point === text.length) point = at;
    else return undefined;
  }
  const whole = point - from;
  const decimals = Math.max(0, text.length - point - 1);
  const hasLeadingZero = whole > 1 && text.charCodeAt(from) === ZERO;
  if (whole === 0 || point === text.length - 1 || hasLeadingZero) return undefined;
  if (decimals > scale || whole > WHOLE_DIGITS_MAX) return undefined;
  const units =
    whole + scale <= EXACT_DIGITS_MAX
      ? BigInt(digits * (TEN_TO[scale - decimals] as number))
      : BigInt(`${text.slice(from, point)}${text.slice(point + 1).padEnd(scale, '0')}`);
  return isNegative ? -units : units;
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

const [MINUS, POINT, ZERO, NINE] = [45, 46, 48, 57] as const;

/** Keeps a hostile number of digits out of the arithmetic: no venue or account comes near a quadrillion. */
const WHOLE_DIGITS_MAX = 15;
/** A double holds every whole number of so many digits. */
const EXACT_DIGITS_MAX = 15;
const TEN_TO: readonly number[] = Array.from({ length: EXACT_DIGITS_MAX + 1 }, (_, power) => 10 ** power);
