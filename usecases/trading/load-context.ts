import type { DecisionContext } from '../../domain/assessment/context/decision-context';
import { marksAt } from '../../domain/assessment/context/marks';
import type { FillId, InstrumentId, OrderId } from '../../domain/kernel/ids';
import type { Instant } from '../../domain/kernel/instant';
import type { Book, Quote } from '../../domain/market/book';
import type { AccountSnapshot } from '../ports/accounts/account-store';
import type { Clock, Ids } from '../ports/clock-and-ids';
import type { BookSource, InstrumentSource, TapeSource } from '../ports/market-data/market-data';
import type { BlackoutSource } from '../ports/surveillance/blackouts';

export type ContextParts = {
  readonly books: BookSource;
  readonly instruments: InstrumentSource;
  readonly tape: TapeSource;
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
  { books, instruments, tape, blackouts, clock, ids }: ContextParts,
  snapshot: Pick<AccountSnapshot, 'status' | 'rules' | 'account'>,
  others: readonly InstrumentId[],
  seen?: SeenPrices,
): Promise<DecisionContext> {
  const { status, rules, account } = snapshot;
  const { positions, orders } = account;
  const wanted = [...new Set([...others, ...positions.map(nameOf), ...orders.map(nameOf)])];
  const [catalogue, latest, traded] = await Promise.all([
    instruments.find(wanted),
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
    blackouts: rules.conduct.news ? await blackouts.current(at) : [],
    nextFillId: () => ids.next<FillId>(),
    nextOrderId: () => ids.next<OrderId>(),
  };
}

const nameOf = ({ instrument }: { readonly instrument: InstrumentId }) => instrument;

const NOTHING_TRADED: DecisionContext['tape'] = new Map();

const tapeUntil = (tape: DecisionContext['tape'], at: Instant): DecisionContext['tape'] =>
  new Map([...tape].map(([instrument, trades]) => [instrument, trades.filter(({ receivedAt }) => receivedAt <= at)]));

/** The latest book where it is the state that was seen, else the quote alone. Books that nobody saw are left out. */
function booksAt(latest: ReadonlyMap<InstrumentId, Book>, { quotes }: SeenPrices): ReadonlyMap<InstrumentId, Book> {
  return new Map(
    quotes.map((quote) => {
      const book = latest.get(quote.instrument);
      const isSame = book?.sequence === quote.sequence && book.receivedAt === quote.receivedAt;
      return [quote.instrument, isSame ? book : bookOf(quote)];
    }),
  );
}

const bookOf = ({ bid, ask, ...state }: Quote): Book => ({
  ...state,
  quality: 'good',
  bids: bid ? [bid] : [],
  asks: ask ? [ask] : [],
});
