import type { Account } from '../../account/account';
import type { FillId, InstrumentId, OrderId } from '../../kernel/ids';
import type { Instant } from '../../kernel/instant';
import type { Book } from '../../market/book';
import type { Instrument } from '../../market/instrument';
import type { Taken } from '../../market/taken';
import type { VenueTrade } from '../../market/venue-trade';
import type { RuleSet } from '../rules/rule-set';

export type AssessmentStatus = 'active' | 'passed' | 'failed';

/** A time in which no order may add risk to any of these instruments; null: to none at all. */
export type Blackout = {
  readonly instruments: readonly InstrumentId[] | null;
  readonly title: string;
  /** The scheduled moment; how long before and after it counts is the tier's rule. */
  readonly at: Instant;
};

/** Everything that a decision about orders may look at, and nothing else. */
export type DecisionContext = {
  readonly status: AssessmentStatus;
  readonly rules: RuleSet;
  readonly account: Account;
  /** The instruments of what is held, of what works and of what is ordered. */
  readonly instruments: ReadonlyMap<InstrumentId, Instrument>;
  /** The latest books of the same, whatever their quality and age. */
  readonly books: ReadonlyMap<InstrumentId, Book>;
  /** What traded at the venues since the oldest open order was placed, oldest first; empty where nobody follows it. */
  readonly tape: ReadonlyMap<InstrumentId, readonly VenueTrade[]>;
  /** What has been taken of the same; an instrument that is absent is whole. */
  readonly taken: ReadonlyMap<InstrumentId, Taken>;
  readonly blackouts: readonly Blackout[];
  readonly nextFillId: () => FillId;
  /** For the exits of an entry that fills. */
  readonly nextOrderId: () => OrderId;
  readonly at: Instant;
  /** When the command that is decided arrived, if it has waited for a book since then. */
  readonly arrivedAt?: Instant;
};

/** A book older than this neither fills nor judges. */
export const STALE_AFTER_MS = 10_000;
