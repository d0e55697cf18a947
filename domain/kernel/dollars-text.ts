import { formatDecimal } from './decimal';
import { divide, type Rounding, type Usd } from './money';

const MILLIONTHS_PER_CENT = 10_000n;
const CENT_SCALE = 2;

/** Dollars as a sentence says them: "$8,161.83", "−$1.00". Whoever says them names which way a part of a cent goes. */
export function dollarsText(amount: Usd, rounding: Rounding): string {
  const cents = divide(amount, MILLIONTHS_PER_CENT, rounding);
  const digits = formatDecimal(cents < 0n ? -cents : cents, CENT_SCALE, CENT_SCALE);
  return `${cents < 0n ? '−' : ''}$${digits.replace(/\B(?=(\d{3})+\.)/g, ',')}`;
}
