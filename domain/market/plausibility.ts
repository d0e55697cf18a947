import type { Instant } from '../kernel/instant';
import { absolute, ONE_DOLLAR_PRICE, type Price, price, type Usd, usd } from '../kernel/money';
import type { Book } from './book';
import type { Doubt, DoubtReason, Doubts } from './doubt';
import { type Level, worthWithin } from './level';

type Side = 'bid' | 'ask';

/** A best price far from the last that was believed, and how long and in how many books it has stood. */
type Rival = {
  readonly price: Price;
  readonly books: number;
  readonly since: Instant;
  readonly seenAt: Instant;
};

/** What is known of the recent past of one side. */
export type SideMemory = {
  /** The last best price that was believed. */
  readonly price?: Price;
  readonly rival?: Rival;
  readonly doubt?: Doubt;
  /** It contradicted its twin for so long that it is believed all the same, until they agree again. */
  readonly isAlone?: boolean;
};

export type PriceMemory = { readonly bid?: SideMemory; readonly ask?: SideMemory };

/** What a book is held against: the latest book of the other outcome of its market. */
export type Around = { readonly twin?: Book | undefined };

export type Plausibility = { readonly book: Book; readonly memory: PriceMemory };

/** A best price may lie half the one before it away from that, but no less than 2 cents and no more than 20. */
const OUTCOME_BAND = { least: 2_000_000n, most: 20_000_000n } as const;
/** A price beyond it is believed once this many books have shown it, over this long. */
const BOOKS_MIN = 3;
const STOOD_MS_MIN = 1_000;
/** The best bids of YES and NO may sum to this much more than a dollar, and the best asks to as much less. */
const TWIN_BAND = 5_000_000n;
/** So long one that contradicts its twin is doubted: a market is not to be shut by the other outcome's feed. */
const TWIN_MS_MAX = 10_000;
/** A twin that was received longer ago says nothing. */
const TWIN_AGE_MS_MAX = 10_000;
/** What a side must be worth within this distance of its best price. */
const DEPTH_USD_MIN: Usd = usd(10_000_000n);
const DEPTH_CENTS = price(5_000_000n);

/**
 * Judges each side of an outcome's good book for itself: against its own recent past, against the twin, and by what it is worth. A
 * shifted decimal, a stub or a frozen twin never fills, never triggers and never judges; what stands is believed.
 */
export function plausible(given: Book, memory: PriceMemory | undefined, around: Around): Plausibility {
  if (given.quality !== 'good') return { book: given, memory: memory ?? {} };
  const bid = judgeSide(given, 'bid', memory?.bid, around);
  const ask = judgeSide(given, 'ask', memory?.ask, around);
  const { doubts: _, ...book } = given;
  const doubts: Doubts = { ...(bid.doubt && { bid: bid.doubt }), ...(ask.doubt && { ask: ask.doubt }) };
  const judged = bid.doubt || ask.doubt ? { ...book, doubts } : book;
  return { book: judged, memory: { bid, ask } };
}

function judgeSide(book: Book, side: Side, known: SideMemory = {}, around: Around): SideMemory {
  const levels = side === 'bid' ? book.bids : book.asks;
  const best = levels[0];
  if (!best) return withoutDoubt(known);
  const rival = rivalOf(best.price, book.receivedAt, known);
  if (rival && !hasStood(rival)) return doubted({ ...known, rival }, 'jumped', rival.since);
  const contradicts = contradictsTwin(best.price, side, book, around);
  const isTwins = contradicts && known.isAlone !== true && !hasOutlastedTwin(known.doubt, book.receivedAt);
  if (isTwins) return doubted(known, 'twin', book.receivedAt);
  if (isThin(levels)) return doubted({ ...known, ...(rival && { rival }) }, 'thin', book.receivedAt);
  return { price: best.price, ...(contradicts && { isAlone: true }) };
}

/** The doubt begins where the same one began. */
const doubted = (memory: SideMemory, why: DoubtReason, since: Instant): SideMemory => ({
  ...memory,
  doubt: memory.doubt?.why === why ? memory.doubt : { why, since },
});

const withoutDoubt = ({ doubt: _, ...memory }: SideMemory): SideMemory => memory;

/** A price outside the band of the last one that was believed; it stands as long as its own band is not left. */
function rivalOf(best: Price, at: Instant, { price: before, rival }: SideMemory): Rival | undefined {
  if (before === undefined || isNear(best, before)) return undefined;
  if (!rival || !isNear(best, rival.price)) return { price: best, books: 1, since: at, seenAt: at };
  // A book that is judged again is no further witness.
  const isNews = at > rival.seenAt;
  return { price: best, books: rival.books + (isNews ? 1 : 0), since: rival.since, seenAt: at };
}

const hasStood = ({ books, since, seenAt }: Rival): boolean => books >= BOOKS_MIN && seenAt - since >= STOOD_MS_MIN;

function isNear(best: Price, before: Price): boolean {
  const distance = absolute(price(best - before));
  const half = before / 2n;
  const { least, most } = OUTCOME_BAND;
  return distance <= (half < least ? least : half > most ? most : half);
}

/** What YES and NO pay together is a dollar. Only what is believed of the twin says anything. */
function contradictsTwin(best: Price, side: Side, { receivedAt }: Book, { twin }: Around): boolean {
  if (twin?.quality !== 'good' || receivedAt - twin.receivedAt > TWIN_AGE_MS_MAX || twin.doubts?.[side]) return false;
  const other = (side === 'bid' ? twin.bids : twin.asks)[0];
  if (!other) return false;
  const sum = best + other.price;
  return side === 'bid' ? sum > ONE_DOLLAR_PRICE + TWIN_BAND : sum < ONE_DOLLAR_PRICE - TWIN_BAND;
}

const hasOutlastedTwin = (doubt: Doubt | undefined, at: Instant): boolean =>
  doubt?.why === 'twin' && at - doubt.since >= TWIN_MS_MAX;

/** Levels further away than a market order may go are no depth. */
const isThin = (levels: readonly Level[]): boolean => worthWithin(levels, DEPTH_CENTS) < DEPTH_USD_MIN;
