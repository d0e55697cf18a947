import type { DecisionContext } from '../../domain/assessment/context/decision-context';
import { marksAt } from '../../domain/assessment/context/marks';
import type { FillId, InstrumentId, OrderId } from '../../domain/kernel/ids';
import type { Instant } from '../../domain/kernel/instant';
import { type Book, pastQuoteOf, type Quote } from '../../domain/market/book';
import type { AccountSnapshot } from '../ports/accounts/account-store';
import type { Clock, Ids } from '../ports/clock-and-ids';
import type { BookSource, InstrumentSource, TapeSource } from '../ports/market-data/market-data';
import type { TakenLiquidity } from '../ports/market-data/taken-liquidity';
import type { BlackoutSource } from '../ports/surveillance/blackouts';

export type ContextParts = {
  readonly books: Pick<BookSource, 'current'>;
  readonly instruments: InstrumentSource;
  readonly tape: TapeSource;
  readonly taken: Pick<TakenLiquidity, 'of'>;
  readonly blackouts: BlackoutSource;
  readonly clock: Clock;
  readonly ids: Ids;
};

/** Prices that somebody saw at a time that may have passed since. */
export type SeenPrices = { readonly quotes: readonly Quote[]; readonly at: Instant };

/** The prices that a decision was made at. */
export const seenAt = ({ books, at }: DecisionContext): SeenPrices => ({
  quotes: [...marksAt(books, at).values()],
  at,
});

/**
 * Everything that a decision about an account may look at: of what it holds, of what works, and of `others`. With
 * `seen` it is the context of that time: a book that has changed since is the top that was seen, and no more.
 */
export async function loadContext(
  { books, instruments, tape, taken, blackouts, clock, ids }: ContextParts,
  snapshot: Pick<AccountSnapshot, 'userId' | 'status' | 'rules' | 'account'>,
  others: readonly InstrumentId[],
  seen?: SeenPrices,
): Promise<DecisionContext> {
  const { userId, status, rules, account } = snapshot;
  const { positions, orders } = account;
  const wanted = [...new Set([...others, ...positions.map(nameOf), ...orders.map(nameOf)])];
  // What is taken is asked for before the books: a level that is shown anew meanwhile is at worst taken once more.
  const [catalogue, had, latest, traded] = await Promise.all([
    instruments.find(wanted),
    taken.of(userId, wanted),
    books.current(wanted),
    orders[0] ? tape.since(orders.map(nameOf), orders[0].placedAt) : NOTHING_TRADED,
  ]);
  const at = seen?.at ?? clock.now();
  return {
    status,
    rules,
    account,
    at,
    instruments: catalogue,
    books: seen ? booksAt(latest, seen) : latest,
    tape: seen ? tapeUntil(traded, at) : traded,
    taken: had,
    blackouts: rules.conduct.news ? await blackouts.current(at) : [],
    nextFillId: () => ids.next<FillId>(),
    nextOrderId: () => ids.next<OrderId>(),
  };
}

const nameOf = ({ instrument }: { readonly instrument: InstrumentId }) => instrument;

const NOTHING_TRADED: DecisionContext['tape'] = new Map();

const tapeUntil = (tape: DecisionContext['tape'], at: Instant): DecisionContext['tape'] =>
  new Map([...tape].map(([instrument, trades]) => [instrument, trades.filter(({ receivedAt }) => receivedAt <= at)]));

/**
 * The latest book where it is the state that was seen, else the quote alone. A book that nobody saw is no price; what
 * was last good of it by then is known all the same.
 */
function booksAt(latest: ReadonlyMap<InstrumentId, Book>, { quotes, at }: SeenPrices): ReadonlyMap<InstrumentId, Book> {
  const books = new Map<InstrumentId, Book>();
  for (const [instrument, book] of latest) {
    const past = pastQuoteOf(book);
    if (past && past.receivedAt <= at) books.set(instrument, bookOf(past));
  }
  for (const quote of quotes) {
    const book = latest.get(quote.instrument);
    const isSame = book?.sequence === quote.sequence && book.receivedAt === quote.receivedAt;
    books.set(quote.instrument, isSame ? book : bookOf(quote));
  }
  return books;
}

/** A book of no more than what a quote says. */
export const bookOf = ({ bid, ask, ...state }: Quote): Book => ({
  ...state,
  quality: bid || ask ? 'good' : 'stale',
  bids: bid ? [bid] : [],
  asks: ask ? [ask] : [],
});
