import { COUNT, type Codec, INSTANT, nullable, PRICE, QTY, record, text } from '../../kernel/codec';
import type { Price, Qty } from '../../kernel/money';
import type { LastLevel, Quote } from '../../market/book';
import type { Level } from '../../market/level';

type FlatQuote = Omit<Quote, 'bid' | 'ask' | 'last'> & {
  readonly bid: Price | null;
  readonly bidQty: Qty | null;
  readonly ask: Price | null;
  readonly askQty: Qty | null;
  /** What was last good of a side that is missing, with the state of the book that it was of: stale, and no price. */
  readonly lastBid: LastLevel | null;
  readonly lastAsk: LastLevel | null;
};

const LAST_LEVEL = record<LastLevel>({
  price: PRICE,
  qty: QTY,
  sequence: COUNT,
  venueProof: text(),
  venueAt: INSTANT,
  receivedAt: INSTANT,
});

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
  lastBid: nullable(LAST_LEVEL),
  lastAsk: nullable(LAST_LEVEL),
});

export const QUOTE: Codec<Quote> = {
  encode: ({ bid, ask, last, ...quote }) =>
    FLAT_QUOTE.encode({
      ...quote,
      bid: bid?.price ?? null,
      bidQty: bid?.qty ?? null,
      ask: ask?.price ?? null,
      askQty: ask?.qty ?? null,
      lastBid: last?.bid ?? null,
      lastAsk: last?.ask ?? null,
    }),
  decode: (stored) => {
    const { bid, bidQty, ask, askQty, lastBid, lastAsk, ...quote } = FLAT_QUOTE.decode(stored);
    const last = lastBid || lastAsk ? { last: { bid: lastBid, ask: lastAsk } } : {};
    return { ...quote, bid: levelOf(bid, bidQty), ask: levelOf(ask, askQty), ...last };
  },
};

const levelOf = (price: Price | null, qty: Qty | null): Level | null =>
  price === null || qty === null ? null : { price, qty };
