import { COUNT, type Codec, INSTANT, nullable, PRICE, QTY, record, text } from '../../kernel/codec';
import type { Price, Qty } from '../../kernel/money';
import type { Quote } from '../../market/book';
import type { Level } from '../../market/level';

type FlatQuote = Omit<Quote, 'bid' | 'ask'> & {
  readonly bid: Price | null;
  readonly bidQty: Qty | null;
  readonly ask: Price | null;
  readonly askQty: Qty | null;
};

const FLAT_QUOTE = record<FlatQuote>({
  instrument: text(),
  venue: text(),
  sequence: COUNT,
  venueProof: text(),
  venueAt: INSTANT,
  receivedAt: INSTANT,
  bid: nullable(PRICE),
  bidQty: nullable(QTY),
  ask: nullable(PRICE),
  askQty: nullable(QTY),
});

export const QUOTE: Codec<Quote> = {
  encode: ({ bid, ask, ...quote }) =>
    FLAT_QUOTE.encode({
      ...quote,
      bid: bid?.price ?? null,
      bidQty: bid?.qty ?? null,
      ask: ask?.price ?? null,
      askQty: ask?.qty ?? null,
    }),
  decode: (stored) => {
    const { bid, bidQty, ask, askQty, ...quote } = FLAT_QUOTE.decode(stored);
    return { ...quote, bid: levelOf(bid, bidQty), ask: levelOf(ask, askQty) };
  },
};

const levelOf = (price: Price | null, qty: Qty | null): Level | null =>
  price === null || qty === null ? null : { price, qty };
