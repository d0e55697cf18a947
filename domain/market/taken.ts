import type { InstrumentId, OrderId } from '../kernel/ids';
import { type Price, type Qty, qty } from '../kernel/money';
import type { Book } from './book';
import type { Level } from './level';

/** A side of a book: a buy takes from the asks, a sale from the bids. */
export type BookSide = 'bids' | 'asks';

/** What has been taken of one level since the venue showed it: by everybody, and by the person who asks. */
export type TakenLevel = { readonly all: Qty; readonly own: Qty };

/** What an order had of one of the venue's trades. */
export type TakenTrade = { readonly orderId: OrderId; readonly qty: Qty };

/** What has been taken of one instrument, as one person meets it. */
export type Taken = {
  /** By `levelKey`; a level that is absent is whole. */
  readonly levels: ReadonlyMap<string, TakenLevel>;
  /** What resting orders of the person had of the venue's trades, by `tradeKey`. */
  readonly trades: ReadonlyMap<string, readonly TakenTrade[]>;
  /** What the person's fills that added risk took of the book within the last hour. */
  readonly ownVolume: Qty;
  /** What was traded at the venue within the last hour; null while its trades have not been followed for so long. */
  readonly tradedVolume: Qty | null;
  /** Rises with everything that the person takes: whoever reserves on another one was overtaken. */
  readonly revision: number;
};

export const NOTHING_TAKEN: Taken = {
  levels: new Map(),
  trades: new Map(),
  ownVolume: qty(0n),
  tradedVolume: null,
  revision: 0,
};

/** A level that comes back sooner than this after it was last taken is the same level. */
export const LEVEL_GONE_AFTER_MS = 60_000;

/** What was taken is kept for so long, however the level stands. */
export const TAKEN_KEPT_MS = 24 * 3_600_000;

/** The time over which what a person takes is compared with what the venue trades. */
export const VOLUME_WINDOW_MS = 3_600_000;

/** Every venue's book is told with at least so many levels a side: a side that shows fewer is shown whole. */
export const BOOK_DEPTH_MIN = 25;

/**
 * The market whose trades are counted: the outcomes of one are bought from the same people, so that what is traded of
 * either is traded of both. Their names are that of the market and their own.
 */
export const countedMarket = (id: InstrumentId): string =>
  /^(PM|KALSHI)-/.test(id) ? id.replace(/-[A-Z0-9]+$/, '') : id;

export const levelKey = (side: BookSide, at: Price): string => `${side} ${at}`;

export const tradeKey = (side: BookSide, tradeId: string): string => `${side} ${tradeId}`;

/** A level by its key; undefined of what is none. */
export function levelOfKey(key: string): { readonly side: BookSide; readonly price: Price } | undefined {
  const [side, at] = key.split(' ');
  if ((side !== 'bids' && side !== 'asks') || !at) return undefined;
  return { side, price: BigInt(at) as Price };
}

/**
 * Those of the levels that this good book would show and does not. What lies behind the last of a deep side may still
 * stand there unseen.
 */
export function absentFrom(book: Pick<Book, 'quality' | BookSide>, keys: readonly string[]): readonly string[] {
  if (book.quality !== 'good') return [];
  return keys.filter((key) => {
    const level = levelOfKey(key);
    return level !== undefined && isAbsent(book[level.side], level.side, level.price);
  });
}

function isAbsent(levels: readonly Level[], side: BookSide, at: Price): boolean {
  if (levels.some((level) => level.price === at)) return false;
  const last = levels.at(-1);
  if (levels.length < BOOK_DEPTH_MIN || last === undefined) return true;
  return side === 'asks' ? at < last.price : at > last.price;
}

/** What a fill took of a book and of the venue's trades. */
export type Took = {
  readonly side: BookSide;
  readonly levels: readonly Level[];
  readonly trades: readonly { readonly tradeId: string; readonly qty: Qty }[];
  readonly orderId: OrderId;
  readonly addsRisk: boolean;
};

export const sizeOf = (levels: readonly { readonly qty: Qty }[]): Qty =>
  qty(levels.reduce((sum, level) => sum + level.qty, 0n));

/** What has been taken once the person has had this as well. */
export function takenAfter(taken: Taken, took: Took): Taken {
  if (took.levels.length === 0 && took.trades.length === 0) return taken;
  const levels = new Map(taken.levels);
  for (const { price, qty: amount } of took.levels) {
    const key = levelKey(took.side, price);
    const { all, own } = levels.get(key) ?? WHOLE;
    levels.set(key, { all: qty(all + amount), own: qty(own + amount) });
  }
  const trades = new Map(taken.trades);
  for (const { tradeId, qty: amount } of took.trades) {
    const key = tradeKey(took.side, tradeId);
    trades.set(key, [...(trades.get(key) ?? []), { orderId: took.orderId, qty: amount }]);
  }
  const added = took.addsRisk ? sizeOf(took.levels) : 0n;
  return { ...taken, levels, trades, ownVolume: qty(taken.ownVolume + added) };
}

export const WHOLE: TakenLevel = { all: qty(0n), own: qty(0n) };
