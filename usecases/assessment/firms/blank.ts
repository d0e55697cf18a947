import type { Program } from '../../../domain/assessment/progression/program';
import type { PayoutRules } from '../../../domain/assessment/rules/payout-rules';
import type { DailyLoss, MaxLoss, RiskPerTrade, RuleSet, Target } from '../../../domain/assessment/rules/rule-set';
import { type Usd, ZERO_USD } from '../../../domain/kernel/money';
import { fixed, share, times } from '../amounts';
import type { FirmRule } from './firm-template';

export const MINUTE_MS = 60_000;

export const staticLoss = (startingUsd: Usd, part: string): MaxLoss => ({
  mode: 'static',
  width: fixed(startingUsd, part),
  trails: 'balance',
  testedOn: 'equity',
  lockUsd: null,
  payoutEffect: 'none',
});

export const daily = (change: Partial<DailyLoss> & Pick<DailyLoss, 'width'>): DailyLoss => ({
  anchor: 'balance',
  severity: 'fail',
  gainCapUsd: null,
  ...change,
});

export const perTrade = (limitUsd: Usd, change: Partial<RiskPerTrade> = {}): RiskPerTrade => ({
  limitUsd,
  severity: 'block',
  stopWithinMs: null,
  stopSeverity: 'close',
  stopCorrection: null,
  plan: 'unjudged',
  stopMissesToFail: null,
  ...change,
});

/** Any of the profit at any time, unless said otherwise. */
export const payout = (split: string, change: Partial<PayoutRules> = {}): PayoutRules => ({
  split: share(split),
  firstAfterDays: 0,
  everyDays: 0,
  profitMinUsd: null,
  minUsd: null,
  maxUsd: null,
  shareOfProfitMax: null,
  bufferUsd: ZERO_USD,
  winningDays: null,
  consistencyMax: null,
  requiresFlat: false,
  scaling: null,
  ...change,
});

/** Closed profit, with nothing open. */
export const targetOf = (profitUsd: Usd): Target => ({ profitUsd, counts: 'realized_flat', closesAll: false });

/** A target of closed profit, a static loss of a tenth, and nothing else: each tier says what it asks for beside. */
export const blank = (startingUsd: Usd, targetUsd: Usd | null): RuleSet => ({
  startingUsd,
  target: targetUsd === null ? null : targetOf(targetUsd),
  maxLoss: staticLoss(startingUsd, '0.1'),
  dailyLoss: null,
  riskPerTrade: null,
  lossLayers: [],
  openLoss: null,
  exposure: {
    leverageMax: times('5'),
    positionsMax: null,
    positionUsdMax: null,
    eventUsdMax: null,
    categoryUsdMax: null,
    netsOutcomes: false,
    allowsBothOutcomes: true,
    outcomePriceMin: share('0.01'),
    outcomePriceMax: share('0.99'),
    liquidityUsdMin: null,
    leverageOf: [],
    marketUsdMax: null,
    tradesPerDayMax: null,
    sizeSteps: [],
    capsFollow: 'start',
  },
  activity: {
    tradesMin: 0,
    tradeHeldMsMin: 0,
    daysMin: 0,
    dayCountsIf: 'opened',
    dayGainUsd: ZERO_USD,
    inactivityDays: null,
    timeLimitDays: null,
    daySizeShareMin: share('0'),
    shortWins: 'count',
    inactivityBy: 'fill',
    daySizeOf: 'all',
  },
  consistency: null,
  payout: null,
  conduct: {
    weekend: 'allowed',
    news: null,
    hedgeSignalAfterMs: MINUTE_MS,
    reverseSignalWithinMs: null,
    copySignal: { withinMs: 500, times: 5 },
    flatAt: null,
  },
  execution: {
    restingFills: 'queue',
    latencyMs: 0,
    liquidityShared: 'all',
    // What is displayed can be had; what nobody trades at cannot be had without end.
    levelShareMax: share('1'),
    volumeShareMax: share('0.5'),
    primary: 'kraken',
  },
  touch: 'breach',
  touchMs: 1_000,
  dayZone: 'UTC',
  dayResetAt: '00:00',
});

/** Phases that are bought as one; no retries and no resets, which are a price and not a rule. */
export const programOf = (...phases: readonly (readonly [name: string, rules: RuleSet])[]): Program => ({
  phases: phases.map(([name, rules]) => ({ name, rules })),
  retries: 0,
  resetPriceUsd: null,
});

/** A line of which nothing is missing, unless it says what. */
export const line = (
  rule: string,
  published: string,
  said: readonly string[],
  missing: string | null = null,
): FirmRule => ({ rule, published, said, missing });

export const NO_FUTURES = 'there are no futures here: a contract stands for a notional of 25,000 dollars';
