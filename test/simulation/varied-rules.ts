import { ruleFault } from '../../domain/assessment/rules/rule-faults';
import type { Consistency, RuleSet } from '../../domain/assessment/rules/rule-set';
import { invariant } from '../../domain/kernel/invariant';
import { portion, ppm } from '../../domain/kernel/money';
import type { SeededRandom } from '../../local/simulators/truth/random';
import { BTC, ether } from '../fixtures/domain-story';
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
    execution: execution(random),
    ...(isShort && { target, activity: { ...rules.activity, tradesMin: 1, daysMin: 0 }, consistency: null }),
    openLoss: random.next() < 0.15 ? openLoss(random) : null,
    riskPerTrade: random.next() < 0.15 ? stopsAsked(rules.riskPerTrade, random) : rules.riskPerTrade,
    exposure: random.next() < 0.15 ? { ...rules.exposure, leverageOf: leverageOf(random) } : rules.exposure,
  };
  const counted = { ...varied, activity: tradesAsked(varied.activity, random) };
  const spread = counted.target && random.next() < 0.2 ? { ...counted, consistency: consistency(random) } : counted;
  const fault = ruleFault(spread);
  invariant(!fault, `a tier could have these rules: ${fault?.field} ${fault?.rule}`);
  return spread;
}

/** A tenth to a third of the maximum loss, so that a jump of the market is more. */
const openLoss = (random: SeededRandom): RuleSet['openLoss'] => ({
  share: ppm(BigInt(random.whole(50_000, 300_000))),
  severity: random.next() < 0.4 ? 'fail' : 'close',
});

/** Seconds: a run has no more than a minute or two between its hours. */
const stopsAsked = (risk: RuleSet['riskPerTrade'], random: SeededRandom): RuleSet['riskPerTrade'] =>
  risk && {
    ...risk,
    stopWithinMs: random.whole(3_000, 20_000),
    stopSeverity: random.next() < 0.2 ? 'fail' : 'close',
    stopCorrection: random.next() < 0.7 ? { count: random.whole(1, 3), withinMs: random.whole(3_000, 20_000) } : null,
  };

const leverageOf = (random: SeededRandom): RuleSet['exposure']['leverageOf'] => [
  { instrument: BTC, leverageMax: random.whole(1, 3) },
  { instrument: ether.id, leverageMax: random.whole(1, 10) },
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
});
