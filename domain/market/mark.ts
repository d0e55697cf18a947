import type { InstrumentId } from '../kernel/ids';
import { type Instant, instant } from '../kernel/instant';
import { divide, type Price, price, qty, type Usd, usd } from '../kernel/money';
import { type Book, isCrossed, isFresh, pastOf } from './book';
import type { Venue } from './instrument';
import { type Level, worthWithin } from './level';
import type { Composite, MarkSource, Quote, SourceState } from './quote';

/** One venue's own book. */
export type ListedBook = Book & { readonly venue: Venue };

/** So many venues must agree. */
export const SOURCES_MIN = 2;
/** A book whose venue has said nothing of it for longer is no source. A quiet one is confirmed each two seconds. */
export const SOURCE_SILENT_MS = 5_000;
/** A bid and an ask may lie this many parts of a thousand from the median of all middles. */
export const BAND_PERMILLE = 10n;
/** After so long without a mark there was no price: nobody took one for fresh any more, and what follows is new. */
const UNBROKEN_MS = 10_000;
/** What each side must be worth within the depth's distance of its best price. */
const DEPTH_USD_MIN: Usd = usd(500_000_000n);
const DEPTH_PERCENT = 5n;

/** What a venue's book says to a mark at `now`: its top, and whether it may be a part. */
export function sourceOf(book: ListedBook, now: Instant, rate?: Composite): MarkSource {
  const { venue, sequence, venueProof, venueAt, receivedAt, bids, asks } = book;
  const [bid, ask] = [bids[0] ?? null, asks[0] ?? null];
  const state = stateOf(book, now, rate);
  return { venue, sequence, venueProof, venueAt, receivedAt, state, bid, ask, ...(rate && { rate }) };
}

function stateOf(book: Book, now: Instant, rate: Composite | undefined): SourceState {
  const { quality, receivedAt, bids, asks } = book;
  if (quality !== 'good') return quality === 'unconfirmed' ? 'stale' : quality;
  if (!isFresh(receivedAt, now, SOURCE_SILENT_MS)) return 'silent';
  if (bids.length === 0 || asks.length === 0) return 'one_sided';
  if (isCrossed(bids, asks)) return 'crossed';
  if (isShallow(bids) || isShallow(asks)) return 'thin';
  return rate && !rate.bid ? 'unconverted' : 'good';
}

/**
 * The composite of these sources: of those that are good, and whose bid and ask both lie within the band of the median
 * of all good middles, bid and ask are the medians of their bids and asks. A middle alone says too little: who shows
 * half and one and a half of a price has its middle right, and would pull the bid of two to three quarters. With fewer
 * than two that agree there is none. Where the count is even a median is the mean of the middle two, rounded away from
 * the other side. What is left out is told as `disagrees`; made again of what it tells, it is the same. In which order
 * the sources are given does not matter.
 */
export function compositeOf(given: readonly MarkSource[]): Composite {
  const sources = [...given].sort((a, b) => (a.venue < b.venue ? -1 : 1));
  const candidates = sources.flatMap((source) => candidateOf(source) ?? []);
  const median2 = sumOfMiddle(candidates.map(({ mid2 }) => mid2));
  const isNear = (shown: Level) => distance(4n * shown.price, median2) * 1_000n <= median2 * BAND_PERMILLE;
  const agreeing = candidates.filter(({ bid, ask }) => isNear(bid) && isNear(ask));
  const left = new Set(agreeing.map(({ venue }) => venue));
  const told = sources.map((source) => {
    if (source.state !== 'good' && source.state !== 'disagrees') return source;
    return { ...source, state: left.has(source.venue) ? ('good' as const) : ('disagrees' as const) };
  });
  if (agreeing.length < SOURCES_MIN) return { bid: null, ask: null, sources: told };
  const bid = price(sumOfMiddle(agreeing.map((one) => one.bid.price)) / 2n);
  const ask = price(divide(sumOfMiddle(agreeing.map((one) => one.ask.price)), 2n, 'ceil'));
  return { bid: levelAt(bid, agreeing, 'bid'), ask: levelAt(ask, agreeing, 'ask'), sources: told };
}

type Candidate = { readonly venue: Venue; readonly bid: Level; readonly ask: Level; readonly mid2: bigint };

/** In dollars; what a conversion rounds is rounded away from the other side. */
function candidateOf({ venue, state, bid, ask, rate }: MarkSource): Candidate | undefined {
  if ((state !== 'good' && state !== 'disagrees') || !bid || !ask) return undefined;
  const own = rate ? converted(bid, ask, rate) : { bid, ask };
  return own && { venue, ...own, mid2: own.bid.price + own.ask.price };
}

function converted(bid: Level, ask: Level, rate: Composite): Pick<Candidate, 'bid' | 'ask'> | undefined {
  if (!rate.bid || !rate.ask) return undefined;
  return {
    bid: { ...bid, price: price(divide(bid.price * rate.bid.price, PRICE_UNIT, 'floor')) },
    ask: { ...ask, price: price(divide(ask.price * rate.ask.price, PRICE_UNIT, 'ceil')) },
  };
}

