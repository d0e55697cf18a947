import type { Brand } from './brand';
import { formatDecimal, parseDecimal } from './decimal';
import { invariant } from './invariant';

/** US dollars in millionths: the smallest unit any venue, fee or ledger entry needs. */
export type Usd = Brand<bigint, 'Usd'>;
/** US dollars for one unit of an instrument, in 10^-8. A prediction share's price lies between 0 and 1. */
export type Price = Brand<bigint, 'Price'>;
/** Quantity in 10^-8 units; positions carry a sign (short is negative), orders do not. */
export type Qty = Brand<bigint, 'Qty'>;
/** A rate in parts per million: 2,600 is 0.26 %. */
export type Ppm = Brand<bigint, 'Ppm'>;
/** A fee before it is rounded, in 10^-30 dollars: the product of quantity, price, one less the price, and rate. */
export type ExactFee = Brand<bigint, 'ExactFee'>;
export type Rounding = 'floor' | 'ceil';

export const USD_SCALE = 6;
export const PRICE_SCALE = 8;
export const QTY_SCALE = 8;
export const PPM_SCALE = 6;
export const EXACT_FEE_SCALE = 30;
const USD_PER_NOTIONAL_UNIT = 10n ** 10n; // 8 + 8 decimals of price × qty, less the 6 of Usd.
/** The whole of which a `Ppm` counts parts. */
export const MILLION = 1_000_000n;

export const usd = (micros: bigint): Usd => micros as Usd;
export const price = (units: bigint): Price => units as Price;
export const qty = (units: bigint): Qty => units as Qty;
export const ppm = (parts: bigint): Ppm => parts as Ppm;

export const exactFee = (units: bigint): ExactFee => units as ExactFee;

export const ZERO_USD = usd(0n);
export const ONE_DOLLAR_PRICE = price(10n ** 8n);

export const addUsd = (a: Usd, b: Usd): Usd => usd(a + b);
export const subUsd = (a: Usd, b: Usd): Usd => usd(a - b);
export const smallerUsd = (a: Usd, b: Usd): Usd => (a < b ? a : b);
export const largerUsd = (a: Usd, b: Usd): Usd => (a > b ? a : b);

export const sumUsd = (amounts: readonly Usd[]): Usd => amounts.reduce(addUsd, ZERO_USD);
export const absolute = <T extends bigint>(value: T): T => (value < 0n ? -BigInt(value) : value) as T;

export const parseUsd = (text: string): Usd | undefined => parseDecimal(text, USD_SCALE) as Usd | undefined;
export const parsePrice = (text: string): Price | undefined => parseDecimal(text, PRICE_SCALE) as Price | undefined;
export const parseQty = (text: string): Qty | undefined => parseDecimal(text, QTY_SCALE) as Qty | undefined;
/** A share as a decimal: `0.05` is 50,000 parts per million. */
export const parsePpm = (text: string): Ppm | undefined => parseDecimal(text, PPM_SCALE) as Ppm | undefined;
export const parseExactFee = (text: string): ExactFee | undefined =>
  parseDecimal(text, EXACT_FEE_SCALE) as ExactFee | undefined;
export const formatExactFee = (fee: ExactFee): string => formatDecimal(fee, EXACT_FEE_SCALE);
export const formatPpm = (share: Ppm): string => formatDecimal(share, PPM_SCALE);
export const formatUsd = (amount: Usd): string => formatDecimal(amount, USD_SCALE, 2);
export const formatPrice = (value: Price): string => formatDecimal(value, PRICE_SCALE);
export const formatQty = (value: Qty): string => formatDecimal(value, QTY_SCALE);

/** Price × quantity in dollars. Rounding has no default: every caller says who pays the remainder. */
export function notional(at: Price, amount: Qty, rounding: Rounding): Usd {
  return usd(divide(at * amount, USD_PER_NOTIONAL_UNIT, rounding));
}

/** `amount` × `rate`, the rate in parts per million. */
export function portion(amount: Usd, rate: Ppm, rounding: Rounding): Usd {
  return usd(divide(amount * rate, MILLION, rounding));
}

/** Integer division rounded towards negative (`floor`) or positive (`ceil`) infinity. */
export function divide(numerator: bigint, denominator: bigint, rounding: Rounding): bigint {
  invariant(denominator > 0n, 'denominator must be positive');
  const quotient = numerator / denominator; // Truncates towards zero.
  const remainder = numerator % denominator;
  if (rounding === 'floor') return remainder < 0n ? quotient - 1n : quotient;
  return remainder > 0n ? quotient + 1n : quotient;
}
