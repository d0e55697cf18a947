import fc from 'fast-check';
import { BOARD_TRADES_MIN, boardEntries, type MonthResult } from '../../../../domain/assessment/reporting/leaderboard';
import { usd } from '../../../../domain/kernel/money';

const dollars = (amount: number) => usd(BigInt(Math.round(amount * 1_000_000)));

const result = (changes: Partial<MonthResult> = {}): MonthResult => ({
  tier: 'sprint-10k',
  phase: 1,
  phases: 2,
  attempt: 1,
  status: 'active',
  isHeld: false,
  startingUsd: dollars(10_000),
  closedUsd: dollars(425),
  openLossUsd: { before: dollars(0), after: dollars(0) },
  tradesClosed: BOARD_TRADES_MIN,
  ...changes,
});

const losses = (before: number, after: number) => ({ before: dollars(before), after: dollars(after) });

/** Goal: a place is earned by what was closed, over several trades, in an account that stands. One row is one month. */
test.each`
  story                                                 | changes                                                            | returned
  ${'425 of 10,000 are 4.25 %'}                         | ${{}}                                                              | ${42_500n}
  ${'the millionth is rounded down'}                    | ${{ closedUsd: usd(1_999_999n), startingUsd: dollars(2_000_000) }} | ${undefined}
  ${'a passed one keeps its place'}                     | ${{ status: 'passed' }}                                            | ${42_500n}
  ${'a failed one has none'}                            | ${{ status: 'failed' }}                                            | ${undefined}
  ${'nor has one whose payment is disputed'}            | ${{ isHeld: true }}                                                | ${undefined}
  ${'one lucky click leads nowhere'}                    | ${{ tradesClosed: 1, closedUsd: dollars(9_000) }}                  | ${undefined}
  ${'nor do trades one short of enough'}                | ${{ tradesClosed: BOARD_TRADES_MIN - 1 }}                          | ${undefined}
  ${'who gained nothing is not shown'}                  | ${{ closedUsd: dollars(0) }}                                       | ${undefined}
  ${'nor who lost'}                                     | ${{ closedUsd: dollars(-1) }}                                      | ${undefined}
  ${'a loss that is kept open counts'}                  | ${{ openLossUsd: losses(0, -400) }}                                | ${2_500n}
  ${'and hides no loss behind closed wins'}             | ${{ openLossUsd: losses(0, -425) }}                                | ${undefined}
  ${'one that was there before the month counts there'} | ${{ closedUsd: dollars(25), openLossUsd: losses(-400, 0) }}        | ${42_500n}
  ${'a loss of before that is closed costs only once'}  | ${{ closedUsd: dollars(-400), openLossUsd: losses(-400, 0) }}      | ${undefined}
`('$story', ({ changes, returned }) => {
  expect(boardEntries([result(changes)]).get('sprint-10k')?.returned).toBe(returned);
});

test('a person has one line a tier, the best, which tells of all attempts, those that failed too', () => {
  const entries = boardEntries([
    result({ attempt: 1, status: 'failed', closedUsd: dollars(-900) }),
    result({ attempt: 2, closedUsd: dollars(100) }),
    result({ attempt: 3, closedUsd: dollars(300), phase: 2, status: 'passed' }),
    result({ tier: 'classic-50k', startingUsd: dollars(50_000) }),
  ]);
  expect([...entries]).toEqual([
    [
      'sprint-10k',
      {
        status: 'passed',
        returned: 30_000n,
        tradesClosed: BOARD_TRADES_MIN,
        phase: 2,
        phases: 2,
        attempt: 3,
        attempts: 3,
      },
    ],
    ['classic-50k', expect.objectContaining({ returned: 8_500n, attempts: 1 })],
  ]);
});

test('who has no line is told of, so that an old one goes', () => {
  expect([...boardEntries([result({ status: 'failed' })])]).toEqual([['sprint-10k', undefined]]);
});

test('the order in which assessments come changes no return, and more of them never lower it', () => {
  const one = fc
    .record({ closed: fc.integer({ min: -5_000, max: 5_000 }), isFailed: fc.boolean() })
    .map(({ closed, isFailed }) => result({ closedUsd: dollars(closed), status: isFailed ? 'failed' : 'active' }));
  const best = (results: readonly MonthResult[]) => boardEntries(results).get('sprint-10k')?.returned ?? 0n;
  fc.assert(
    fc.property(fc.array(one, { minLength: 1, maxLength: 6 }), one, (results, more) => {
      expect(best([...results].reverse())).toBe(best(results));
      expect(best([...results, more]) >= best(results)).toBe(true);
    }),
  );
});
