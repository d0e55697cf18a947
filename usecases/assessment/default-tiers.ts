import type { Program } from '../../domain/assessment/progression/program';
import type { DailyLoss, RiskPerTrade, RuleSet, Width } from '../../domain/assessment/rules/rule-set';
import { idOf } from '../../domain/kernel/ids';
import { type Usd, ZERO_USD } from '../../domain/kernel/money';
import { dollars, fixed, of, share, targetOf, times } from './amounts';

export type Offer = {
  readonly slug: string;
  readonly name: string;
  readonly priceUsd: Usd;
  readonly program: Program;
};

const MINUTE_MS = 60_000;

/** A loss of the day that fails, from the balance with which it began; each offer says how its own differs. */
const dailyLoss = (width: Width, other: Partial<DailyLoss> = {}): DailyLoss => ({
  anchor: 'balance',
  width,
  severity: 'fail',
  gainCapUsd: null,
  ...other,
});

/** A loss of one position that fails, and no stop asked for. */
const riskPerTrade = (limitUsd: Usd, other: Partial<RiskPerTrade> = {}): RiskPerTrade => ({
  limitUsd,
  severity: 'fail',
  stopWithinMs: null,
  stopSeverity: 'close',
  stopCorrection: null,
  plan: 'unjudged',
  stopMissesToFail: null,
  ...other,
});

/**
 * 8 % to win, 10 % to lose in all, 5 % a day from the day's opening balance, 3 % in one position, five trades, at most
 * five times the equity. The other offers are told by how they differ.
 */
const plain = (startingUsd: Usd): RuleSet => ({
  startingUsd,
  target: targetOf(startingUsd, '0.08'),
  maxLoss: {
    mode: 'static',
    width: fixed(startingUsd, '0.1'),
    trails: 'balance',
    testedOn: 'equity',
    lockUsd: null,
    payoutEffect: 'none',
  },
  dailyLoss: dailyLoss(fixed(startingUsd, '0.05')),
  riskPerTrade: riskPerTrade(of(startingUsd, '0.03')),
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
    tradesMin: 5,
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
    reverseSignalWithinMs: MINUTE_MS,
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
  },
  touch: 'breach',
  touchMs: 1_000,
  dayZone: 'UTC',
  dayResetAt: '00:00',
});

/** The floor follows the balance of each day's end up to the start; the daily loss pauses, and no single day is all. */
function standard(startingUsd: Usd): RuleSet {
  const base = plain(startingUsd);
  return {
    ...base,
    maxLoss: {
      ...base.maxLoss,
      mode: 'trailing_eod',
      width: fixed(startingUsd, '0.06'),
      lockUsd: startingUsd,
    },
    dailyLoss: dailyLoss(fixed(startingUsd, '0.03'), { anchor: 'higher', severity: 'pause' }),
    riskPerTrade: riskPerTrade(of(startingUsd, '0.02'), { severity: 'block' }),
    activity: { ...base.activity, daysMin: 4, inactivityDays: 30 },
    consistency: { shareMax: share('0.5'), of: 'net', per: 'day', severity: 'gate' },
    dayZone: 'America/New_York',
    dayResetAt: '17:00',
  };
}

/** The classic two steps: a fixed floor, four days in each, quiet around news, a stop within five minutes. */
function advanced(startingUsd: Usd, target: string): RuleSet {
  const base = plain(startingUsd);
  return {
    ...base,
    target: targetOf(startingUsd, target),
    riskPerTrade: riskPerTrade(of(startingUsd, '0.03'), { stopWithinMs: 5 * MINUTE_MS }),
    exposure: { ...base.exposure, eventUsdMax: of(startingUsd, '0.05'), categoryUsdMax: of(startingUsd, '0.1') },
    activity: { ...base.activity, daysMin: 4, inactivityDays: 30 },
    conduct: {
      ...base.conduct,
      news: { beforeMs: 2 * MINUTE_MS, afterMs: 2 * MINUTE_MS, bars: 'new_risk', winShare: null },
    },
    dayZone: 'Europe/Prague',
  };
}

/** The floor follows equity tick by tick up to the start; results must be spread over days and weekends are flat. */
function master(startingUsd: Usd, target: string): RuleSet {
  const base = advanced(startingUsd, target);
  return {
    ...base,
    maxLoss: {
      ...base.maxLoss,
      mode: 'trailing_intraday',
      width: fixed(startingUsd, '0.06'),
      trails: 'equity',
      lockUsd: startingUsd,
    },
    dailyLoss: dailyLoss({ kind: 'share', share: share('0.04') }, { anchor: 'equity' }),
    exposure: { ...base.exposure, leverageMax: times('3'), positionsMax: 10 },
    activity: {
      ...base.activity,
      dayCountsIf: 'gain',
      dayGainUsd: of(startingUsd, '0.002'),
      tradeHeldMsMin: MINUTE_MS,
    },
    consistency: { shareMax: share('0.4'), of: 'winning_days', per: 'day', severity: 'gate' },
    conduct: { ...base.conduct, weekend: 'flat' },
    dayZone: 'UTC',
    dayResetAt: '00:30',
  };
}

/**
 * Nothing to pass: the account is funded at once. The floor follows each closed trade up to the start, and SOL, which
 * swings the most, carries less leverage.
 */
function instantly(startingUsd: Usd): RuleSet {
  const base = plain(startingUsd);
  return {
    ...base,
    target: null,
    maxLoss: {
      ...base.maxLoss,
      mode: 'trailing_closed',
      width: fixed(startingUsd, '0.06'),
      lockUsd: startingUsd,
      payoutEffect: 'lowers_mark',
    },
    dailyLoss: dailyLoss({ kind: 'share', share: share('0.03') }, { severity: 'close' }),
    exposure: { ...base.exposure, leverageOf: [{ instrument: idOf('SOL-USD'), leverageMax: times('2') }] },
    activity: { ...base.activity, tradesMin: 0, inactivityDays: 21 },
  };
}

const oneStep = (rules: RuleSet, retries: number, reset: string | null): Program => ({
  phases: [{ name: rules.target ? 'Assessment' : 'Funded', rules }],
  retries,
  resetPriceUsd: reset === null ? null : dollars(reset),
});

const twoSteps = (rulesFor: (target: string) => RuleSet, retries: number, reset: string): Program => ({
  phases: [
    { name: 'Challenge', rules: rulesFor('0.08') },
    { name: 'Verification', rules: rulesFor('0.05') },
  ],
  retries,
  resetPriceUsd: dollars(reset),
});

const offer = (slug: string, name: string, price: string, program: Program): Offer => ({
  slug,
  name,
  priceUsd: dollars(price),
  program,
});

/** What a fresh installation sells: one of each shape, so that a firm sees what there is to choose from. */
export const defaultOffers = (): readonly Offer[] => [
  offer('sprint-10k', 'Sprint 10K', '89', oneStep(plain(dollars('10000')), 0, '69')),
  offer('standard-25k', 'Standard 25K', '189', oneStep(standard(dollars('25000')), 1, '149')),
  offer(
    'advanced-50k',
    'Advanced 50K',
    '299',
    twoSteps((target) => advanced(dollars('50000'), target), 1, '239'),
  ),
  offer('instant-10k', 'Instant 10K', '399', oneStep(instantly(dollars('10000')), 0, null)),
  offer(
    'master-100k',
    'Master 100K',
    '499',
    twoSteps((target) => master(dollars('100000'), target), 0, '399'),
  ),
];
