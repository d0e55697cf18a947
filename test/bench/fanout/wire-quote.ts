import { formatPrice, formatQty } from '../../../domain/kernel/money';
import type { QuoteData } from './quote-source';

/** A quote as the gateway tells it. */
export const wireQuote = ({ instrument, sequence, quality, bid, ask, venueAt, receivedAt }: QuoteData) => ({
  instrument,
  sequence,
  quality,
  bid: bid && [formatPrice(bid.price), formatQty(bid.qty)],
  ask: ask && [formatPrice(ask.price), formatQty(ask.qty)],
  venueAt,
  receivedAt,
});
