import type { InstrumentId, OrderId } from '../kernel/ids';
import type { Instant } from '../kernel/instant';
import { addUsd, sumUsd, type Usd } from '../kernel/money';
import type { Quote } from '../market/book';
import type { Order } from './orders/order';
import { exitValue, type Position } from './positions/position';
import { type Bounds, exactly, unpricedBounds } from './positions/valuation';
import { freshStanding, type Standing } from './standing/standing';

/** A virtual account. Its balance leaves unrealized profit out, its equity counts it at exit prices. */
export type Account = {
  readonly cashUsd: Usd;
  readonly positions: readonly Position[];
  /** Positions that went back to flat, or through it. */
  readonly tradesClosed: number;
  /** The trading day that `dayAnchorUsd`, what its daily loss counts from, belongs to. */
  readonly day: string;
  readonly dayAnchorUsd: Usd;
  /** Those that still work, oldest first. */
  readonly orders: readonly Order[];
  readonly standing: Standing;
};

/** An account as an assessment begins with it, in the trading day of `at`. */
export const fundedAccount = (startingUsd: Usd, day: string, at: Instant): Account => ({
  cashUsd: startingUsd,
  positions: [],
  tradesClosed: 0,
  day,
  dayAnchorUsd: startingUsd,
  orders: [],
  standing: freshStanding(startingUsd, at),
});

/**
 * Quotes by instrument, as far as anything is known. Their sides are good and fresh: where the side is missing that a
 * position leaves at, it has no price, and what was last good bounds it.
 */
export type Marks = ReadonlyMap<InstrumentId, Quote>;

export const balanceOf = (account: Account): Usd =>
  addUsd(account.cashUsd, sumUsd(account.positions.map((position) => position.costUsd)));

/** What an account is worth, and the positions that make it uncertain: without any, all three values are one. */
export type Equity = Bounds & { readonly unpriced: readonly InstrumentId[] };

/** Cash plus what every position would bring at once. */
export function equityOf(account: Account, marks: Marks): Equity {
  let exactUsd = account.cashUsd;
  let unpriced: Position[] | undefined;
  for (const position of account.positions) {
    const value = exitValue(position, marks.get(position.instrument));
    if (value !== null) exactUsd = addUsd(exactUsd, value);
    else if (unpriced) unpriced.push(position);
    else unpriced = [position];
  }
  return unpriced ? uncertain(exactUsd, unpriced, marks) : { ...exactly(exactUsd), unpriced: NONE };
}

function uncertain(exactUsd: Usd, positions: readonly Position[], marks: Marks): Equity {
  let [worstUsd, expectedUsd, bestUsd] = [exactUsd, exactUsd, exactUsd];
  for (const position of positions) {
    const bounds = unpricedBounds(position, marks.get(position.instrument));
    worstUsd = addUsd(worstUsd, bounds.worstUsd);
    expectedUsd = addUsd(expectedUsd, bounds.expectedUsd);
    bestUsd = addUsd(bestUsd, bounds.bestUsd);
  }
  return { worstUsd, expectedUsd, bestUsd, unpriced: positions.map(({ instrument }) => instrument) };
}

const NONE: readonly InstrumentId[] = [];

export const positionIn = (account: Account, instrument: InstrumentId): Position | undefined =>
  account.positions.find((position) => position.instrument === instrument);

/** Positions keep the order of their instruments' names, so that equal accounts are equal text. */
export const withPosition = (
  positions: readonly Position[],
  instrument: InstrumentId,
  position: Position | undefined,
): readonly Position[] =>
  [...positions.filter((held) => held.instrument !== instrument), ...(position ? [position] : [])].sort((a, b) =>
    a.instrument < b.instrument ? -1 : 1,
  );

export const orderOf = (account: Account, orderId: OrderId): Order | undefined =>
  account.orders.find((order) => order.orderId === orderId);

/** Replaces the order of the same id, or adds it; one that has ended leaves. */
export function withOrder(orders: readonly Order[], order: Order): readonly Order[] {
  const others = orders.filter(({ orderId }) => orderId !== order.orderId);
  if (order.status !== 'open') return others;
  if (others.length === orders.length) return [...orders, order];
  return orders.map((known) => (known.orderId === order.orderId ? order : known));
}
