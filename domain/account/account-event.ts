import type { HoldKind } from '../kernel/hold-kind';
import type { InstrumentId, PayoutId } from '../kernel/ids';
import type { Instant } from '../kernel/instant';
import type { Qty, Usd } from '../kernel/money';
import type { Payout } from '../market/instrument';
import type { Level } from '../market/level';
import type { Fill, Order } from './orders/order';
import type { LedgerEntry } from './positions/ledger';
import type { Position } from './positions/position';
import type { LimitName, RuleName } from './rule-name';
import type { Periods } from './standing/periods';
import type { BeforePayout, DaySoFar, Peaks, Standing, TradesSoFar } from './standing/standing';

/** The balance is the one of the last day's end; `dayPeakUsd` is what the day begins with at the last good prices. */
export type DayOpened = {
  readonly kind: 'day_opened';
  readonly day: string;
  readonly dayAnchorUsd: Usd;
  readonly dayPeakUsd: Usd;
};

/** A market order is filled by the next event, or what is left of it is cancelled then: it never rests. */
export type OrderPlaced = { readonly kind: 'order_placed'; readonly order: Order };

/**
 * `order_advanced`: the market moved the order on without filling it. Its trail followed the price, or trades of the
 * venue were counted, and what stands before it is less, or they are past.
 */
export type OrderChanged = {
  readonly kind: 'order_amended' | 'order_advanced' | 'order_triggered' | 'order_cancelled';
  /** As it is from then on. */
  readonly order: Order;
  /** Why the platform itself amended it; absent where its trader did, or another order of its entry. */
  readonly amendedFor?: AmendedFor;
};

/** The venue trades the instrument in other steps than when the order was placed. */
export type AmendedFor = 'instrument_changed';

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
} & FilledPlace;

/** Where a fill leaves its order, and those that rest beside it, in the market; and what it was charged by then. */
export type FilledPlace = Pick<Order, 'queueAhead' | 'tapeSeenAt' | 'exactFee'> & {
  /** It took of a book that orders of the account share: for the younger of its instrument this state is past. */
  readonly consumesBook: boolean;
  /** The levels of the venue's book that it took, where it filled at the order's own price and not at theirs. */
  readonly tookLevels?: readonly Level[];
  /** What it took of the venue's trades. */
  readonly tookTrades?: readonly TradePart[];
};

/** A part of one of the venue's trades. */
export type TradePart = { readonly tradeId: string; readonly qty: Qty };

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

/** What an account remembers had the right payout been the first. */
export type CorrectedStanding = Pick<Standing, 'days' | 'warned' | 'periods' | 'payouts'> & {
  readonly peaks: Pick<Peaks, 'highWaterUsd' | 'dayPeakUsd'>;
  readonly day: Pick<DaySoFar, 'balanceUsd' | 'excludedUsd' | 'isPaused'>;
  readonly trades: Pick<TradesSoFar, 'worstUsd' | 'bestUsd' | 'excludedUsd'>;
};

export type PositionSettled = {
  readonly kind: 'position_settled';
  readonly settlement: Settlement;
  readonly ledger: readonly LedgerEntry[];
  readonly cashUsd: Usd;
  readonly balanceUsd: Usd;
  /** A correction can move them. */
  readonly dayAnchorUsd: Usd;
  readonly isPaused: boolean;
  /** The right payout after a wrong one was reversed; its position has left the account with the wrong one. */
  readonly corrected?: CorrectedStanding;
};

/**
 * A part of the profit left the account. A payout is no loss: what limits count from moves with it, as far as the
 * rules say so.
 */
export type PayoutTaken = {
  readonly kind: 'payout_taken';
  /** Its taker's: a payout that is asked for twice is taken once. */
  readonly payoutId: PayoutId;
  readonly at: Instant;
  /** Everything that left: the part of the trader and the part of the firm. */
  readonly amountUsd: Usd;
  readonly traderUsd: Usd;
  readonly ledger: readonly LedgerEntry[];
  readonly cashUsd: Usd;
  readonly balanceUsd: Usd;
  readonly dayAnchorUsd: Usd;
  readonly highWaterUsd: Usd;
  readonly dayPeakUsd: Usd;
  readonly periods: Periods;
};

/**
 * The capital grew by the plan of the rules: what was added is no profit, and what limits count from rises with it.
 */
export type CapitalGrown = {
  readonly kind: 'capital_grown';
  readonly at: Instant;
  readonly addedUsd: Usd;
  /** What it is from then on. */
  readonly capitalUsd: Usd;
  readonly ledger: readonly LedgerEntry[];
  readonly cashUsd: Usd;
  readonly balanceUsd: Usd;
};

/** At prices the latest of which was received at `peakedAt`; a new day keeps the instant of before. */
export type HighWaterRaised = {
  readonly kind: 'high_water_raised';
  readonly highWaterUsd: Usd;
  readonly dayPeakUsd: Usd;
  readonly peakedAt: Instant;
};

/**
 * What a decision made true of an account. Each becomes one event of its stream, in this order, and the account is
 * what `evolve` makes of them all: nothing of it changes without one.
 */
export type AccountEvent =
  | DayOpened
  | OrderPlaced
  | OrderChanged
  | OrderFilled
  | PositionSettled
  | PayoutTaken
  | CapitalGrown
  | { readonly kind: 'trading_paused'; readonly rule: RuleName }
  /** Its payment is disputed or went back; then it is as it was before. */
  | { readonly kind: 'account_held'; readonly hold: HoldKind; readonly at: Instant }
  | { readonly kind: 'account_released'; readonly at: Instant }
  /** A position was found without its stop and has until then; `left` such corrections remain. */
  | {
      readonly kind: 'stop_corrected';
      readonly instrument: InstrumentId;
      readonly dueAt: Instant;
      readonly left: number;
    }
  | { readonly kind: 'limit_warned'; readonly rule: RuleName; readonly percent: number }
  /** Prices break a limit that fails once it has been broken for long enough; then they no longer do. */
  | { readonly kind: 'limit_touched'; readonly rule: LimitName; readonly at: Instant }
  | { readonly kind: 'limit_recovered'; readonly rule: LimitName }
  | HighWaterRaised;
