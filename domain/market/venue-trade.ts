import type { InstrumentId } from '../kernel/ids';
import type { Instant } from '../kernel/instant';
import type { Price, Qty } from '../kernel/money';
import { kindOf, type Venue } from './instrument';
import type { Primary } from './listing';

/** A trade that the venue reported; `taker` is the side that took liquidity. */
export type VenueTrade = {
  readonly instrument: InstrumentId;
  readonly venue: Venue;
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

/** Whether a trade is one of the market that an account's orders rest in: those of another venue fill nothing. */
export const isAt = ({ instrument, venue }: VenueTrade, primary: Primary): boolean =>
  venue === primary || kindOf(instrument) === 'outcome';
