import type { RuleSet } from '../../../domain/assessment/rules/rule-set';
import { instant } from '../../../domain/kernel/instant';
import { ppm } from '../../../domain/kernel/money';
import { playPath } from '../../../domain/simulation/play-path';
import { type SimulationInput, simulationOf } from '../../../domain/simulation/simulation';
import type { PastTrade } from '../../../domain/simulation/strategy';
import { RULES } from '../../fixtures/domain-story';
import { oddsOf } from '../../fixtures/simulation/odds';

/** A Friday: of the six days two are a weekend. */
const FRIDAY = instant(Date.UTC(2026, 2, 20));
const PLAIN: RuleSet = {
  ...RULES,
  riskPerTrade: null,
  dailyLoss: null,
  target: null,
  maxLoss: { ...RULES.maxLoss, mode: 'static' },
};
const RESTING = oddsOf({}, { restsOnWeekends: true });

const lost = (cents: bigint): PastTrade => ({ resultCents: -cents, worstCents: -cents, bestCents: 0n });

const simulated = (worstDay: readonly PastTrade[] | null, change: Partial<SimulationInput> = {}) =>
  simulationOf({ rules: PLAIN, strategy: RESTING, at: FRIDAY, days: 6, account: null, worstDay, ...change });

function began(worstDay: readonly PastTrade[] | null, change: Partial<SimulationInput> = {}) {
  const simulation = simulated(worstDay, change);
  if (!simulation.ok) throw new Error(JSON.stringify(simulation));
  return simulation.value;
}

/** Goal: the account's worst day comes in the middle, and nothing else changes by it. */
test('it is the day in the middle of those that are traded', () => {
  expect(began([lost(1n)]).worstDay).toMatchObject({ day: 4, slotMs: 21 * 3_600_000, heldMs: 600_000 });
  const [short] = [
    began(
      Array.from({ length: 50 }, () => lost(1n)),
      { strategy: oddsOf({}, { heldMs: 20_000_000 }) },
    ),
  ];
  expect(short.worstDay).toMatchObject({ slotMs: 1_512_000, heldMs: 1_511_999 });
});

test('it takes the place of what the strategy would have made that day, with its size', () => {
  const flat = [lost(0n)];
  const worst = [lost(12_345n), lost(1n)];
  const strategy = oddsOf({}, { size: ppm(1_500_000n), restsOnWeekends: true });
  for (const path of [0n, 1n, 2n]) {
    const [with_, without] = [began(worst, { strategy }), began(flat, { strategy })].map((each) =>
      playPath(each, 9n, path),
    );
    // A loss is rounded up to the cent: 18,517.5 and 1.5.
    expect((without?.balanceCents ?? 0n) - (with_?.balanceCents ?? 0n)).toBe(18_518n + 2n);
  }
});

test('days after it draw what they would without it, also in the middle of a run', () => {
  const trades = Array.from({ length: 10 }, (_, nth) => lost(BigInt(10 ** (nth % 5)) * 7n));
  const strategy = { ...RESTING, trades: { kind: 'history', trades, meanBlock: 50 } as const, tradesPerDay: 1 };
  for (const path of [0n, 1n, 2n, 3n]) {
    const plain = playPath(began(null, { strategy }), 5n, path);
    const left = playPath(began([lost(0n)], { strategy }), 5n, path);
    expect(trades.map(({ worstCents }) => -worstCents)).toContain(left.balanceCents - plain.balanceCents);
  }
});

test.each`
  worstDay                                                          | change                                                                                 | refusal
  ${[]}                                                             | ${{}}                                                                                  | ${'worstDay: must be 1 to 50 trades'}
  ${Array.from({ length: 51 }, () => lost(1n))}                     | ${{}}                                                                                  | ${'worstDay: must be 1 to 50 trades'}
  ${[lost(1n), lost(1n), lost(1n), lost(1n)]}                       | ${{ exposure: { ...RULES.exposure, tradesPerDayMax: 3 } }}                             | ${'worstDay: must be 1 to 3 trades'}
  ${[lost(1n), { resultCents: 2n, worstCents: 0n, bestCents: 1n }]} | ${{}}                                                                                  | ${'worstDay[1]: must have its result, and 0, between'}
  ${[lost(2n ** 31n)]}                                              | ${{}}                                                                                  | ${'worstDay[0]: must come to at most 2147483647 cents'}
  ${Array.from({ length: 50 }, () => lost(1n))}                     | ${{ activity: { ...RULES.activity, shortWins: 'excluded', tradeHeldMsMin: 504_000 } }} | ${'must leave 1512000 ms for each trade'}
`('$refusal', ({ worstDay, change, refusal }) => {
  const strategy = oddsOf({}, { heldMs: 2_000_000 });
  const told = simulated(worstDay, { rules: { ...PLAIN, ...change }, strategy });
  expect(told.ok ? 'simulated' : `${told.fault?.field}: ${told.fault?.rule}`).toContain(refusal);
});

test('it needs a day that is traded', () => {
  expect(simulated([lost(1n)], { at: instant(Date.UTC(2026, 2, 21)), days: 2 })).toMatchObject({
    fault: { field: 'worstDay', rule: 'must have a day to be on: none of them is traded' },
  });
});
