import type { EventData } from '../../contracts/topics/events';
import type { Order } from '../../domain/account/orders/order';
import { stopLevel } from '../../domain/assessment/context/trigger-price';
import { countTape } from '../../domain/assessment/matching/queue-position';
import { limitOf } from '../../domain/assessment/pre-trade/exposure';
import { type Instant, instant } from '../../domain/kernel/instant';
import type { Price } from '../../domain/kernel/money';
import { isAt, type VenueTrade } from '../../domain/market/venue-trade';
import type { AccountSnapshot } from '../../usecases/ports/accounts/account-store';
import type { TradeTape } from './trade-tape';

export const tradeOf = (data: EventData<'market-data.trade'>): VenueTrade => ({
  ...data,
  venueAt: instant(data.venueAt),
  receivedAt: instant(data.receivedAt),
});

/** The limit of an order that rests at it; undefined for any other, and for one whose stop is still to be reached. */
export const restsAt = (order: Order): Price | undefined => {
  const isWaiting = stopLevel(order) !== null && order.triggeredAt === null;
  return isWaiting ? undefined : (limitOf(order) ?? undefined);
};

/** Trades on the tape that orders of an account have not counted: since when, and whether one of them fills any. */
export type Uncounted = { readonly since: Instant; readonly fills: boolean };

/** The trades on the tape that the account's orders, as they are in this snapshot, have not counted. */
export function uncounted({ account, rules }: AccountSnapshot, tape: Pick<TradeTape, 'after'>): Uncounted | undefined {
  const { primary } = rules.execution;
  let found: Uncounted | undefined;
  for (const order of account.orders) {
    const limit = restsAt(order);
    if (limit === undefined) continue;
    const trades = tape.after(order.instrument, order.tapeSeenAt).filter((trade) => isAt(trade, primary));
    const first = trades.find((trade) => countTape(order, limit, [trade], rules.execution).order !== order);
    if (!first) continue;
    const fills = countTape(order, limit, trades, rules.execution).credits.length > 0;
    const since = instant(Math.min(first.receivedAt, found?.since ?? first.receivedAt));
    found = { since, fills: fills || found?.fills === true };
  }
  return found;
}
