import type { HoldKind } from '../kernel/hold-kind';
import type { InstrumentId } from '../kernel/ids';
import type { Instant } from '../kernel/instant';
import type { Usd } from '../kernel/money';
import type { Payout } from '../market/instrument';
import type { Account } from './account';
import type { LedgerEntry } from './ledger';
import type { Fill, Order, OrderTicket } from './order';
import type { Position } from './position';
import type { RuleName } from './rule-name';
import type { BeforePayout } from './standing';

/** A fill, with the money and the position that it left behind. */
export type OrderFilled = {
  readonly kind: 'order_filled';
  readonly fill: Fill;
  readonly ledger: readonly LedgerEntry[];
  readonly cashUsd: Usd;
  readonly balanceUsd: Usd;
  readonly tradesClosed: number;
  /** Absent when the account is flat in the instrument. */
  readonly position: Position | undefined;
};

/** What settling a resolved outcome paid for a position; `corrects`: an earlier payout was wrong and is reversed. */
export type Settlement = {
  readonly instrument: InstrumentId;
  readonly payout: Payout;
  readonly position: Position;
  readonly cashUsd: Usd;
  readonly realizedUsd: Usd;
  readonly corrects: boolean;
  readonly settledAt: Instant;
  /** What the account remembered when the position was first settled, as far as is known by now. */
  readonly before: BeforePayout;
};

/** What a decision made true of an account. Each becomes one event of its stream, in this order. */
export type AccountEvent =
  | { readonly kind: 'day_opened'; readonly day: string; readonly dayAnchorUsd: Usd }
  /** Of a market order there is the ticket alone: it never rests. */
  | { readonly kind: 'order_placed'; readonly ticket: OrderTicket; readonly order?: Order }
  | { readonly kind: 'order_amended' | 'order_triggered' | 'order_cancelled'; readonly order: Order }
  /**
   * The market moved the order on without filling it: its trail followed the price, or trades of the venue were
   * counted, and what stands before it is less, or they are past.
   */
  | { readonly kind: 'order_advanced'; readonly order: Order }
  | OrderFilled
  | {
      readonly kind: 'position_settled';
      readonly settlement: Settlement;
      readonly ledger: readonly LedgerEntry[];
      readonly cashUsd: Usd;
      readonly balanceUsd: Usd;
      /** A correction can move them. */
      readonly dayAnchorUsd: Usd;
      readonly isPaused: boolean;
    }
  | { readonly kind: 'trading_paused'; readonly rule: RuleName }
  /** Its payment is disputed or went back; then it is as it was before. */
  | { readonly kind: 'account_held'; readonly hold: HoldKind }
  | { readonly kind: 'account_released' }
  /** A position was found without its stop and has until then; `left` such corrections remain. */
  | {
      readonly kind: 'stop_corrected';
      readonly instrument: InstrumentId;
      readonly dueAt: Instant;
      readonly left: number;
    }
  | { readonly kind: 'limit_warned'; readonly rule: RuleName; readonly percent: number }
  | { readonly kind: 'high_water_raised'; readonly highWaterUsd: Usd; readonly dayPeakUsd: Usd };

/** The account after a decision, and what happened on the way there. */
export type Decision = { readonly account: Account; readonly events: readonly AccountEvent[] };

/** One decision after another: the account of the second, what happened in both. */
export const andThen = (first: Decision, second: Decision): Decision => ({
  account: second.account,
  events: first.events.length === 0 ? second.events : [...first.events, ...second.events],
});
