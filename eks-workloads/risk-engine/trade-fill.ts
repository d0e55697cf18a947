import type { EventData } from '../../contracts/topics/events';
import { limitOf } from '../../domain/assessment/exposure';
import { countTape } from '../../domain/assessment/resting';
import { instant } from '../../domain/kernel/instant';
import type { VenueTrade } from '../../domain/market/venue-trade';
import type { AccountSnapshot } from '../../usecases/ports/account-store';

export const tradeOf = (data: EventData<'market-data.trade'>): VenueTrade => ({
  ...data,
  venueAt: instant(data.venueAt),
  receivedAt: instant(data.receivedAt),
});

/** Whether a trade at the venue fills a resting order of the account: through its price, or past its queue. */
export const tradeMayFill = (
  { account, rules }: AccountSnapshot,
  trade: VenueTrade,
  tape: readonly VenueTrade[],
): boolean =>
  account.orders.some((order) => {
    const limit = order.instrument === trade.instrument ? limitOf(order) : null;
    return limit !== null && countTape(order, limit, tape, rules.execution).traded > 0n;
  });
