import type { Instant } from '../../../domain/kernel/instant';
import type { Instrument } from '../../../domain/market/instrument';
import type { VenueTrade } from '../../../domain/market/venue-trade';

/** The catalogue as market data keeps it: what changed, and what of it the topic has not heard yet. */
export type Catalogue = {
  /** Adds instruments and updates those that changed. Another status or payout is untold until `told`. */
  readonly upsert: (instruments: readonly Instrument[]) => Promise<void>;
  /** What can still change: everything but what was resolved before `resolvedSince`. */
  readonly watched: (resolvedSince: Instant) => Promise<readonly Instrument[]>;
  /** Coins whose venue has not listed them since before then, and that are not settled. */
  readonly delisted: (before: Instant) => Promise<readonly Instrument[]>;
  readonly untold: () => Promise<readonly Instrument[]>;
  /** The topic has these states now. One that has changed since stays untold. */
  readonly told: (instruments: readonly Instrument[]) => Promise<void>;
};

export type ChangePublisher = {
  /** Publishes statuses and payouts on the `market-data` topic, key = instrument; returns once the brokers keep them. */
  readonly publishChanges: (instruments: readonly Instrument[], at: Instant) => Promise<void>;
};

export type TradePublisher = {
  /** Publishes a venue's trade on the `market-data` topic, key = instrument. */
  readonly publishTrade: (trade: VenueTrade) => Promise<void>;
};
