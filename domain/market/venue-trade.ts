import type { InstrumentId } from '../kernel/ids';
import type { Instant } from '../kernel/instant';
import type { Price, Qty } from '../kernel/money';

/** A trade that the venue reported; `taker` is the side that took liquidity. */
export type VenueTrade = {
  readonly instrument: InstrumentId;
  readonly tradeId: string;
  readonly price: Price;
  readonly qty: Qty;
  readonly taker: 'buy' | 'sell';
  /** When it happened, by our clock (`VenueClock`). */
  readonly venueAt: Instant;
  readonly receivedAt: Instant;
  /** It was told of the market's other outcome as well, and counts there: the two are one trade. */
  readonly isMirrored?: true;
};
