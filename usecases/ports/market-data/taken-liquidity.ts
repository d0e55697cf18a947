import type { InstrumentId, OrderId, UserId } from '../../../domain/kernel/ids';
import type { Instant } from '../../../domain/kernel/instant';
import type { Qty } from '../../../domain/kernel/money';
import type { Taken } from '../../../domain/market/taken';
import type { VenueTrade } from '../../../domain/market/venue-trade';

/** A level that a person takes of; `allMax`: with it everybody together may have so much of it, null: whatever they had. */
export type LevelTaking = { readonly key: string; readonly qty: Qty; readonly allMax: Qty | null };

/** A part of a venue's trade that an order is filled from. */
export type TradeTaking = { readonly key: string; readonly orderId: OrderId; readonly qty: Qty };

/** What one decision takes of one instrument. */
export type Taking = {
  readonly instrument: InstrumentId;
  /** The person's revision that was decided on. */
  readonly revision: number;
  readonly levels: readonly LevelTaking[];
  readonly trades: readonly TradeTaking[];
  /** What of it counts against the person's share of what is traded. */
  readonly volumeQty: Qty;
};

/** What has been taken of the venues' levels, shared by all who decide about accounts. */
export type TakenLiquidity = {
  /** As the person meets it; an instrument of which nothing is known is absent. */
  readonly of: (userId: UserId, ids: readonly InstrumentId[]) => Promise<ReadonlyMap<InstrumentId, Taken>>;
  /** All of it or nothing. Overtaken: the person took more since it was decided, or somebody has had of a level. */
  readonly reserve: (userId: UserId, taking: Taking) => Promise<'reserved' | 'overtaken'>;
  /** What was reserved and did not happen. */
  readonly giveBack: (userId: UserId, taking: Taking) => Promise<void>;
};

/** What market-data does about it. */
export type LevelKeeper = {
  /** The levels of which something was taken; also says that the instrument's trades are followed. */
  readonly known: (instrument: InstrumentId) => Promise<readonly string[]>;
  /** Forgets those of the levels that nobody has taken of for a minute: the venue has not shown them since. */
  readonly forget: (instrument: InstrumentId, keys: readonly string[]) => Promise<void>;
  /** Counts what was traded at the venue. */
  readonly traded: (trade: Pick<VenueTrade, 'instrument' | 'qty'>) => Promise<void>;
};

/** What a fill took of the book, as the database knows it. */
export type PastTaking = {
  readonly userId: UserId;
  readonly instrument: InstrumentId;
  readonly key: string;
  readonly qty: Qty;
  readonly at: Instant;
};

/** What fills have taken lately, oldest first: from it what is taken is known again once it was lost. */
export type PastTakings = () => Promise<readonly PastTaking[]>;
