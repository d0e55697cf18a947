import type { InstrumentId, OrderId } from '../kernel/ids';
import type { Instant } from '../kernel/instant';
import { addUsd, sumUsd, type Usd } from '../kernel/money';
import type { Quote } from '../market/book';
import type { Order } from './orders/order';
import { exitValue, type Position } from './positions/position';
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

/** Quotes by instrument, all good and fresh. Where the side is missing that a position leaves at, it has no price. */
export type Marks = ReadonlyMap<InstrumentId, Quote>;

export const balanceOf = (account: Account): Usd =>
  addUsd(account.cashUsd, sumUsd(account.positions.map((position) => position.costUsd)));

/** Cash plus what every position would bring at once; undefined while one of them has no mark. */
export function equityOf(account: Account, marks: Marks): Usd | undefined {
  let equity = account.cashUsd;
  for (const position of account.positions) {
    const value = exitValue(position, marks.get(position.instrument));
    if (value === null) return undefined;
    equity = addUsd(equity, value);
  }
  return equity;
}

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
