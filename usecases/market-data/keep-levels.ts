import type { InstrumentId } from '../../domain/kernel/ids';
import type { Instant } from '../../domain/kernel/instant';
import type { Book } from '../../domain/market/book';
import { absentFrom } from '../../domain/market/taken';
import type { VenueTrade } from '../../domain/market/venue-trade';
import type { Clock } from '../ports/clock-and-ids';
import type { TradePublisher } from '../ports/market-data/catalogue';
import type { LevelKeeper } from '../ports/market-data/taken-liquidity';
import type { Published } from './publish-book';

/** A level that is gone is noticed within so long. */
const LOOK_EVERY_MS = 1_000;

/**
 * Publishes books, and forgets what was taken of levels that the venue no longer shows. That it could not be forgotten
 * is told as a failure: then it stays taken until the next look.
 */
export function forgettingLevels<Given extends readonly unknown[]>(
  publish: (...given: Given) => Promise<Published>,
  { levels, clock }: { readonly levels: Pick<LevelKeeper, 'known' | 'forget'>; readonly clock: Clock },
): (...given: Given) => Promise<Published> {
  const lookedAt = new Map<InstrumentId, Instant>();
  return async (...given) => {
    const published = await publish(...given);
    const { book } = published;
    const [now, before] = [clock.now(), lookedAt.get(book.instrument)];
    if (book.quality !== 'good' || (before !== undefined && now - before < LOOK_EVERY_MS)) return published;
    lookedAt.set(book.instrument, now);
    try {
      await forgetGone(levels, book);
      return published;
    } catch (error) {
      return { ...published, failures: [...published.failures, error] };
    }
  };
}

/** Forgets the levels that this book would show and does not. */
export async function forgetGone(levels: Pick<LevelKeeper, 'known' | 'forget'>, book: Book): Promise<void> {
  const gone = absentFrom(book, await levels.known(book.instrument));
  if (gone.length > 0) await levels.forget(book.instrument, gone);
}

/** Tells trades, and counts what was traded. */
export const countingTrades = (trades: TradePublisher, levels: Pick<LevelKeeper, 'traded'>): TradePublisher => ({
  publishTrade: async (trade: VenueTrade) => {
    await trades.publishTrade(trade);
    if (!trade.isMirrored) await levels.traded(trade);
  },
});
