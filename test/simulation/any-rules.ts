import type { PayoutRules } from '../../domain/assessment/rules/payout-rules';
import { ruleFault } from '../../domain/assessment/rules/rule-faults';
import { RULE_SET_FIELDS, type RuleSet, type Width } from '../../domain/assessment/rules/rule-set';
import { invariant } from '../../domain/kernel/invariant';
import { portion, ppm, qty, type Usd, usd, ZERO_USD } from '../../domain/kernel/money';
import { SeededRandom } from '../../local/simulators/truth/random';
import { BTC, ether } from '../fixtures/domain-story';

const DRAWS_MAX = 200;
const HOUR_MS = 3_600_000;
/** More than any account of a run begins with. */
const MOST_USD = 110_000_000_000n;
/** Every choice is drawn; where one is drawn more often than the others, they are listed below. */
const { target, maxLoss, dailyLoss, riskPerTrade, openLoss, activity, consistency, conduct, exposure, execution } =
  RULE_SET_FIELDS.fields;

/** Any rule set that a tier could have, tight enough that each of its rules is broken by somebody within days. */
export function anyRules(startingUsd: Usd, random: SeededRandom): RuleSet {
  for (let draw = 0; draw < DRAWS_MAX; draw++) {
    const rules = draftOf(startingUsd, random);
    if (!ruleFault(rules)) return rules;
  }
  invariant(false, 'one of many drafts is without fault');
}

function draftOf(startingUsd: Usd, random: SeededRandom): RuleSet {
  const oneOf = <T>(...from: readonly [T, ...T[]]): T => from[random.whole(0, from.length - 1)] ?? from[0];
  const isSo = (chance: number) => random.next() < chance;
  const maybe = <T>(chance: number, make: () => T): T | null => (isSo(chance) ? make() : null);
  const share = (low: number, high: number) => ppm(BigInt(random.whole(low, high)));
  const part = (low: number, high: number) => portion(startingUsd, share(low, high), 'floor');
  const width = (low: number, high: number): Width =>
    isSo(0.5) ? { kind: 'usd', usd: part(low, high) } : { kind: 'share', share: share(low, high) };
  /** In tenths. */
  const leverage = (most: number) => ppm(BigInt(random.whole(10, most)) * 100_000n);
  const mode = oneOf(...maxLoss.fields.mode.names);
  const drawn = {
    startingUsd,
    target: maybe(0.85, () => ({
      profitUsd: part(50, 1_500),
      counts: oneOf(...target.of.fields.counts.names),
      closesAll: isSo(0.3),
    })),
    maxLoss: {
      mode,
      width: width(1_000, 25_000),
      trails: mode === 'trailing_closed' ? 'balance' : oneOf(...maxLoss.fields.trails.names),
      testedOn: oneOf(...maxLoss.fields.testedOn.names),
      lockUsd: mode === 'static' ? null : maybe(0.5, () => startingUsd),
      payoutEffect: mode === 'static' ? 'none' : oneOf(...maxLoss.fields.payoutEffect.names),
    },
    dailyLoss: maybe(0.7, () => ({
      anchor: oneOf(...dailyLoss.of.fields.anchor.names),
      width: width(800, 8_000),
      severity: oneOf('fail', 'fail', 'pause', 'close'),
      gainCapUsd: maybe(0.3, () => part(300, 3_000)),
    })),
    riskPerTrade: maybe(0.7, () => {
      const stopWithinMs = maybe(0.4, () => random.whole(2_000, 60_000));
      const severity = oneOf('fail', 'fail', 'block');
      const stopSeverity = oneOf(...riskPerTrade.of.fields.stopSeverity.names);
      const correction = () => ({ count: random.whole(1, 3), withinMs: random.whole(2_000, 30_000) });
      return {
        limitUsd: part(800, 8_000),
        severity,
        stopWithinMs,
        stopSeverity,
        stopCorrection: stopWithinMs === null ? null : maybe(0.5, correction),
        plan: severity === 'fail' ? oneOf(...riskPerTrade.of.fields.plan.names) : 'unjudged',
        stopMissesToFail:
          stopWithinMs !== null && stopSeverity === 'close' ? maybe(0.4, () => random.whole(1, 3)) : null,
      };
    }),
    lossLayers: (['day', 'week', 'month', 'total'] as const)
      .filter(() => isSo(0.25))
      .map((span) => ({
        span,
        ...(span === 'total'
          ? oneOf(
              { anchor: 'initial', severity: 'fail' },
              { anchor: 'same', severity: oneOf('fail', 'pause', 'close') },
            )
          : {
              anchor: span === 'day' ? oneOf('initial', 'balance', 'same') : oneOf('initial', 'balance'),
              severity: oneOf('fail', 'pause', 'close'),
            }),
        width: width(800, 8_000),
        weekBegins: span === 'week' ? oneOf('monday', 'sunday') : 'monday',
      })),
    openLoss: maybe(0.35, () => ({
      share: share(50_000, 400_000),
      severity: oneOf(...openLoss.of.fields.severity.names),
    })),
    exposure: {
      leverageMax: leverage(100),
      positionsMax: maybe(0.2, () => random.whole(2, 4)),
      positionUsdMax: maybe(0.2, () => part(200_000, 2_000_000)),
      eventUsdMax: maybe(0.2, () => part(50_000, 200_000)),
      categoryUsdMax: maybe(0.2, () => part(50_000, 200_000)),
      netsOutcomes: isSo(0.5),
      allowsBothOutcomes: isSo(0.5),
      outcomePriceMin: share(0, 50_000),
      outcomePriceMax: share(950_000, 1_000_000),
      liquidityUsdMin: maybe(0.1, () => part(1_000, 20_000)),
      leverageOf: isSo(0.8)
        ? []
        : [
            { instrument: BTC, leverageMax: leverage(50) },
            { instrument: ether.id, leverageMax: leverage(50) },
          ],
      marketUsdMax: maybe(0.2, () => part(50_000, 200_000)),
      tradesPerDayMax: maybe(0.2, () => random.whole(1, 6)),
      sizeSteps: isSo(0.8)
        ? []
        : [
            { instrument: null, fromBalanceUsd: ZERO_USD, most: { kind: 'usd', usd: part(200_000, 1_000_000) } },
            { instrument: BTC, fromBalanceUsd: ZERO_USD, most: { kind: 'units', units: qty(10n ** 8n) } },
            { instrument: BTC, fromBalanceUsd: startingUsd, most: { kind: 'units', units: qty(2n * 10n ** 8n) } },
          ],
      capsFollow: oneOf(...exposure.fields.capsFollow.names),
    },
    activity: {
      tradesMin: random.whole(0, 2),
      tradeHeldMsMin: isSo(0.5) ? 0 : random.whole(500, HOUR_MS),
      daysMin: random.whole(0, 1),
      dayCountsIf: oneOf(...activity.fields.dayCountsIf.names),
      dayGainUsd: part(100, 3_000),
      inactivityDays: maybe(0.4, () => random.whole(1, 4)),
      timeLimitDays: maybe(0.3, () => random.whole(2, 6)),
      daySizeShareMin: share(300_000, 1_000_000),
      shortWins: oneOf(...activity.fields.shortWins.names),
      inactivityBy: oneOf(...activity.fields.inactivityBy.names),
      daySizeOf: oneOf(...activity.fields.daySizeOf.names),
    },
    consistency: maybe(0.5, () => ({
      shareMax: share(200_000, 900_000),
      of: oneOf(...consistency.of.fields.of.names),
      per: oneOf(...consistency.of.fields.per.names),
      severity: oneOf(...consistency.of.fields.severity.names),
    })),
    conduct: {
      weekend: oneOf('allowed', 'allowed', 'no_new_risk', 'flat'),
      news: maybe(0.3, () => ({
        beforeMs: random.whole(0, HOUR_MS),
        afterMs: random.whole(0, HOUR_MS),
        bars: oneOf(...conduct.fields.news.of.fields.bars.names),
        winShare: maybe(0.5, () => share(0, 1_000_000)),
      })),
      hedgeSignalAfterMs: maybe(0.5, () => random.whole(1, HOUR_MS)),
      reverseSignalWithinMs: maybe(0.5, () => random.whole(1, HOUR_MS)),
      copySignal: maybe(0.5, () => ({ withinMs: random.whole(1, 60_000), times: random.whole(2, 9) })),
      flatAt: maybe(0.2, () => ({ time: oneOf('11:55', '16:10', '23:30'), quietMs: random.whole(0, HOUR_MS) })),
    },
    execution: {
      restingFills: oneOf(...execution.fields.restingFills.names),
      latencyMs: maybe(0.5, () => random.whole(1, 3_000)) ?? 0,
      liquidityShared: oneOf(...execution.fields.liquidityShared.names),
      levelShareMax: isSo(0.5) ? ppm(1_000_000n) : share(200_000, 1_000_000),
      volumeShareMax: maybe(0.5, () => share(100_000, 1_000_000)),
      primary: 'kraken',
    },
    touch: oneOf('breach', 'breach', 'safe'),
    touchMs: oneOf(0, 0, 500, 1_000, 60_000),
    dayZone: oneOf('UTC', 'Europe/Prague', 'America/New_York'),
    dayResetAt: oneOf('00:00', '00:30', '17:00'),
  } satisfies Omit<RuleSet, 'payout'>;
  const pays = drawn.target === null && isSo(0.8);
  return { ...drawn, payout: pays ? payoutOf(random, part) : null };
}

