import { ppm } from '../../../../domain/kernel/money';
import type { Study } from '../../../../domain/simulation/study/study';
import { studyRefusal } from '../../../../domain/simulation/study/study-fault';
import { dollars } from '../../../fixtures/domain-story';
import { oddsOf } from '../../../fixtures/simulation/odds';
import { historyOf, PLAIN, studyOf, TWELVE } from '../../../fixtures/simulation/studies';

const told = (study: Study): string => {
  const refusal = studyRefusal(study);
  return refusal ? `${refusal.refusal} ${refusal.fault?.field}: ${refusal.fault?.rule}` : 'played';
};
const many = oddsOf({}, { tradesPerDay: 50, heldMs: 60_000 });
const stop = {
  limitUsd: dollars('150'),
  severity: 'block',
  stopWithinMs: null,
  stopSeverity: 'close',
  stopCorrection: null,
  plan: 'unjudged',
  stopMissesToFail: null,
} as const;
const rules = { ...PLAIN, riskPerTrade: stop };
const sizeOf = (size: bigint) => ({ asks: { scope: 'size', strategy: oddsOf(), size: ppm(size) } });
const firm = (change: object, weight = 1n, strategy = oddsOf()) => ({
  asks: {
    scope: 'firm',
    mix: [
      { weight: ppm(1n), strategy: oddsOf() },
      { weight: ppm(weight), strategy },
    ],
    priceUsd: dollars('100'),
    payoutUsd: dollars('1000'),
    ...change,
  },
});

test.each`
  change                                                                                   | answer
  ${{}}                                                                                    | ${'played'}
  ${{ rules }}                                                                             | ${'played'}
  ${{ days: 0 }}                                                                           | ${'strategy_invalid days: must be a whole number from 1 to 365'}
  ${studyOf({}, { strategy: historyOf(TWELVE.slice(4)) })}                                 | ${'strategy_invalid strategy.trades: must be at least 10 trades: 2 more are needed'}
  ${{ rules: { ...PLAIN, openLoss: { share: ppm(1n), severity: 'close' } } }}              | ${'rule_unsupported rules.openLoss: '}
  ${{ ...studyOf({}, { strategy: many }), days: 100, paths: 100_000 }}                     | ${'played'}
  ${{ ...studyOf({}, { strategy: many }), days: 101, paths: 100_000 }}                     | ${'strategy_invalid paths: must be at most 99009 with so many days'}
  ${{ ...sizeOf(1_400_000n), rules }}                                                      | ${'played'}
  ${{ ...sizeOf(1_600_000n), rules }}                                                      | ${'strategy_invalid strategy.size: must risk at most 150.00 dollars'}
  ${sizeOf(200_000_000n)}                                                                  | ${'strategy_invalid strategy.size: must be above 0 and at most 100'}
  ${firm({})}                                                                              | ${'played'}
  ${firm({ mix: [] })}                                                                     | ${'strategy_invalid traders.strategies: must be at least one strategy'}
  ${firm({ priceUsd: dollars('-1') })}                                                     | ${'strategy_invalid priceUsd: must be at least 0'}
  ${firm({ payoutUsd: dollars('-1') })}                                                    | ${'strategy_invalid payoutUsd: must be at least 0'}
  ${firm({}, 0n)}                                                                          | ${'strategy_invalid traders.strategies[1].weight: must be above 0'}
  ${firm({}, -1n)}                                                                         | ${'strategy_invalid traders.strategies[1].weight: must be above 0'}
  ${firm({}, 1n, oddsOf({ winRate: ppm(0n) }))}                                            | ${'strategy_invalid traders.strategies[1].strategy.winRate: must be above 0'}
  ${{ ...firm({}), rules: { ...PLAIN, openLoss: { share: ppm(1n), severity: 'close' } } }} | ${'rule_unsupported rules.openLoss: '}
`('$answer', ({ change, answer }) => {
  expect(told(studyOf(change))).toContain(answer);
});
