import type { LimitName } from '../../account/rule-name';
import type { InstrumentId } from '../../kernel/ids';
import type { Ppm, Usd } from '../../kernel/money';
import type { DayCut } from './trading-day';

/** A fixed amount, or a share of what the rule measures it on. */
export type Width = { readonly kind: 'usd'; readonly usd: Usd } | { readonly kind: 'share'; readonly share: Ppm };

/** What closes an assessment with a pass. `realized_flat` counts closed profit once nothing is open. */
export type Target = {
  readonly profitUsd: Usd;
  readonly counts: 'realized_flat' | 'realized' | 'equity';
  /** The judge itself closes every position once equity has reached the target. */
  readonly closesAll: boolean;
};

/**
 * The floor under the account: high-water mark less the width, the width's share being of the high-water mark.
 * `static`: the mark is the starting balance. `trailing_eod` takes it at each beginning of a trading day,
 * `trailing_closed` at each fill, `trailing_intraday` at every judged price.
 */
export type MaxLoss = {
  readonly mode: 'static' | 'trailing_eod' | 'trailing_closed' | 'trailing_intraday';
  readonly width: Width;
  readonly trails: 'balance' | 'equity' | 'higher';
  readonly testedOn: 'equity' | 'balance';
  /** The floor rises no further than this; null: it has no end. */
  readonly lockUsd: Usd | null;
  /** A payout does nothing, lowers the high-water mark by its amount, or moves the floor to the starting balance. */
  readonly payoutEffect: 'none' | 'lowers_mark' | 'floor_to_start';
};

/** `anchor` is taken when a trading day begins, but `peak` is the highest equity of the day. */
export type DailyLoss = {
  readonly anchor: 'initial' | 'balance' | 'equity' | 'higher' | 'peak';
  /** A share is one of the anchor. */
  readonly width: Width;
  /** `pause` refuses orders that add risk until the next day; `close` closes every position as well. */
  readonly severity: 'fail' | 'pause' | 'close';
  /** The same pause once the day has realized a gain of this much, net of fees; null: no cap. */
  readonly gainCapUsd: Usd | null;
};

/** The largest loss of one position since it was last flat, its fees included. */
export type RiskPerTrade = {
  readonly limitUsd: Usd;
  /** `fail` judges the loss, open or closed; `block` only refuses orders whose stops would lose more. */
  readonly severity: 'fail' | 'block';
  /** A position of crypto needs a stop within this time; null: none is asked for. */
  readonly stopWithinMs: number | null;
  readonly stopSeverity: 'fail' | 'close';
  /** So many times in an account's life a stop that is found missing may still come within this time; null: never. */
  readonly stopCorrection: { readonly count: number; readonly withinMs: number } | null;
};

/** The largest loss that may be open: a share of the profit with which the day began, or else of the maximum loss. */
export type OpenLoss = {
  readonly share: Ppm;
  /** `close` closes every position, and trading goes on. */
  readonly severity: 'fail' | 'close';
};

/** Checked before an order, resting orders counted at their worst case; null: no cap. Never a violation. */
export type Exposure = {
  /** Notional of a crypto position over the margin that it binds. */
  readonly leverageMax: number;
  readonly positionsMax: number | null;
  /** Notional of one crypto position. */
  readonly positionUsdMax: Usd | null;
  /** What all outcomes of one event, or of one category, may cost together. */
  readonly eventUsdMax: Usd | null;
  readonly categoryUsdMax: Usd | null;
  /** Outcomes of one market that exclude one another: only the worse of the two counts. */
  readonly netsOutcomes: boolean;
  /** Whether YES and NO of one market may be held at the same time. */
  readonly allowsBothOutcomes: boolean;
  /** Outcomes are bought only at prices inside this band. */
  readonly outcomePriceMin: Ppm;
  readonly outcomePriceMax: Ppm;
  /** The opposite side of the book must be worth this much. */
  readonly liquidityUsdMin: Usd | null;
  /** Crypto with a leverage of its own, by name in the order of the alphabet; all other has `leverageMax`. */
  readonly leverageOf: readonly Leverage[];
};

