import { ONE_DOLLAR_PRICE, type Qty } from '../../../../domain/kernel/money';
import { qtyOf, unitsOf } from '../../reading/units';

/** A level as the venue writes it. */
export type WireLevel = { readonly price: string; readonly size: string };

const ONE_DOLLAR = Number(ONE_DOLLAR_PRICE);

/** Whether it is a probability and a size. */
export function isLevel({ price, size }: WireLevel): boolean {
  const units = unitsOf(size);
  return isProbability(unitsOf(price)) && (units >= 0 || qtyOf(size, units) !== undefined);
}

/** Throws on what is no probability. */
export function priceOfLevel({ price, size }: WireLevel): number {
  const at = unitsOf(price);
  if (!isProbability(at)) throw new Error(`level ${price} × ${size} is not a probability and a size`);
  return at;
}

/** Throws on what is no size. */
export function qtyOfLevel({ price, size }: WireLevel): Qty {
  const qty = qtyOf(size, unitsOf(size));
  if (qty === undefined) throw new Error(`level ${price} × ${size} is not a probability and a size`);
  return qty;
}

const isProbability = (units: number): boolean => units > 0 && units < ONE_DOLLAR;
