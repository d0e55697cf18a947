import { absolute, ONE_DOLLAR_PRICE } from '../../domain/kernel/money';
import type { Book } from '../../domain/market/book';
import { believed } from '../../domain/market/doubt';
import type { Instrument } from '../../domain/market/instrument';
import type { VenueTrade } from '../../domain/market/venue-trade';
import type { TradePublisher } from '../ports/market-data/catalogue';

/**
 * Why a trade at a venue is not told: it fills orders, so it must be possible, come while its market is open, and fit
 * a book that can be trusted. What happened while the book could not be trusted fills nothing.
 */
export type TradeRefusal = 'impossible' | 'market_not_open' | 'book_not_good' | 'price_implausible';

/** A spot trade further away from the middle of its book is taken for a shifted decimal. */
const DISTANCE_PERCENT_MAX = 20n;

/** Tells a trade as it came, or says why not. `book` is the latest that was told of the instrument. */
export const publishTrade =
  ({ trades }: { readonly trades: TradePublisher }) =>
  async (
    trade: VenueTrade,
    market: Pick<Instrument, 'kind' | 'status'>,
    book: Book | undefined,
  ): Promise<TradeRefusal | undefined> => {
    const refusal = refusalOf(trade, market, book);
    if (refusal === undefined) await trades.publishTrade(trade);
    return refusal;
  };

function refusalOf(
  { price, qty }: VenueTrade,
  { kind, status }: Pick<Instrument, 'kind' | 'status'>,
  book: Book | undefined,
): TradeRefusal | undefined {
  if (price <= 0n || qty <= 0n || (kind === 'outcome' && price >= ONE_DOLLAR_PRICE)) return 'impossible';
  if (status !== 'open') return 'market_not_open';
  if (book?.quality !== 'good') return 'book_not_good';
  const { bids, asks } = believed(book);
  const [bid, ask] = [bids[0], asks[0]];
  if (!bid || !ask) return 'book_not_good';
  const mid2 = bid.price + ask.price;
  const isFar = absolute(2n * price - mid2) * 100n > mid2 * DISTANCE_PERCENT_MAX;
  return kind === 'spot' && isFar ? 'price_implausible' : undefined;
}
