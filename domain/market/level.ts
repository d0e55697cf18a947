import { absolute, notional, type Price, price, type Qty, sumUsd, type Usd } from '../kernel/money';

/** A quantity at a price. */
export type Level = { readonly price: Price; readonly qty: Qty };

/** What the levels of a side are worth together that lie within this distance of its best price. */
export function worthWithin(levels: readonly Level[], reach: Price): Usd {
  const best = levels[0]?.price ?? 0n;
  const near = levels.filter((level) => absolute(price(level.price - best)) <= reach);
  return sumUsd(near.map((level) => notional(level.price, level.qty, 'floor')));
}
