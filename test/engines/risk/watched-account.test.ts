import fc from 'fast-check';
import { type Account, balanceOf } from '../../../domain/account/account';
import { judge } from '../../../domain/assessment/judging/judge';
import type { Consistency, RuleSet } from '../../../domain/assessment/rules/rule-set';
import { addUsd, formatUsd, ppm, usd } from '../../../domain/kernel/money';
import { watchedOf } from '../../../engines/risk/selection/watched-account';
import { accountWith, BTC, dollars, held, marks, NOW, quoteOn, RULES, standingWith } from '../../fixtures/domain-story';

const COST = dollars('60000');

const passing = (counts: 'equity' | 'realized', change: Partial<Consistency>): RuleSet => ({
  ...RULES,
  target: { profitUsd: dollars('3000'), counts, closesAll: false },
  maxLoss: { ...RULES.maxLoss, width: { kind: 'usd', usd: dollars('90000') } },
  dailyLoss: null,
  riskPerTrade: null,
  consistency: { shareMax: ppm(500_000n), of: 'net', per: 'day', severity: 'gate', ...change },
});

/** One coin is held, and this much is realized: the best day and the best trade made so much of it. */
const holder = (realized: string, best: string, excluded = '0'): Account =>
  accountWith(formatUsd(addUsd(dollars('40000'), dollars(realized))), [held(BTC, '1', '60000')], {
    standing: standingWith({
      bestDayUsd: dollars(best),
      bestTradeUsd: dollars(best),
      excludedWinsUsd: dollars(excluded),
      dayBalanceUsd: addUsd(dollars('100000'), dollars(realized)),
    }),
  });

/** Goal: prices wake an account where they alone can pass it, and where they alone can fail it in place of a pass. */
test.each`
  story                                       | counts        | change                                | realized  | best      | ceiling
  ${'a share that is met'}                    | ${'equity'}   | ${{}}                                 | ${'2000'} | ${'1000'} | ${103_000}
  ${'one that waits'}                         | ${'equity'}   | ${{}}                                 | ${'2000'} | ${'1001'} | ${Number.POSITIVE_INFINITY}
  ${'one that fails'}                         | ${'equity'}   | ${{ severity: 'fail' }}               | ${'2000'} | ${'1001'} | ${103_000}
  ${'one of a trade that fails'}              | ${'equity'}   | ${{ severity: 'fail', per: 'trade' }} | ${'2000'} | ${'1001'} | ${103_000}
  ${'one that fails, with nothing to divide'} | ${'equity'}   | ${{ severity: 'fail' }}               | ${'0'}    | ${'1001'} | ${Number.POSITIVE_INFINITY}
  ${'open profit that counts for nothing'}    | ${'realized'} | ${{ severity: 'fail' }}               | ${'2000'} | ${'1001'} | ${Number.POSITIVE_INFINITY}
`('$story: $ceiling', ({ counts, change, realized, best, ceiling }) => {
  expect(watchedOf(passing(counts, change), holder(realized, best), () => 0).ceilingUsd).toBe(ceiling);
});

/** Goal: wins that are left out move the edge of the target: so much more has to be there. */
test.each`
  story                              | closesAll | realized  | excluded | ceiling
  ${'none is left out'}              | ${false}  | ${'2000'} | ${'0'}   | ${103_000}
  ${'one is'}                        | ${false}  | ${'2500'} | ${'500'} | ${103_500}
  ${'and nothing else was realized'} | ${false}  | ${'500'}  | ${'500'} | ${Number.POSITIVE_INFINITY}
  ${'secured exactly: all is met'}   | ${true}   | ${'3500'} | ${'500'} | ${103_500}
  ${'not secured for what is out'}   | ${true}   | ${'3499'} | ${'500'} | ${103_500}
`('$story: $ceiling', ({ closesAll, realized, excluded, ceiling }) => {
  const target = { profitUsd: dollars('3000'), counts: 'equity', closesAll } as const;
  const account = holder(realized, '0', excluded);
  const rules = { ...passing('equity', {}), target };
  expect(watchedOf(rules, account, () => 0).ceilingUsd).toBe(ceiling);
});

test('whatever a share decides, the price that it takes is at or above the ceiling, and every such price decides', () => {
  const amount = fc.integer({ min: -4_000, max: 4_000 });
  const out = fc.nat({ max: 900 });
  const spread = fc.record<Partial<Consistency>>({
    of: fc.constantFrom('net', 'winning_days'),
    per: fc.constantFrom('day', 'trade'),
    severity: fc.constantFrom('gate', 'fail'),
  });
  fc.assert(
    fc.property(amount, fc.nat({ max: 4_000 }), amount, out, spread, (realized, best, float, excluded, change) => {
      const [rules, account] = [passing('equity', change), holder(`${realized}`, `${best}`, `${excluded}`)];
      const judgement = judge(rules, account, marks(quoteOn(BTC, formatUsd(usd(COST + dollars(`${float}`))))), NOW);
      const equity = Number(addUsd(balanceOf(account), dollars(`${float}`))) / 1e6;
      const { ceilingUsd } = watchedOf(rules, account, () => 0);
      expect(judgement.verdict.kind !== 'open').toBe(equity >= ceilingUsd);
    }),
  );
});