export type Leverage = { readonly instrument: InstrumentId; readonly leverageMax: number };

export type Activity = {
  readonly tradesMin: number;
  /** A trade that was open for less does not count towards `tradesMin`. */
  readonly tradeHeldMsMin: number;
  readonly daysMin: number;
  /**
   * What makes a trading day count: a position opened, a trade closed, a realized gain of `dayGainUsd`, or a trade
   * closed whose size was at least `daySizeShareMin` of the average size of all closed trades, itself among them.
   */
  readonly dayCountsIf: 'opened' | 'closed' | 'gain' | 'size';
  readonly dayGainUsd: Usd;
  /** Days of 24 hours since the last fill; null: no limit. */
  readonly inactivityDays: number | null;
  /** Days of 24 hours since the assessment began; null: no limit. */
  readonly timeLimitDays: number | null;
  readonly daySizeShareMin: Ppm;
  /** Whether what a trade won counts for target and consistency if it was open for less than `tradeHeldMsMin`. */
  readonly shortWins: 'count' | 'excluded';
};

/** The share of the best `day`, or the best single `trade`, of the profit: `net` of all days, or of the `winning_days`. */
export type Consistency = {
  readonly shareMax: Ppm;
  readonly of: 'net' | 'winning_days';
  readonly per: 'day' | 'trade';
  /** A share above the most: `gate` waits until it is less, `fail` ends the assessment where it would have passed. */
  readonly severity: 'gate' | 'fail';
};

/** What may be traded when. Windows are cut in the zone of the trading day. */
export type Conduct = {
  /** On the trading days of Saturday and Sunday no order may add risk, or (`flat`) every position is closed as well. */
  readonly weekend: 'allowed' | 'no_new_risk' | 'flat';
  /** Around scheduled news no order may add risk; null: allowed. */
  readonly news: { readonly beforeMs: number; readonly afterMs: number } | null;
  /** Opposite positions of one person for this long are a signal to the risk desk, never a verdict; null: off. */
  readonly hedgeSignalAfterMs: number | null;
  /** The opposite opened within this long of a closing is a signal to the risk desk, never a verdict; null: off. */
  readonly reverseSignalWithinMs: number | null;
  /** The same as somebody else's account did, nearly at once and repeatedly: a signal, never a verdict; null: off. */
  readonly copySignal: CopySignal | null;
};

/** Fills at most `withinMs` apart, at least `times` times on one day of UTC. */
export type CopySignal = { readonly withinMs: number; readonly times: number };

/** `through`: a resting limit fills when the market trades through it. `queue`: also when its queue is consumed. */
export type Execution = { readonly restingFills: 'through' | 'queue' };

/** The rules that one phase of a tier is judged by, pinned at purchase; see `docs/rules.md`. */
export type RuleSet = DayCut & {
  readonly startingUsd: Usd;
  /** Null: an account that is funded at once and has nothing to pass. */
  readonly target: Target | null;
  readonly maxLoss: MaxLoss;
  readonly dailyLoss: DailyLoss | null;
  readonly riskPerTrade: RiskPerTrade | null;
  readonly openLoss: OpenLoss | null;
  readonly exposure: Exposure;
  readonly activity: Activity;
  readonly consistency: Consistency | null;
  readonly conduct: Conduct;
  readonly execution: Execution;
  /** `breach`: a loss equal to its limit breaks it. */
  readonly touch: 'breach' | 'safe';
};

/** `usedUsd` of `limitUsd` is lost. At a room of zero the limit is touched; below it, it is passed. */
export type RuleRoom = {
  readonly rule: LimitName;
  readonly limitUsd: Usd;
  readonly usedUsd: Usd;
  readonly roomUsd: Usd;
  /** The equity (or balance) at which the room is zero; null for a limit of each position. */
  readonly floorUsd: Usd | null;
};
