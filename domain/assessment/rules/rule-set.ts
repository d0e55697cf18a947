import type { LimitName } from '../../account/rule-name';
import { DAY_MS } from '../../kernel/instant';
import type { Usd } from '../../kernel/money';
import { DEFAULT_PRIMARY, PRIMARIES } from '../../market/listing';
import {
  ABOVE_ZERO,
  fromOneTo,
  LAYERS,
  NOT_NEGATIVE,
  PART,
  SHARE_OF_ALL,
  STARTING_BALANCE,
  TOUCH_MS,
  WIDE,
  ZONE,
} from './bounds';
import { EXPOSURE } from './exposure-rules';
import {
  added,
  bounded,
  choice,
  FLAG,
  group,
  list,
  nullable,
  oneOf,
  SHARE,
  text,
  USD,
  type ValueOf,
  whole,
} from './field';
import {
  CLOCK,
  COPY_WITHIN_MS_MAX,
  COUNT,
  DURATION_MS,
  NEWS_MS,
  POSITIVE_DAYS,
  POSITIVE_MS,
  POSITIVE_USD,
  REVERSE_WITHIN_MS_MAX,
} from './field-kinds';
import { PAYOUT } from './payout-rules';

/** A fixed amount, or a share of what the rule measures it on. */
export type Width = ValueOf<typeof ANY_WIDTH>;

const ANY_WIDTH = oneOf({
  usd: group({ kind: choice('usd'), usd: USD }),
  share: group({ kind: choice('share'), share: SHARE }),
});

const WIDTH = bounded(ANY_WIDTH, WIDE);

/** What closes an assessment with a pass. `realized_flat` counts closed profit once nothing is open. */
export type Target = ValueOf<typeof TARGET>;

const TARGET = group({
  profitUsd: POSITIVE_USD,
  counts: choice('realized_flat', 'realized', 'equity'),
  /** The judge itself closes every position once equity has reached the target. */
  closesAll: FLAG,
});

/**
 * The floor under the account: high-water mark less the width, the width's share being of the high-water mark.
 * `static`: the mark is the starting balance. `trailing_eod` takes it at each beginning of a trading day,
 * `trailing_closed` at each fill, `trailing_intraday` at every judged price.
 */
export type MaxLoss = ValueOf<typeof MAX_LOSS>;

const MAX_LOSS = group({
  mode: choice('static', 'trailing_eod', 'trailing_closed', 'trailing_intraday'),
  width: WIDTH,
  trails: choice('balance', 'equity', 'higher'),
  testedOn: choice('equity', 'balance'),
  /** The floor rises no further than this; null: it has no end. */
  lockUsd: nullable(USD),
  /** A payout does nothing, lowers the high-water mark by its amount, or moves the floor to the starting balance. */
  payoutEffect: choice('none', 'lowers_mark', 'floor_to_start'),
});

/** `anchor` is taken when a trading day begins, but `peak` is the highest equity of the day. */
export type DailyLoss = ValueOf<typeof DAILY_LOSS>;

const DAILY_LOSS = group({
  anchor: choice('initial', 'balance', 'equity', 'higher', 'peak'),
  /** A share is one of the anchor. */
  width: WIDTH,
  /** `pause` refuses orders that add risk until the next day; `close` closes every position as well. */
  severity: choice('fail', 'pause', 'close'),
  /** Trading pauses as well once the day has realized a gain of this much, net of fees; null: no cap. */
  gainCapUsd: nullable(POSITIVE_USD),
});

/** A further limit of the loss beside the two above, of a day, a week, a month or of the whole account. */
export type LossLayer = ValueOf<typeof LOSS_LAYER>;

const LOSS_LAYER = group({
  span: choice('day', 'week', 'month', 'total'),
  /**
   * What it counts from: the starting balance, the balance with which the day, the week or the month began, or the same
   * as the daily loss (of a day) and the maximum loss (of the whole account), which may follow a peak.
   */
  anchor: choice('initial', 'balance', 'same'),
  /** A share is one of the anchor. */
  width: WIDTH,
  /** `pause` refuses orders that add risk while it is touched, day by day; `close` closes every position as well. */
  severity: choice('fail', 'pause', 'close'),
  /** A week begins with the trading day that begins on this weekday. */
  weekBegins: choice('monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'),
});

