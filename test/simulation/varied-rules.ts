import { ruleFault } from '../../domain/assessment/rules/rule-faults';
import type { Consistency, RuleSet } from '../../domain/assessment/rules/rule-set';
import { invariant } from '../../domain/kernel/invariant';
import { portion, ppm, ZERO_USD } from '../../domain/kernel/money';
import type { SeededRandom } from '../../local/simulators/truth/random';
import { BTC, ether } from '../fixtures/domain-story';
import { payoutOf } from './any-rules';
import { pick } from './market';

const ANCHORS = ['initial', 'balance', 'equity', 'higher', 'peak'] as const;

/** Some break a rule only beyond the limit, some reach their target soon; the daily loss counts from anything. */
export function variedRules(rules: RuleSet, random: SeededRandom): RuleSet {
  const isShort = random.next() < 0.4;
  const target = rules.target && { ...rules.target, profitUsd: portion(rules.startingUsd, ppm(2_000n), 'floor') };
  const anchor = random.next() < 0.3 ? pick(random, ANCHORS)[0] : undefined;
  const gainCapUsd = random.next() < 0.2 ? portion(rules.startingUsd, ppm(5_000n), 'floor') : null;
  const varied: RuleSet = {
    ...rules,
    dailyLoss: rules.dailyLoss && { ...rules.dailyLoss, ...(anchor && { anchor }), gainCapUsd },
    touch: random.next() < 0.2 ? 'safe' : 'breach',
    touchMs: random.next() < 0.5 ? 0 : random.whole(1, 3_000),
    execution: execution(random),
    ...(isShort && { target, activity: { ...rules.activity, tradesMin: 1, daysMin: 0 }, consistency: null }),
    lossLayers: random.next() < 0.15 ? layers(rules, random) : [],
    openLoss: random.next() < 0.15 ? openLoss(random) : null,
    riskPerTrade: random.next() < 0.15 ? stopsAsked(rules.riskPerTrade, random) : rules.riskPerTrade,
    exposure: random.next() < 0.15 ? capped(rules, random) : rules.exposure,
    conduct: { ...rules.conduct, ...clocked(rules, random) },
  };
  const counted = { ...varied, activity: tradesAsked(varied.activity, random) };
  const spread = counted.target && random.next() < 0.2 ? { ...counted, consistency: consistency(random) } : counted;
  const part = (low: number, high: number) => portion(rules.startingUsd, ppm(BigInt(random.whole(low, high))), 'floor');
  const paying = spread.target ? spread : { ...spread, payout: payoutOf(random, part) };
  const fault = ruleFault(paying);
  invariant(!fault, `a tier could have these rules: ${fault?.field} ${fault?.rule}`);
  return paying;
}

const SOFT_MARK = { span: 'total', anchor: 'same', weekBegins: 'monday' } as const;

/** One that fails later than one that pauses, one of the week, and one that follows the mark and only stops. */
const layers = ({ dailyLoss, maxLoss }: RuleSet, random: SeededRandom): RuleSet['lossLayers'] => {
  const width = (low: number) => ({ kind: 'share', share: ppm(BigInt(random.whole(low, low * 3))) }) as const;
  const severity = random.next() < 0.5 ? ('pause' as const) : ('close' as const);
  const [day, week] = [width(2_000), width(10_000)];
  const isSame = day.share % 2n === 0n;
  return [
    { span: 'day', anchor: dailyLoss && isSame ? 'same' : 'balance', width: day, severity, weekBegins: 'monday' },
    { span: 'week', anchor: 'balance', width: week, severity: 'fail', weekBegins: 'sunday' },
    ...(maxLoss.mode !== 'static' && isSame ? [{ ...SOFT_MARK, width: week, severity }] : []),
  ];
};

/** A tenth to a third of the maximum loss, so that a jump of the market is more. */
const openLoss = (random: SeededRandom): RuleSet['openLoss'] => ({
  share: ppm(BigInt(random.whole(50_000, 300_000))),
  severity: random.next() < 0.4 ? 'fail' : 'close',
});

/** Seconds: a run has no more than a minute or two between its hours. */
function stopsAsked(risk: RuleSet['riskPerTrade'], random: SeededRandom): RuleSet['riskPerTrade'] {
  const stopSeverity = random.next() < 0.2 ? 'fail' : 'close';
  return (
    risk && {
      ...risk,
      stopWithinMs: random.whole(3_000, 20_000),
      stopSeverity,
      plan: risk.severity === 'fail' && random.next() < 0.4 ? 'fail' : 'unjudged',
      stopMissesToFail: stopSeverity === 'close' && random.next() < 0.5 ? random.whole(1, 3) : null,
      stopCorrection: random.next() < 0.7 ? { count: random.whole(1, 3), withinMs: random.whole(3_000, 20_000) } : null,
    }
  );
}

