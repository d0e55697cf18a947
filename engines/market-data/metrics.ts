import type { Instant } from '../../domain/kernel/instant';
import type { Book } from '../../domain/market/book';
import type { TradeRefusal } from '../../usecases/market-data/publish-trade';

/** What the publisher tells of its own work. */
export type PublisherMetrics = {
  readonly published: (book: Book, now: Instant) => void;
  readonly conflated: () => void;
  /** A venue's trade: `told`, or why not. */
  readonly traded: (outcome: 'told' | TradeRefusal) => void;
  readonly failed: () => void;
};