/** The largest loss of one position since it was last flat, its fees included. */
export type RiskPerTrade = ValueOf<typeof RISK_PER_TRADE>;

const RISK_PER_TRADE = group({
  limitUsd: POSITIVE_USD,
  /** `fail` judges the loss, open or closed; `block` only refuses orders whose stops would lose more. */
  severity: choice('fail', 'block'),
  /** A position of crypto needs a stop within this time; null: none is asked for. */
  stopWithinMs: nullable(POSITIVE_MS),
  stopSeverity: choice('fail', 'close'),
  /** So many times in an account's life a stop that is found missing may still come within this time; null: never. */
  stopCorrection: nullable(group({ count: bounded(whole(1, 100), ABOVE_ZERO), withinMs: POSITIVE_MS })),
  /** `fail`: stops that would lose more than the limit break the rule, in place of refusing the order. */
  plan: added(choice('unjudged', 'fail'), 'unjudged'),
  /**
   * The so manieth position that is found without its stop fails the assessment, and is not just closed; null: none.
   */
  stopMissesToFail: added(nullable(bounded(whole(1, 100), ABOVE_ZERO)), null),
});

/** The largest loss that may be open: a share of the profit with which the day began, or else of the maximum loss. */
const OPEN_LOSS = group({
  share: bounded(SHARE, PART),
  /** `close` closes every position, and trading goes on. */
  severity: choice('fail', 'close'),
});

const ACTIVITY = group({
  tradesMin: bounded(whole(0, 1_000), NOT_NEGATIVE),
  /** A trade that was open for less does not count towards `tradesMin`. */
  tradeHeldMsMin: DURATION_MS,
  daysMin: bounded(whole(0, 365), NOT_NEGATIVE),
  /**
   * What makes a trading day count: a position opened, a trade closed, a realized gain of `dayGainUsd`, or a trade
   * closed whose size was at least `daySizeShareMin` of the average size of closed trades. `calendar`: every one does.
   */
  dayCountsIf: choice('opened', 'closed', 'gain', 'size', 'calendar'),
  dayGainUsd: USD,
  /** Days of 24 hours since the last activity; null: no limit. */
  inactivityDays: nullable(POSITIVE_DAYS),
  /** Days of 24 hours since the assessment began; null: no limit. */
  timeLimitDays: nullable(POSITIVE_DAYS),
  daySizeShareMin: SHARE,
  /** Whether what a trade won counts for target and consistency if it was open for less than `tradeHeldMsMin`. */
  shortWins: choice('count', 'excluded'),
  /** What activity is: a fill, a position opened from flat, a trade closed by a fill. */
  inactivityBy: added(choice('fill', 'opened', 'closed'), 'fill'),
  /** The average that a size is held against: of all trades, this one too, or of those that were complete before it. */
  daySizeOf: added(choice('all', 'past'), 'all'),
});

/**
 * The share of the best `day`, or the best single `trade`, of the profit: `net` of all days, or of the
 * `winning_days`.
 */
export type Consistency = ValueOf<typeof CONSISTENCY>;

const CONSISTENCY = group({
  shareMax: bounded(SHARE, PART),
  of: choice('net', 'winning_days'),
  per: choice('day', 'trade'),
  /** A share above the most: `gate` waits until it is less, `fail` ends the assessment where it would have passed. */
  severity: choice('gate', 'fail'),
});

/** Fills at most `withinMs` apart, at least `times` times on one day of UTC. */
export type CopySignal = ValueOf<typeof COPY_SIGNAL>;

const COPY_SIGNAL = group({
  withinMs: bounded(DURATION_MS, fromOneTo(COPY_WITHIN_MS_MAX)),
  times: bounded(COUNT, { rule: 'must be at least 2: once is chance', holds: (times) => times >= 2 }),
});

const NEWS = group({
  beforeMs: NEWS_MS,
  afterMs: NEWS_MS,
  /**
   * `orders`: nothing but a stop may be placed; `positions`: what it concerns is closed as well; `nothing`: all goes
   * on.
   */
  bars: added(choice('new_risk', 'orders', 'positions', 'nothing'), 'new_risk'),
  /** What a trade won that was filled in such a time counts in this part; null: in whole. */
  winShare: added(nullable(bounded(SHARE, SHARE_OF_ALL)), null),
});