/** Leverages of their own, few trades a day, and positions that grow with the balance. */
function capped({ startingUsd, exposure }: RuleSet, random: SeededRandom): RuleSet['exposure'] {
  const share = (low: number, high: number) => portion(startingUsd, ppm(BigInt(random.whole(low, high))), 'floor');
  const step = (from: number) => ({ kind: 'usd', usd: share(from, from * 2) }) as const;
  return {
    ...exposure,
    leverageOf: leverageOf(random),
    marketUsdMax: random.next() < 0.5 ? share(20_000, 200_000) : null,
    tradesPerDayMax: random.next() < 0.5 ? random.whole(1, 6) : null,
    capsFollow: random.next() < 0.5 ? 'day_balance' : 'start',
    sizeSteps:
      random.next() < 0.5
        ? []
        : [
            { instrument: null, fromBalanceUsd: ZERO_USD, most: step(400_000) },
            { instrument: null, fromBalanceUsd: startingUsd, most: step(800_000) },
          ],
  };
}

/** Flat some time before the reset; news that closes, or bars closing, or counts in part. */
function clocked({ dayResetAt }: RuleSet, random: SeededRandom): Partial<RuleSet['conduct']> {
  const time = pick(random, ['11:55', '16:10', '23:30'] as const)[0] ?? '23:30';
  const flatAt = random.next() < 0.1 && time !== dayResetAt ? { time, quietMs: random.whole(0, 1_800_000) } : null;
  if (random.next() >= 0.15) return { flatAt };
  const bars = pick(random, ['new_risk', 'orders', 'positions', 'nothing'] as const)[0] ?? 'new_risk';
  const winShare = random.next() < 0.5 ? ppm(BigInt(random.whole(0, 1_000_000))) : null;
  return {
    flatAt,
    news: { beforeMs: random.whole(60_000, 600_000), afterMs: random.whole(0, 600_000), bars, winShare },
  };
}

const leverageOf = (random: SeededRandom): RuleSet['exposure']['leverageOf'] => [
  { instrument: BTC, leverageMax: ppm(BigInt(random.whole(10, 30)) * 100_000n) },
  { instrument: ether.id, leverageMax: ppm(BigInt(random.whole(10, 100)) * 100_000n) },
];

/** Days that count by the size of a trade; wins that do not count, some of them because an outcome paid them early. */
function tradesAsked(activity: RuleSet['activity'], random: SeededRandom): RuleSet['activity'] {
  const sized = { dayCountsIf: 'size', daySizeShareMin: ppm(BigInt(random.whole(300_000, 1_000_000))) } as const;
  const heldMs = random.whole(5_000, random.next() < 0.5 ? 120_000 : 12 * 3_600_000);
  const short = { tradeHeldMsMin: heldMs, shortWins: 'excluded' } as const;
  return {
    ...activity,
    ...(random.next() < 0.15 && sized),
    ...(random.next() < 0.2 && short),
    ...(random.next() < 0.1 && ({ dayCountsIf: 'calendar' } as const)),
    inactivityBy: pick(random, ['fill', 'opened', 'closed'] as const)[0] ?? 'fill',
    daySizeOf: random.next() < 0.5 ? 'all' : 'past',
  };
}

const consistency = (random: SeededRandom): Consistency => ({
  shareMax: ppm(BigInt(random.whole(200_000, 900_000))),
  of: random.next() < 0.5 ? 'net' : 'winning_days',
  per: random.next() < 0.5 ? 'day' : 'trade',
  severity: random.next() < 0.6 ? 'fail' : 'gate',
});

/** Most tiers count queues, and share what is shown among all; some let orders be on their way for a while. */
const execution = (random: SeededRandom): RuleSet['execution'] => ({
  restingFills: random.next() < 0.7 ? 'queue' : 'through',
  latencyMs: random.next() < 0.3 ? 250 : 0,
  liquidityShared: random.next() < 0.8 ? 'all' : 'person',
  levelShareMax: random.next() < 0.8 ? ppm(1_000_000n) : ppm(BigInt(random.whole(200_000, 1_000_000))),
  // Little is traded in a run: with a share of it hardly anybody would trade.
  volumeShareMax: random.next() < 0.1 ? ppm(1_000_000n) : null,
  primary: 'kraken',
});
