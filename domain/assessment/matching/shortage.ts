import { levelsWithin, slippageLimit } from '../../account/orders/liquidity';
import type { Side } from '../../account/orders/order';
import { formatQty, type Price, type Qty, qty } from '../../kernel/money';
import type { Market } from '../../market/market';
import { sizeOf } from '../../market/taken';
import type { LeftFor } from './left-for';

const EVERYTHING = qty(1n << 127n);

/** How much of a book there is up to a price. */
const within = (book: Market['book'], side: Side, limit: Price): Qty =>
  sizeOf(levelsWithin(book, side, EVERYTHING, limit).levels);

/** What an order met: `limit` is the worst price that it accepts, where that is not the slippage cap. */
export type Shortage = {
  readonly side: Side;
  readonly market: Market;
  readonly left: LeftFor;
  readonly limit?: Price | undefined;
};

/**
 * Why a book does not hold an order: `rule`, and how much of what is shown at acceptable prices is left for it where
 * that is not all of it.
 */
export function shortage(rule: string, { side, market: { book: shownBook }, left, limit }: Shortage): string {
  const until = limit ?? slippageLimit(left.reduces ? left.book : shownBook, side);
  if (until === undefined) return rule;
  const [shown, there] = [within(shownBook, side, until), within(left.book, side, until)];
  if (left.volumeQty !== null && left.volumeQty < there) {
    return `${rule}; ${formatQty(left.volumeQty)} are left of your share of what was traded in the last hour`;
  }
  if (there >= shown) return rule;
  const gone = formatQty(qty(shown - there));
  return `${rule}; of ${formatQty(shown)} shown there ${gone} were taken already, and ${formatQty(there)} are left for you`;
}
