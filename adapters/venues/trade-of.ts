import type { InstrumentId } from '../../domain/kernel/ids';
import type { Instant } from '../../domain/kernel/instant';
import { ONE_DOLLAR_PRICE, parsePrice, parseQty } from '../../domain/kernel/money';
import type { Venue } from '../../domain/market/instrument';
import type { VenueClock } from '../../domain/market/venue-clock';
import type { VenueTrade } from '../../domain/market/venue-trade';
import type { Counts } from './counts';
import { liveTime } from './venue-time';

export type WireTrade = {
  readonly tradeId: string;
  readonly price: string;
  readonly qty: string;
  readonly taker: 'buy' | 'sell';
  readonly venueMs: number | undefined;
};

/** What the trades of one venue share. */
export type TradeParts = { readonly venue: Venue; readonly counts: Counts; readonly venueClock: VenueClock };

/**
 * A venue's trade in our words. One without a possible price, quantity or time never happened as it was told: it is
 * counted and dropped, since a trade fills orders. A probability lies between 0 and 1, both excluded.
 */
export function tradeOf(
  { tradeId, price, qty, taker, venueMs }: WireTrade,
  market: { readonly id: InstrumentId; readonly kind: 'spot' | 'outcome' },
  receivedAt: Instant,
  { venue, counts, venueClock }: TradeParts,
): VenueTrade | undefined {
  const [at, amount] = [parsePrice(price), parseQty(qty)];
  const isPriced = at !== undefined && at > 0n && (market.kind === 'spot' || at < ONE_DOLLAR_PRICE);
  const time = liveTime(venueMs ?? Number.NaN, receivedAt, venueClock);
  if (time.isOff) counts.clockFaults += 1;
  if (isPriced && amount !== undefined && amount > 0n && !time.isOff) {
    return { instrument: market.id, venue, tradeId, price: at, qty: amount, taker, venueAt: time.at, receivedAt };
  }
  counts.tradesDropped += 1;
  return undefined;
}
