import { formatDecimal } from '../../domain/kernel/decimal';
import { PRICE_SCALE, QTY_SCALE } from '../../domain/kernel/money';
import type { Instrument } from './contract';
import { readPrice, readQty, typedDecimal } from './read-decimal';

export type Side = 'buy' | 'sell';

type Lot = Pick<Instrument, 'qtyStep' | 'qtyMin'>;

/** Checks a quantity as the platform will, before it is sent; the text says which rule it breaks. */
export function qtyFault(text: string, instrument: Lot): string | undefined {
  if (text.trim() === '') return 'Enter a quantity';
  const qty = typedDecimal(text, QTY_SCALE);
  if (qty === undefined) return 'Use digits and a point, at most 8 decimals';
  if (qty <= 0n) return 'Must be greater than zero';
  if (qty < readQty(instrument.qtyMin)) return `Must be at least ${instrument.qtyMin}`;
  if (qty % readQty(instrument.qtyStep) !== 0n) return `Must be a multiple of ${instrument.qtyStep}`;
  return undefined;
}

type Grid = Pick<Instrument, 'priceTick' | 'priceBands'>;

/** The step of a price: that of its band, where the steps differ along the way. */
export function tickAt({ priceTick, priceBands = [] }: Grid, text: string): string {
  const at = typedDecimal(text, PRICE_SCALE) ?? 0n;
  return priceBands.findLast(({ from }) => at >= readPrice(from))?.step ?? priceTick;
}

export function priceFault(text: string, tick: string): string | undefined {
  if (text.trim() === '') return 'Enter a price';
  const price = typedDecimal(text, PRICE_SCALE);
  if (price === undefined) return 'Use digits and a point, at most 8 decimals';
  if (price <= 0n) return 'Must be greater than zero';
  if (price % readPrice(tick) !== 0n) return `Must be a multiple of ${tick}`;
  return undefined;
}

const PERCENT_SCALE = 4;
const HUNDRED_PERCENT = 10n ** 6n;

export function percentFault(text: string): string | undefined {
  if (text.trim() === '') return 'Enter a percentage';
  const share = typedDecimal(text, PERCENT_SCALE);
  if (share === undefined) return 'Use digits and a point, at most 4 decimals';
  return share > 0n && share < HUNDRED_PERCENT ? undefined : 'Must be above 0 and below 100';
}

/** "0.5" per cent is the share "0.005" of the wire, and back. */
export const shareOfPercent = (text: string): string =>
  formatDecimal(typedDecimal(text, PERCENT_SCALE) ?? 0n, PERCENT_SCALE + 2);
export const percentOfShare = (text: string): string =>
  formatDecimal(typedDecimal(text, PERCENT_SCALE + 2) ?? 0n, PERCENT_SCALE);

/** One step more or less, never below the smallest order. */
export function stepQty(text: string, instrument: Lot, steps: 1 | -1): string {
  const step = usefulStep(readQty(instrument.qtyStep), typedDecimal(text, QTY_SCALE) ?? 0n);
  return stepped(text, step, readQty(instrument.qtyMin), steps);
}

/** One tick more or less, never below one. */
export const stepPrice = (text: string, grid: Grid, steps: 1 | -1): string =>
  stepped(text, readPrice(tickAt(grid, text)), readPrice(grid.priceTick), steps);

/** Prices and quantities share their scale. */
function stepped(text: string, step: bigint, least: bigint, steps: 1 | -1): string {
  const next = (typedDecimal(text, QTY_SCALE) ?? 0n) + BigInt(steps) * step;
  return formatDecimal(next < least ? least : next, QTY_SCALE);
}

/** A lot step of 0.00000001 would need a million presses: the arrows move the first digit's neighbour instead. */
function usefulStep(lot: bigint, qty: bigint): bigint {
  let step = lot;
  while (step * 100n <= qty) step *= 10n;
  return step;
}
