import { ONE_DOLLAR_PRICE, type Price, parsePrice, parseQty, type Qty } from '../../../../domain/kernel/money';

/** A level as the venue writes it. */
export type WireLevel = { readonly price: string; readonly size: string };

/** Whether it is a probability and a size. */
export const isLevel = (level: WireLevel): boolean => parsed(level) !== undefined;

/** Throws on what is no probability or no size. */
export function levelOf(level: WireLevel): { readonly at: Price; readonly qty: Qty } {
  const known = parsed(level);
  if (!known) throw new Error(`level ${level.price} × ${level.size} is not a probability and a size`);
  return known;
}

function parsed({ price, size }: WireLevel): { readonly at: Price; readonly qty: Qty } | undefined {
  const [at, qty] = [parsePrice(price), parseQty(size)];
  const isReadable = at !== undefined && qty !== undefined && at > 0n && at < ONE_DOLLAR_PRICE && qty >= 0n;
  return isReadable ? { at, qty } : undefined;
}
