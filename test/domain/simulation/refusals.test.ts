import type { RuleSet } from '../../../domain/assessment/rules/rule-set';
import { instant } from '../../../domain/kernel/instant';
import { ppm } from '../../../domain/kernel/money';
import { simulationOf } from '../../../domain/simulation/simulation';
import type { History, Strategy } from '../../../domain/simulation/strategy';
import { unsupportedBy } from '../../../domain/simulation/unsupported';
import { dollars, RULES } from '../../fixtures/domain-story';
import { oddsOf } from '../../fixtures/simulation/odds';
import { payingOut } from '../assessment/rule-sets';

const START = instant(Date.UTC(2026, 2, 20));
const PLAIN: RuleSet = { ...RULES, riskPerTrade: null };

const told = (rules: RuleSet, strategy: Strategy, days = 30, at = START): string => {
  const simulation = simulationOf({ rules, strategy, at, days, account: null, worstDay: null });
  return simulation.ok ? 'simulated' : `${simulation.refusal} ${simulation.fault?.field}: ${simulation.fault?.rule}`;
};

const layer = {
  span: 'week',
  anchor: 'balance',
  width: { kind: 'usd', usd: dollars('3000') },
  severity: 'fail',
  weekBegins: 'monday',
} as const;

const stop = (change: object) => ({
  limitUsd: dollars('100'),
  severity: 'block',
  stopWithinMs: null,
  stopSeverity: 'close',
  stopCorrection: null,
  plan: 'unjudged',
  stopMissesToFail: null,
  ...change,
});

/** Goal: a rule that is not simulated is refused by name, never passed over. */
test.each`
  change                                                                                                     | field
  ${{ startingUsd: dollars('100000.001') }}                                                                  | ${'rules.startingUsd'}
  ${{ lossLayers: [layer] }}                                                                                 | ${'rules.lossLayers'}
  ${{ openLoss: { share: ppm(1n), severity: 'close' } }}                                                     | ${'rules.openLoss'}
  ${{ riskPerTrade: stop({ plan: 'fail' }) }}                                                                | ${'rules.riskPerTrade.plan'}
  ${{ payout: payingOut(RULES).payout }}                                                                     | ${'rules.payout'}
  ${{ activity: { ...RULES.activity, dayCountsIf: 'size' } }}                                                | ${'rules.activity.dayCountsIf'}
  ${{ conduct: { ...RULES.conduct, flatAt: { time: '22:00', quietMs: 0 } } }}                                | ${'rules.conduct.flatAt'}
  ${{ conduct: { ...RULES.conduct, news: { beforeMs: 1, afterMs: 1, bars: 'positions', winShare: null } } }} | ${'rules.conduct.news'}
  ${{ conduct: { ...RULES.conduct, news: { beforeMs: 1, afterMs: 1, bars: 'orders', winShare: ppm(1n) } } }} | ${'rules.conduct.news'}
`('$field is not simulated', ({ change, field }: { change: Partial<RuleSet>; field: string }) => {
  const rules = { ...PLAIN, ...change };
  expect(unsupportedBy(PLAIN)).toEqual([]);
  expect(unsupportedBy(rules).map((fault) => fault.field)).toEqual([field]);
  expect(told(rules, oddsOf())).toContain(`rule_unsupported ${field}: `);
});

const past = (count: number, change: Partial<History> = {}): Partial<Strategy> => ({
  trades: {
    kind: 'history',
    trades: Array.from({ length: count }, () => ({ resultCents: -1n, worstCents: -1n, bestCents: 0n })),
    meanBlock: 1,
    ...change,
  },
});
const winners = Array.from({ length: 10 }, () => ({ resultCents: 1n, worstCents: 0n, bestCents: 1n }));
const upside = [{ resultCents: 5n, worstCents: 0n, bestCents: 4n }, ...winners];