/** No order may add risk from `quietMs` before it on. */
const FLAT_AT = group({ time: CLOCK, quietMs: bounded(whole(0, DAY_MS - 1), NOT_NEGATIVE) });

/** What may be traded when. Windows are cut in the zone of the trading day. */
export type Conduct = ValueOf<typeof CONDUCT>;

const CONDUCT = group({
  /** On the trading days of Saturday and Sunday no order may add risk, or (`flat`) every position is closed as well. */
  weekend: choice('allowed', 'no_new_risk', 'flat'),
  /** Around scheduled news no order may add risk; null: allowed. */
  news: nullable(NEWS),
  /** Opposite positions of one person for this long are a signal to the risk desk, never a verdict; null: off. */
  hedgeSignalAfterMs: nullable(POSITIVE_MS),
  /** The opposite opened within this long of a closing is a signal to the risk desk, never a verdict; null: off. */
  reverseSignalWithinMs: nullable(bounded(DURATION_MS, fromOneTo(REVERSE_WITHIN_MS_MAX))),
  /** Trades that another person's account made nearly at once, repeatedly, are a signal, never a verdict; null: off. */
  copySignal: nullable(COPY_SIGNAL),
  /** From this time of day until the next reset every position is closed, and no order may add risk; null: off. */
  flatAt: added(nullable(FLAT_AT), null),
});

export type Execution = ValueOf<typeof EXECUTION>;

const EXECUTION = group({
  /** `through`: a resting limit fills when the market trades through it. `queue`: also when its queue is consumed. */
  restingFills: choice('through', 'queue'),
  /** How long an order is on its way to the venue: nothing of until then fills it. */
  latencyMs: whole(0, 3_000),
  /** What an order that adds risk finds of a level: what nobody has taken of it, or what its own person has not. */
  liquidityShared: choice('all', 'person'),
  /** The share of a displayed level that one person may take by orders that add risk. */
  levelShareMax: bounded(SHARE, PART),
  /** The share of what the venue traded in the last hour that one person may so take of books; null: no cap. */
  volumeShareMax: nullable(bounded(SHARE, PART)),
  /** The venue whose book fills orders in coins; what they are worth is marked by all venues that agree. */
  primary: added(choice(...PRIMARIES), DEFAULT_PRIMARY),
});

/** The rules that one phase of a tier is judged by, pinned at purchase; see `docs/rules.md`. */
export type RuleSet = ValueOf<typeof RULE_SET_FIELDS>;

/**
 * The one description of a rule set. The type, the canonical bytes (`rule-set-codec.ts`), what a field alone may not be
 * (`rule-faults.ts`) and the schema on the wire (`contracts/rule-set.ts`) follow from it. Its order is hashed.
 */
export const RULE_SET_FIELDS = group({
  startingUsd: bounded(USD, ABOVE_ZERO, STARTING_BALANCE),
  /** Null: an account that is funded at once and has nothing to pass. */
  target: nullable(TARGET),
  maxLoss: MAX_LOSS,
  dailyLoss: nullable(DAILY_LOSS),
  /** At most one of each span, in their order. */
  lossLayers: added(bounded(list(LOSS_LAYER, 4), ...LAYERS), []),
  riskPerTrade: nullable(RISK_PER_TRADE),
  openLoss: nullable(OPEN_LOSS),
  exposure: EXPOSURE,
  activity: ACTIVITY,
  consistency: nullable(CONSISTENCY),
  /** Null: nothing is paid out of the account. */
  payout: added(nullable(PAYOUT), null),
  conduct: CONDUCT,
  execution: EXECUTION,
  /** `breach`: a loss equal to its limit breaks it. */
  touch: choice('breach', 'safe'),
  /** A limit that fails an assessment does so once it was broken at every price for so long; 0: at once. */
  touchMs: bounded(DURATION_MS, TOUCH_MS),
  /** The IANA zone and the local time of day at which a trading day begins. */
  dayZone: bounded(text(1, 64), ZONE),
  dayResetAt: CLOCK,
});

/** `usedUsd` of `limitUsd` is lost. At a room of zero the limit is touched; below it, it is passed. */
export type RuleRoom = {
  readonly rule: LimitName;
  readonly limitUsd: Usd;
  readonly usedUsd: Usd;
  readonly roomUsd: Usd;
  /** The equity (or balance) at which the room is zero; null for a limit of each position. */
  readonly floorUsd: Usd | null;
};
