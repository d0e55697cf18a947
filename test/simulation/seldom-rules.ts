import { ruleFault } from '../../domain/assessment/rules/rule-faults';
import type { RuleSet } from '../../domain/assessment/rules/rule-set';
import { invariant } from '../../domain/kernel/invariant';
import { portion, ppm, type Usd, ZERO_USD } from '../../domain/kernel/money';
import type { SeededRandom } from '../../local/simulators/truth/random';
import { payoutOf } from './any-rules';
import type { System } from './system';

/** What few tiers have, of some of the accounts: caps of outcomes that orders reach, and payouts that profits reach. */
export function giveSeldomRules({ world, random }: System): void {
  for (const kept of world.accounts.values()) {
    const { snapshot } = kept;
    const rules = seldomRules(snapshot.rules, random);
    const fault = ruleFault(rules);
    invariant(!fault, `a tier could have these rules: ${fault?.field} ${fault?.rule}`);
    kept.snapshot = { ...snapshot, rules };
  }
}

function seldomRules(rules: RuleSet, random: SeededRandom): RuleSet {
  const part = (low: number, high: number): Usd =>
    portion(rules.startingUsd, ppm(BigInt(random.whole(low, high))), 'floor');
  const capped =
    random.next() < 0.2
      ? { ...rules, exposure: { ...rules.exposure, eventUsdMax: part(2_000, 20_000), categoryUsdMax: null } }
      : rules;
  return random.next() < 0.2 ? paidOut(capped, part, random) : capped;
}

/** A funded account, most of which have waited for long enough as soon as they have won something. */
function paidOut(rules: RuleSet, part: (low: number, high: number) => Usd, random: SeededRandom): RuleSet {
  const isStatic = random.next() < 0.5;
  const payout = {
    ...payoutOf(random, part),
    firstAfterDays: random.next() < 0.8 ? 0 : 1,
    everyDays: 0,
    bufferUsd: random.next() < 0.7 ? ZERO_USD : part(1, 500),
    shareOfProfitMax: random.next() < 0.5 ? null : ppm(BigInt(random.whole(300_000, 900_000))),
    winningDays: random.next() < 0.8 ? null : { min: 1, dayUsd: part(1, 50) },
    consistencyMax: random.next() < 0.8 ? null : ppm(900_000n),
    requiresFlat: random.next() < 0.3,
  };
  return {
    ...rules,
    target: null,
    consistency: null,
    payout,
    // A layer that moves as the maximum loss does asks for one that moves.
    lossLayers: rules.lossLayers.filter(({ span, anchor }) => !isStatic || span !== 'total' || anchor !== 'same'),
    maxLoss: {
      ...rules.maxLoss,
      mode: isStatic ? 'static' : 'trailing_intraday',
      lockUsd: null,
      payoutEffect: isStatic || random.next() < 0.5 ? 'none' : 'lowers_mark',
    },
  };
}