/** Goal: a strategy that nobody can trade is refused with its field and the rule that it breaks. */
test.each`
  odds                                               | more                             | refusal
  ${{}}                                              | ${{}}                            | ${'simulated'}
  ${{}}                                              | ${past(10)}                      | ${'simulated'}
  ${{ winRate: ppm(0n) }}                            | ${{}}                            | ${'strategy.winRate: must be above 0 and below 1'}
  ${{ winRate: ppm(1_000_000n) }}                    | ${{}}                            | ${'strategy.winRate: must be above 0 and below 1'}
  ${{ adverse: ppm(-1n) }}                           | ${{}}                            | ${'strategy.adverse: must be from 0 to 1'}
  ${{ favourable: ppm(10n ** 7n) }}                  | ${{}}                            | ${'strategy.favourable: must be from 0 to 1'}
  ${{ riskCents: 0n }}                               | ${{}}                            | ${'strategy.riskCents: must come to 1 to 2147483647 cents'}
  ${{ payoff: { kind: 'cents', cents: 2n ** 31n } }} | ${{}}                            | ${'strategy.payoff: must come to 1 to 2147483647 cents'}
  ${{}}                                              | ${{ size: ppm(0n) }}             | ${'strategy.size: must be above 0'}
  ${{}}                                              | ${{ size: ppm(10n ** 9n) }}      | ${'strategy.size: must be above 0 and at most 100'}
  ${{}}                                              | ${{ tradesPerDay: 0 }}           | ${'strategy.tradesPerDay: must be a whole number from 1 to 50'}
  ${{}}                                              | ${{ tradesPerDay: 1.5 }}         | ${'strategy.tradesPerDay: must be a whole number'}
  ${{}}                                              | ${{ tradesPerDay: Number.NaN }}  | ${'strategy.tradesPerDay: must be a whole number'}
  ${{}}                                              | ${{ heldMs: 2 }}                 | ${'strategy.heldMs: must be from 3 to 25199999'}
  ${{}}                                              | ${{ heldMs: 25_200_000 }}        | ${'strategy.heldMs: must be from 3 to 25199999'}
  ${{}}                                              | ${past(7)}                       | ${'strategy.trades: must be at least 10 trades: 3 more are needed'}
  ${{}}                                              | ${past(10_001)}                  | ${'strategy.trades: must be at most 10000'}
  ${{}}                                              | ${past(10, { meanBlock: 0 })}    | ${'strategy.meanBlock: must be a whole number from 1 to 1000'}
  ${{}}                                              | ${past(10, { trades: winners })} | ${'strategy.trades: must have a loss among them'}
  ${{}}                                              | ${past(10, { trades: upside })}  | ${'strategy.trades[0]: must have its result, and 0, between'}
`('$odds $more: $refusal', ({ odds, more, refusal }) => {
  expect(told(PLAIN, oddsOf(odds, more))).toContain(refusal);
});

test.each`
  change                                                                                 | refusal
  ${{ exposure: { ...RULES.exposure, tradesPerDayMax: 2 } }}                             | ${'strategy.tradesPerDay: must be at most 2'}
  ${{ riskPerTrade: stop({ limitUsd: dollars('99.99') }) }}                              | ${'strategy.size: must risk at most 99.99 dollars'}
  ${{ riskPerTrade: stop({}) }}                                                          | ${'simulated'}
  ${{ activity: { ...RULES.activity, shortWins: 'excluded', tradeHeldMsMin: 200_001 } }} | ${'strategy.heldMs: must be at least 600003'}
  ${{ activity: { ...RULES.activity, shortWins: 'excluded', tradeHeldMsMin: 200_000 } }} | ${'simulated'}
  ${{ maxLoss: { ...RULES.maxLoss, width: { kind: 'usd', usd: dollars('100001') } } }}   | ${'rules_unsound rules.'}
`('what the tier would not let in: $refusal', ({ change, refusal }) => {
  expect(told({ ...PLAIN, ...change }, oddsOf())).toContain(refusal);
});

test.each`
  days   | at                     | refusal
  ${0}   | ${START}               | ${'days: must be a whole number from 1 to 365'}
  ${366} | ${START}               | ${'days: must be a whole number from 1 to 365'}
  ${1.5} | ${START}               | ${'days: must be a whole number'}
  ${30}  | ${instant(-1)}         | ${'at: must be an instant from 1970'}
  ${30}  | ${instant(Number.NaN)} | ${'at: must be an instant from 1970'}
`('$days days from $at: $refusal', ({ days, at, refusal }) => {
  expect(told(PLAIN, oddsOf(), days, at)).toContain(refusal);
});

test('a path that no machine word could hold is refused', () => {
  const vast = oddsOf(
    { riskCents: 2n ** 31n - 1n, payoff: { kind: 'cents', cents: 1n } },
    { tradesPerDay: 50, heldMs: 3 },
  );
  expect(told(PLAIN, vast, 365)).toContain('strategy.size: must keep a path below 9000000000000 cents');
});
