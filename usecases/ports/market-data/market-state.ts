import type { InstrumentId } from '../../../domain/kernel/ids';
import type { Instant } from '../../../domain/kernel/instant';
import type { QuotedBy } from '../../../domain/market/quote';

/**
 * How a price stands: `fresh` may fill and judge; `quarantined` passed the checks of its venue and is not believed all
 * the same; `unconfirmed` is a mark that too few venues agree on.
 */
export type MarketState = 'fresh' | 'stale' | 'gapped' | 'crossed' | 'halted' | 'quarantined' | 'unconfirmed';

/** The state of what one venue, or several together, show of an instrument. `reason`: what the state does not say. */
export type StateChange = {
  readonly instrument: InstrumentId;
  readonly venue: QuotedBy;
  readonly state: MarketState;
  readonly reason: string | null;
  readonly at: Instant;
};

export type StatePublisher = {
  /** Publishes changes between the states of prices on the `market-data` topic, key = instrument. */
  readonly publishStates: (changes: readonly StateChange[]) => Promise<void>;
};
