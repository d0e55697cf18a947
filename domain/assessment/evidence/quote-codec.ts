import { COUNT, type Codec, INSTANT, list, nullable, optional, PRICE, QTY, record, text } from '../../kernel/codec';
import { invariant } from '../../kernel/invariant';
import type { Price, Qty } from '../../kernel/money';
import type { Level } from '../../market/level';
import { compositeOf } from '../../market/mark';
import type { Composite, LastLevel, MarkSource, Quote } from '../../market/quote';

type Sides = Pick<Quote, 'bid' | 'ask'>;

type FlatSides = {
  readonly bid: Price | null;
  readonly bidQty: Qty | null;
  readonly ask: Price | null;
  readonly askQty: Qty | null;
};

type FlatSource = Omit<MarkSource, keyof Sides | 'rate'> &
  FlatSides & { /** What made the rate; the rate follows from it. */ readonly rate: readonly MarkSource[] | undefined };

type FlatQuote = Omit<Quote, keyof Sides | 'last' | 'sources' | 'confirmedSince'> &
  FlatSides & {
    /** What was last good of a side that is missing, with the state of the book that it was of: stale, and no price. */
    readonly lastBid: LastLevel | null;
    readonly lastAsk: LastLevel | null;
    readonly confirmedSince: Quote['confirmedSince'] | undefined;
    readonly sources: readonly MarkSource[] | undefined;
  };

/** In this order, which is hashed. */
const STATE = { sequence: COUNT, venueProof: text(), venueAt: INSTANT, receivedAt: INSTANT };
const SIDES = { bid: nullable(PRICE), bidQty: nullable(QTY), ask: nullable(PRICE), askQty: nullable(QTY) };

const LAST_LEVEL = record<LastLevel>({
  price: PRICE,
  qty: QTY,
  ...STATE,
});

const SOURCE: Codec<MarkSource> = {
  encode: ({ bid, ask, rate, ...source }) =>
    FLAT_SOURCE.encode({ ...source, ...flat({ bid, ask }), rate: rate?.sources }),
  decode: (stored) => {
    const { rate, ...source } = FLAT_SOURCE.decode(stored);
    return { ...sided(source), ...(rate && { rate: compositeOf(rate) }) };
  },
};

const SOURCES: Codec<readonly MarkSource[]> = {
  encode: (sources) => list(SOURCE).encode(sources),
  decode: (stored) => list(SOURCE).decode(stored),
};

const FLAT_SOURCE = record<FlatSource>({
  venue: text(),
  state: text(),
  ...STATE,
  ...SIDES,
  rate: optional(SOURCES),
});

const FLAT_QUOTE = record<FlatQuote>({
  instrument: text(),
  venue: text(),
  ...STATE,
  ...SIDES,
  lastBid: nullable(LAST_LEVEL),
  lastAsk: nullable(LAST_LEVEL),
  confirmedSince: optional(INSTANT),
  sources: optional(SOURCES),
});

/**
 * A composite is made again of its sources when it is read: what stands beside them must be what follows from them, or
 * the evidence is none.
 */
export const QUOTE: Codec<Quote> = {
  encode: ({ bid, ask, last, sources, confirmedSince, ...quote }) =>
    FLAT_QUOTE.encode({
      ...quote,
      ...flat({ bid, ask }),
      lastBid: last?.bid ?? null,
      lastAsk: last?.ask ?? null,
      confirmedSince,
      sources,
    }),
  decode: (stored) => {
    const { lastBid, lastAsk, sources, confirmedSince, ...rest } = FLAT_QUOTE.decode(stored);
    const quote = sided(rest);
    const last = lastBid || lastAsk ? { last: { bid: lastBid, ask: lastAsk } } : {};
    const since = confirmedSince === undefined ? {} : { confirmedSince };
    const isTraceable = quote.venue !== 'composite' || sources !== undefined || (!quote.bid && !quote.ask);
    invariant(isTraceable, 'a mark does not say what it was made of');
    return { ...quote, ...last, ...since, ...(sources && remade(quote, sources)) };
  },
};

function remade(quote: Sides, sources: readonly MarkSource[]): Composite {
  const composite = compositeOf(sources);
  const isSame = isSameLevel(composite.bid, quote.bid) && isSameLevel(composite.ask, quote.ask);
  invariant(isSame, 'a mark is not what its sources make');
  return composite;
}

const isSameLevel = (one: Level | null, other: Level | null): boolean =>
  one?.price === other?.price && one?.qty === other?.qty;

const flat = ({ bid, ask }: Sides): FlatSides => ({
  bid: bid?.price ?? null,
  bidQty: bid?.qty ?? null,
  ask: ask?.price ?? null,
  askQty: ask?.qty ?? null,
});

function sided<Rest extends object>({ bid, bidQty, ask, askQty, ...rest }: Rest & FlatSides) {
  return { ...rest, bid: levelOf(bid, bidQty), ask: levelOf(ask, askQty) };
}

const levelOf = (price: Price | null, qty: Qty | null): Level | null =>
  price === null || qty === null ? null : { price, qty };
