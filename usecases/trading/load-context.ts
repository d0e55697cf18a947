import type { DecisionContext } from '../../domain/assessment/context/decision-context';
import { marksAt } from '../../domain/assessment/context/marks';
import type { FillId, InstrumentId, OrderId } from '../../domain/kernel/ids';
import type { Instant } from '../../domain/kernel/instant';
import { type Book, pastQuoteOf, type Quote, quoteOf } from '../../domain/market/book';
import type { Instrument } from '../../domain/market/instrument';
import { listingOf, type Primary } from '../../domain/market/listing';
import { bookOf } from '../../domain/market/mark';
import { isAt } from '../../domain/market/venue-trade';
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
  const { primary } = rules.execution;
  const wanted = [...new Set([...others, ...positions.map(nameOf), ...orders.map(nameOf)])];
  // What others take until the save is found by the reservation.
  const [catalogue, had, latest, traded] = await Promise.all([
    listedAt(instruments, wanted, primary),
    ofListings(wanted, primary, (listings) => taken.of(userId, listings)),
    books.current(wanted, primary),
    orders[0] ? tape.since(orders.map(nameOf), orders[0].placedAt) : NOTHING_TRADED,
  ]);
  const at = seen?.at ?? clock.now();
  return {
    status,
    rules,
    account,
    at,
    instruments: catalogue,
    books: seen ? booksAt(latest, seen, primary) : latest,
    tape: tapeAt(traded, primary, seen ? at : undefined),
    taken: had,
    blackouts: rules.conduct.news ? await blackouts.current(at) : [],
    nextFillId: () => ids.next<FillId>(),
    nextOrderId: () => ids.next<OrderId>(),
  };
}

const nameOf = ({ instrument }: { readonly instrument: InstrumentId }) => instrument;

const NOTHING_TRADED: DecisionContext['tape'] = new Map();

/** Each instrument as `primary` lists it. */
export async function listedAt(
  instruments: Pick<InstrumentSource, 'find'>,
  ids: readonly InstrumentId[],
  primary: Primary,
): Promise<ReadonlyMap<InstrumentId, Instrument>> {
  const found = await ofListings(ids, primary, instruments.find);
  return new Map([...found].map(([id, listed]) => [id, listed.id === id ? listed : { ...listed, id }]));
}

/** What is asked for by listing, by instrument. */
async function ofListings<T>(
  ids: readonly InstrumentId[],
  primary: Primary,
  ask: (listings: readonly InstrumentId[]) => Promise<ReadonlyMap<InstrumentId, T>>,
): Promise<ReadonlyMap<InstrumentId, T>> {
  const found = await ask(ids.map((id) => listingOf(id, primary)));
  return new Map(
    ids.flatMap((id): [InstrumentId, T][] => {
      const known = found.get(listingOf(id, primary));
      return known === undefined ? [] : [[id, known]];
    }),
  );
}

/** The trades of `primary`, up to a time where one is given. */
const tapeAt = (
  tape: DecisionContext['tape'],
  primary: Primary,
  until = Infinity as Instant,
): DecisionContext['tape'] =>
  new Map(
    [...tape].map(([instrument, trades]) => [
      instrument,
      trades.filter((trade) => trade.receivedAt <= until && isAt(trade, primary)),
    ]),
  );

/**
 * The latest book where it is the state that was seen, else the quote alone. A book that nobody saw is no price; what
 * was last good of it by then is known all the same.
 */
function booksAt(
  latest: ReadonlyMap<InstrumentId, Book>,
  { quotes, at }: SeenPrices,
  primary: Primary,
): ReadonlyMap<InstrumentId, Book> {
  const books = new Map<InstrumentId, Book>();
  for (const [instrument, book] of latest) {
    const past = pastQuoteOf(book);
    if (past && past.receivedAt <= at) books.set(instrument, bookOf(past, primary));
  }
  for (const quote of quotes) {
    const book = latest.get(quote.instrument);
    const known = book && (quoteOf(book) ?? book);
    const isSame = known?.sequence === quote.sequence && known.receivedAt === quote.receivedAt;
    books.set(quote.instrument, book && isSame ? book : bookOf(quote, primary));
  }
  return books;
}
