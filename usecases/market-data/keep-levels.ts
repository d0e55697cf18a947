import type { InstrumentId } from '../../domain/kernel/ids';
import type { Instant } from '../../domain/kernel/instant';
import type { Book } from '../../domain/market/book';
import { listingOf } from '../../domain/market/listing';
import { absentFrom } from '../../domain/market/taken';
import type { VenueTrade } from '../../domain/market/venue-trade';
import type { Clock } from '../ports/clock-and-ids';
import type { TradePublisher } from '../ports/market-data/catalogue';
import type { LevelKeeper } from '../ports/market-data/taken-liquidity';
import type { Published } from './publish-book';
import type { CoinBooks } from './publish-mark';

/** A level that is gone is noticed within so long. */
const LOOK_EVERY_MS = 1_000;

/**
 * Publishes books, and forgets what was taken of levels that the venue no longer shows. That it could not be forgotten
 * is told as a failure: then it stays taken until the next look. `shownBy`: the books that were shown where that is not
 * what was told, by the names of their listings.
 */
export function forgettingLevels<Given extends readonly unknown[]>(
  publish: (...given: Given) => Promise<Published>,
  { levels, clock }: { readonly levels: Pick<LevelKeeper, 'known' | 'forget'>; readonly clock: Clock },
  shownBy?: (published: Published, ...given: Given) => readonly Book[],
): (...given: Given) => Promise<Published> {
  const lookedAt = new Map<InstrumentId, Instant>();
  return async (...given) => {
    const published = await publish(...given);
    const now = clock.now();
    const shown = shownBy ? shownBy(published, ...given) : [published.book];
    const due = shown.filter(({ instrument, quality }) => {
      const before = lookedAt.get(instrument);
      return quality === 'good' && (before === undefined || now - before >= LOOK_EVERY_MS);
    });
    const failures: unknown[] = [];
    for (const book of due) {
      lookedAt.set(book.instrument, now);
      await forgetGone(levels, book).catch((error: unknown) => failures.push(error));
    }
    return failures.length === 0 ? published : { ...published, failures: [...published.failures, ...failures] };
  };
}

/** The books of a coin that were told with its mark. */
export const listedBooks = (_: Published, { changed }: CoinBooks): readonly Book[] =>
  changed.map((book) => ({ ...book, instrument: listingOf(book.instrument, book.venue) }));

/** Forgets the levels that this book would show and does not. */
export async function forgetGone(levels: Pick<LevelKeeper, 'known' | 'forget'>, book: Book): Promise<void> {
  const gone = absentFrom(book, await levels.known(book.instrument));
  if (gone.length > 0) await levels.forget(book.instrument, gone);
}

/** Tells trades, and counts what was traded. */
export const countingTrades = (trades: TradePublisher, levels: Pick<LevelKeeper, 'traded'>): TradePublisher => ({
  publishTrade: async (trade: VenueTrade) => {
    await trades.publishTrade(trade);
    const { instrument, venue, qty } = trade;
    if (!trade.isMirrored) await levels.traded({ instrument: listingOf(instrument, venue), qty });
  },
});
