import { COUNT, type Codec, INSTANT, PRICE, QTY, record, text } from '../../kernel/codec';
import type { Price, Qty } from '../../kernel/money';
import type { Quote } from '../../market/book';

type FlatQuote = Omit<Quote, 'bid' | 'ask'> & {
  readonly bid: Price;
  readonly bidQty: Qty;
  readonly ask: Price;
  readonly askQty: Qty;
};

const FLAT_QUOTE = record<FlatQuote>({
  instrument: text(),
  venue: text(),
  sequence: COUNT,
  venueProof: text(),
  venueAt: INSTANT,
  receivedAt: INSTANT,
  bid: PRICE,
  bidQty: QTY,
  ask: PRICE,
  askQty: QTY,
});

export const QUOTE: Codec<Quote> = {
  encode: ({ bid, ask, ...quote }) =>
    FLAT_QUOTE.encode({ ...quote, bid: bid.price, bidQty: bid.qty, ask: ask.price, askQty: ask.qty }),
  decode: (stored) => {
    const { bid, bidQty, ask, askQty, ...quote } = FLAT_QUOTE.decode(stored);
    return { ...quote, bid: { price: bid, qty: bidQty }, ask: { price: ask, qty: askQty } };
  },
};