/** Rules by which days are counted for payouts. */
export function payoutOf(random: SeededRandom, part: (low: number, high: number) => Usd): PayoutRules {
  const split = random.whole(500_000, 1_000_000);
  return {
    split: ppm(BigInt(split)),
    firstAfterDays: random.whole(0, 2),
    everyDays: random.whole(0, 2),
    profitMinUsd: null,
    minUsd: null,
    maxUsd: null,
    shareOfProfitMax: null,
    bufferUsd: ZERO_USD,
    winningDays: random.next() < 0.7 ? { min: 2, dayUsd: part(1, 300) } : null,
    consistencyMax: random.next() < 0.5 ? ppm(400_000n) : null,
    requiresFlat: random.next() < 0.5,
    scaling: scalingOf(new SeededRandom(split)),
  };
}

/** Soon, and after little profit: a run has few days. */
function scalingOf(random: SeededRandom): NonNullable<RuleSet['payout']>['scaling'] {
  if (random.next() < 0.4) return null;
  return {
    afterDays: random.whole(0, 1),
    profitShare: ppm(random.next() < 0.7 ? 0n : BigInt(random.whole(1, 500))),
    payoutsMin: 0,
    growth: ppm(BigInt(random.whole(1, 400_000))),
    of: random.next() < 0.5 ? 'start' : 'capital',
    maxUsd: usd(MOST_USD * BigInt(random.whole(1, 20))),
  };
}