/** The two in the middle, added; of an odd number the middle one, twice. */
function sumOfMiddle(values: readonly bigint[]): bigint {
  const sorted = [...values].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
  const [low = 0n, high = 0n] = [sorted[(sorted.length - 1) >> 1], sorted[sorted.length >> 1]];
  return low + high;
}

const distance = (one: bigint, other: bigint): bigint => (one < other ? other - one : one - other);

/** The size at a mark is what the venues that agree show at their best together. */
const levelAt = (at: Price, agreeing: readonly Candidate[], side: 'bid' | 'ask'): Level => ({
  price: at,
  qty: qty(agreeing.reduce((sum, one) => sum + one[side].qty, 0n)),
});

/** Levels further away than a market order may go are no depth. */
const isShallow = (levels: readonly Level[]): boolean =>
  worthWithin(levels, price(((levels[0]?.price ?? 0n) * DEPTH_PERCENT) / 100n)) < DEPTH_USD_MIN;

/**
 * The mark of an instrument that follows `before`. Its sequence rises, its time never goes back, and `venueAt` is the
 * latest time at which one of the venues that agree is known to have shown its price. Unconfirmed it has no sides.
 */
export function markOf(
  instrument: InstrumentId,
  sources: readonly MarkSource[],
  now: Instant,
  before: Quote | undefined,
): Quote {
  const made = compositeOf(sources);
  const receivedAt = instant(Math.max(now, before?.receivedAt ?? 0));
  const stood = made.sources.filter(({ state }) => state === 'good').map((source) => source.venueAt);
  const last = before && !made.bid ? pastOf(before).last : undefined;
  const isUnbroken = before !== undefined && isFresh(before.receivedAt, receivedAt, UNBROKEN_MS);
  const since = isUnbroken ? before.confirmedSince : undefined;
  return {
    instrument,
    venue: 'composite',
    sequence: Math.max(now, (before?.sequence ?? 0) + 1),
    venueProof: '',
    venueAt: stood.length > 0 ? instant(Math.max(...stood)) : receivedAt,
    receivedAt,
    ...made,
    ...(last && { last }),
    ...(made.bid && { confirmedSince: since ?? receivedAt }),
  };
}

/** A mark as it is told and kept: the book of a composite. */
export const bookOfMark = (mark: Quote): Book => {
  const { instrument, venue, sequence, venueProof, venueAt, receivedAt, bid, ask } = mark;
  const state = { instrument, venue, sequence, venueProof, venueAt, receivedAt } as const;
  const sides = { bids: bid ? [bid] : [], asks: ask ? [ask] : [] };
  return { ...state, quality: bid ? 'good' : 'unconfirmed', ...sides, mark };
};

/**
 * What fills at a venue while this is the mark: its book, of which nothing is believed while the mark leaves it out for
 * disagreeing. It counts the states of the mark, which changes with every book.
 */
export function markedBook(book: ListedBook, mark: Quote): Book {
  const { doubts: _, last: __, ...own } = book;
  const source = sourceAt(mark, book.venue);
  const doubt = { why: 'disagrees', since: mark.receivedAt } as const;
  const doubts = source?.state === 'disagrees' ? { doubts: { bid: doubt, ask: doubt } } : {};
  return { ...own, sequence: mark.sequence, mark, ...doubts };
}

/**
 * A book of no more than what a quote says: of a composite the top that this venue showed then, which fills, marked by
 * what the venues agreed on.
 */
export function bookOf(quote: Quote, primary: Venue): Book {
  const { bid, ask, sources, confirmedSince, ...state } = quote;
  if (!sources) return { ...state, quality: bid || ask ? 'good' : 'stale', ...levelsOf({ bid, ask }) };
  const { instrument, sequence } = quote;
  const source = sourceAt(quote, primary);
  const { venueProof, venueAt, receivedAt } = source ?? quote;
  const known = { instrument, venue: primary, sequence, venueProof, venueAt, receivedAt, mark: quote };
  const touch = touchAt(quote, primary);
  return { ...known, quality: touch.bid ? 'good' : 'stale', ...levelsOf(touch) };
}

/** What a venue had to say to a composite. */
const sourceAt = ({ sources }: Pick<Quote, 'sources'>, venue: Book['venue']): MarkSource | undefined =>
  sources?.find((source) => source.venue === venue);

type Touch = Pick<Quote, 'bid' | 'ask'>;

const levelsOf = ({ bid, ask }: Touch) => ({ bids: bid ? [bid] : [], asks: ask ? [ask] : [] });

/** What fills at a venue: the quote itself, or of a confirmed composite what that venue shows while it is believed. */
export function touchAt(quote: Touch & Pick<Quote, 'sources'>, primary: Venue): Touch {
  if (!quote.sources) return quote;
  const source = sourceAt(quote, primary);
  return quote.bid && source?.state === 'good' ? source : NOTHING;
}

/** The prices at which a quote marks, or fills a limit at one of the venues that agree in dollars. */
export function pricesOf({ sources = [], ...quote }: Quote, side: 'bid' | 'ask'): readonly Price[] {
  const agreeing = sources.filter(({ state, rate }) => state === 'good' && !rate);
  return [quote, ...agreeing].flatMap((shown) => shown[side]?.price ?? []);
}

const NOTHING: Touch = { bid: null, ask: null };

/** 8 decimals of a price. */
const PRICE_UNIT = 10n ** 8n;
