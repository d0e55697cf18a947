import type { Instrument } from './contract';
import { parseDecimal, QTY_SCALE, readQty, writeDecimal } from './decimal';

export type Side = 'buy' | 'sell';

/** Checks a quantity as the platform will, before it is sent; the text says which rule it breaks. */
export function qtyFault(text: string, instrument: Pick<Instrument, 'qtyStep' | 'qtyMin'>): string | undefined {
  if (text.trim() === '') return 'Enter a quantity';
  const qty = parseDecimal(text, QTY_SCALE);
  if (qty === undefined) return 'Use digits and a point, at most 8 decimals';
  if (qty <= 0n) return 'Must be greater than zero';
  if (qty < readQty(instrument.qtyMin)) return `Must be at least ${instrument.qtyMin}`;
  if (qty % readQty(instrument.qtyStep) !== 0n) return `Must be a multiple of ${instrument.qtyStep}`;
  return undefined;
}

/** One step more or less, never below the smallest order. */
export function stepQty(text: string, instrument: Pick<Instrument, 'qtyStep' | 'qtyMin'>, steps: 1 | -1): string {
  const step = usefulStep(readQty(instrument.qtyStep), parseDecimal(text, QTY_SCALE) ?? 0n);
  const next = (parseDecimal(text, QTY_SCALE) ?? 0n) + BigInt(steps) * step;
  const least = readQty(instrument.qtyMin);
  return writeDecimal(next < least ? least : next, QTY_SCALE);
}

/** A lot step of 0.00000001 would need a million presses: the arrows move the first digit's neighbour instead. */
function usefulStep(lot: bigint, qty: bigint): bigint {
  let step = lot;
  while (step * 100n <= qty) step *= 10n;
  return step;
}
