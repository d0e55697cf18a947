import type { Program } from '../../domain/assessment/progression/program';
import type { RiskPerTrade, RuleSet } from '../../domain/assessment/rules/rule-set';
import { idOf } from '../../domain/kernel/ids';
import type { Usd } from '../../domain/kernel/money';
import { dollars, fixed, of, share, times } from './amounts';
import { blank, daily, MINUTE_MS, perTrade, targetOf } from './firms/blank';

export type Offer = {
  readonly slug: string;
  readonly name: string;
  readonly priceUsd: Usd;
  readonly program: Program;
};

/** A loss of one position that fails; of the stop each offer says what it asks. */
const failsAt = (limitUsd: Usd, other: Partial<RiskPerTrade> = {}): RiskPerTrade =>
  perTrade(limitUsd, { severity: 'fail', ...other });

/**
 * 8 % to win, 10 % to lose in all, 5 % a day from the day's opening balance, 3 % in one position, five trades, at most
 * five times the equity. The other offers are told by how they differ.
 */
function plain(startingUsd: Usd): RuleSet {
  const base = blank(startingUsd, of(startingUsd, '0.08'));
  return {
    ...base,
    dailyLoss: daily({ width: fixed(startingUsd, '0.05') }),
    riskPerTrade: failsAt(of(startingUsd, '0.03')),
    activity: { ...base.activity, tradesMin: 5 },
    conduct: { ...base.conduct, reverseSignalWithinMs: MINUTE_MS },
  };
}

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
    dailyLoss: daily({ width: fixed(startingUsd, '0.03'), anchor: 'higher', severity: 'pause' }),
    riskPerTrade: perTrade(of(startingUsd, '0.02')),
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
    target: targetOf(of(startingUsd, target)),
    riskPerTrade: failsAt(of(startingUsd, '0.03'), { stopWithinMs: 5 * MINUTE_MS }),
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
    dailyLoss: daily({ width: { kind: 'share', share: share('0.04') }, anchor: 'equity' }),
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
    dailyLoss: daily({ width: { kind: 'share', share: share('0.03') }, severity: 'close' }),
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
