import fc from 'fast-check';
import type { Account } from '../../../../domain/account/account';
import type { FlatStanding } from '../../../../domain/account/standing/flat-standing';
import { gatesOf } from '../../../../domain/assessment/judging/gates';
import { judge } from '../../../../domain/assessment/judging/judge';
import type { Consistency, RuleSet } from '../../../../domain/assessment/rules/rule-set';
import { parsePpm, ppm, type Usd } from '../../../../domain/kernel/money';
import {
  accountWith,
  BTC,
  dollars,
  held,
  marks,
  moment,
  NOW,
  quoteOn,
  RULES,
  standingWith,
} from '../../../fixtures/domain-story';
import { maxLossOf } from '../rule-sets';
import { verdictOf, walk } from '../walk';

const REALIZED = { profitUsd: dollars('3000'), counts: 'realized', closesAll: false } as const;

const capped = (share: string, of: Consistency['of'], target: string, more: Partial<Consistency> = {}): RuleSet => ({
  ...maxLossOf('static', '50000'),
  target: { profitUsd: dollars(target), counts: 'realized_flat', closesAll: false },
  consistency: { shareMax: parsePpm(share) ?? ppm(0n), of, per: 'day', severity: 'gate', ...more },
});

/** Goal: the best day's share of the profit keeps an account waiting, and never fails it. */
test.each`
  id                                                 | cap      | of                | target    | path                               | share       | verdict
  ${'CO-1: 3,000 of 3,000'}                          | ${'0.5'} | ${'net'}          | ${'3000'} | ${'+3000'}                         | ${1000000n} | ${'open'}
  ${'CO-2: 3,000 of 4,000'}                          | ${'0.5'} | ${'net'}          | ${'3000'} | ${'+3000 | +1000'}                 | ${750000n}  | ${'open'}
  ${'CO-3: 3,000 of 6,000 passes on day 3'}          | ${'0.5'} | ${'net'}          | ${'3000'} | ${'+3000 | +1000 | +2000'}         | ${500000n}  | ${'passed d3'}
  ${'CO-4: 7,500 at 40 %'}                           | ${'0.4'} | ${'net'}          | ${'3000'} | ${'+3000 | +3000 | +1500'}         | ${400000n}  | ${'passed d3'}
  ${'CO-4: one cent less waits'}                     | ${'0.4'} | ${'net'}          | ${'3000'} | ${'+3000 | +3000 | +1499.99'}      | ${400001n}  | ${'open'}
  ${'CO-4: 10,000 at 30 %'}                          | ${'0.3'} | ${'net'}          | ${'3000'} | ${'+3000 | +3000 | +3000 | +1000'} | ${300000n}  | ${'passed d4'}
  ${'CO-5: +400 +300 +300 -200 of winning days'}     | ${'0.4'} | ${'winning_days'} | ${'800'}  | ${'+400 | -200 | +300 | +300'}     | ${400000n}  | ${'passed d4'}
  ${'CO-5: of the net result it waits'}              | ${'0.4'} | ${'net'}          | ${'800'}  | ${'+400 | -200 | +300 | +300'}     | ${500000n}  | ${'open'}
  ${'CO-5: a loss of today takes nothing from them'} | ${'0.4'} | ${'winning_days'} | ${'800'}  | ${'+400 | +600 | -200'}            | ${600000n}  | ${'open'}
  ${'CO-6: no profit at all cannot be divided'}      | ${'0.5'} | ${'net'}          | ${'3000'} | ${'-100'}                          | ${1000000n} | ${'open'}
  ${'CO-6: nor a profit that is lost again'}         | ${'0.5'} | ${'net'}          | ${'3000'} | ${'+1000 | -1000'}                 | ${1000000n} | ${'open'}
  ${'CO-6: nothing traded, no winning days'}         | ${'0.5'} | ${'winning_days'} | ${'3000'} | ${'|'}                             | ${1000000n} | ${'open'}
  ${'CO-8: over midnight it is the closing day’s'}   | ${'0.5'} | ${'net'}          | ${'3000'} | ${'+2000 ~+900 | +2000'}           | ${500000n}  | ${'passed d2'}
`('$id', ({ cap, of, target, path, share, verdict }) => {
  const rules = capped(cap, of, target);
  const { told, account, judgement } = walk(rules, path);
  const best = gatesOf(rules, account, judgement.equityUsd).find(({ gate }) => gate === 'best_day_ppm');
  expect([told, best?.have]).toEqual([verdict, share]);
});

/** 25 % best-day gate with the worked cases of a firm's help page. */
test.each`
  best       | rest       | share
  ${'+600'}  | ${'+2400'} | ${'at most 25 %'}
  ${'+1000'} | ${'+2000'} | ${'waits'}
  ${'+1000'} | ${'+3000'} | ${'at most 25 %'}
`('profit of which the best day was $best: $share', ({ best, rest, share }) => {
  const rules = capped('0.25', 'net', '900000');
  const parts = Array.from({ length: 6 }, () => `+${BigInt(rest.slice(1)) / 6n}`).join(' | ');
  const spare = BigInt(rest.slice(1)) % 6n;
  const { account, judgement } = walk(rules, `${best} | ${parts} ${spare > 0n ? `+${spare}` : ''}`);
  const gate = gatesOf(rules, account, judgement.equityUsd).find((each) => each.gate === 'best_day_ppm');
  expect(gate?.isMet ? 'at most 25 %' : 'waits').toBe(share);
});

test('the gate is met exactly when no day made more than its share of the profit', () => {
  const results = fc.array(fc.integer({ min: -500, max: 900 }), { minLength: 1, maxLength: 8 });
  fc.assert(
    fc.property(
      results,
      fc.integer({ min: 1, max: 999_999 }),
      fc.constantFrom<Consistency['of']>('net', 'winning_days'),
      (days, cap, of) => {
        const rules = capped('1', of, '900000', { shareMax: ppm(BigInt(cap)) });
        const { account, judgement } = walk(rules, days.map((n) => (n < 0 ? `${n}` : `+${n}`)).join(' | '));
        const gate = gatesOf(rules, account, judgement.equityUsd).find((each) => each.gate === 'best_day_ppm');
        const counted = of === 'net' ? days : days.filter((n) => n > 0);
        const total = counted.reduce((sum, n) => sum + n, 0);
        const best = Math.max(0, ...days);
        expect(gate?.isMet).toBe(total > 0 && best * 1_000_000 <= cap * total);
      },
    ),
  );
});

const shareGate = (rules: RuleSet, account: Account, equityUsd: Usd) =>
  gatesOf(rules, account, equityUsd).find(({ gate }) => gate.startsWith('best_'));

/** Goal: by trade it is the best single one that counts, however many of a day add up; the profit is the same. */
test.each`
  story                                     | cap           | of                | path                          | share       | verdict
  ${'two trades of one day are two'}        | ${'0.5'}      | ${'net'}          | ${'+1500 +1500'}              | ${500000n}  | ${'passed d1'}
  ${'one trade is all'}                     | ${'0.5'}      | ${'net'}          | ${'+3000'}                    | ${1000000n} | ${'open'}
  ${'a millionth of a dollar more waits'}   | ${'0.5'}      | ${'net'}          | ${'+1500.000001 +1500'}       | ${500001n}  | ${'open'}
  ${'a millionth of the share less waits'}  | ${'0.499999'} | ${'net'}          | ${'+1500 +1500'}              | ${500000n}  | ${'open'}
  ${'the best is kept over the days'}       | ${'0.5'}      | ${'net'}          | ${'+2000 | +1000 | +1000'}    | ${500000n}  | ${'passed d3'}
  ${'a loss is no best trade'}              | ${'0.5'}      | ${'net'}          | ${'-500 -700'}                | ${1000000n} | ${'open'}
  ${'over midnight it is one trade'}        | ${'0.5'}      | ${'net'}          | ${'~+900 | +1600 +1400'}      | ${533334n}  | ${'open'}
  ${'of the winning days it may be more'}   | ${'0.5'}      | ${'winning_days'} | ${'+1000 -900 | +2000 +1000'} | ${645162n}  | ${'open'}
  ${'of the winning days it may be enough'} | ${'0.5'}      | ${'winning_days'} | ${'+2000 +2000 | -1000'}      | ${500000n}  | ${'passed d1'}
`('$story', ({ cap, of, path, share, verdict }) => {
  const rules = capped(cap, of, '3000', { per: 'trade' });
  const { told, account, judgement } = walk(rules, path);
  const gate = shareGate(rules, account, judgement.equityUsd);
  expect([told, gate?.gate, gate?.have]).toEqual([verdict, 'best_trade_ppm', share]);
});

test('what an open position has realized so far, less its fees, is a trade as well', () => {
  const rules = { ...capped('0.5', 'net', '3000', { per: 'trade' }), target: REALIZED };
  const part = (realized: string) =>
    held(BTC, '1', '60000', { realizedUsd: dollars(realized), feesUsd: dollars('10') });
  const have = (realized: string, best: string) => {
    const standing = standingWith({ bestTradeUsd: dollars(best) });
    return shareGate(rules, accountWith('43000', [part(realized)], { standing }), dollars('103000'))?.have;
  };
  expect([have('1510', '0'), have('1510.000001', '0'), have('1510', '1500.01')]).toEqual([500000n, 500001n, 500004n]);
  expect(have('-400', '600')).toBe(200000n);
});

/** Goal: where it fails, it fails in the place of the pass: with everything else met, and never before. */
test.each`
  story                                    | per        | activity            | path                           | verdict
  ${'all but the share is met'}            | ${'day'}   | ${{}}               | ${'+3000'}                     | ${'failed consistency d1'}
  ${'by trade'}                            | ${'trade'} | ${{}}               | ${'+2000 +1000'}               | ${'failed consistency d1'}
  ${'exactly the share passes'}            | ${'trade'} | ${{}}               | ${'+1500 +1500'}               | ${'passed d1'}
  ${'a millionth of a dollar more fails'}  | ${'trade'} | ${{}}               | ${'+1500.000001 +1499.999999'} | ${'failed consistency d1'}
  ${'the target is not reached'}           | ${'day'}   | ${{}}               | ${'+2999.999999'}              | ${'open'}
  ${'reached, but not flat'}               | ${'day'}   | ${{}}               | ${'+2999 ~+5000'}              | ${'open'}
  ${'days are missing: it may still heal'} | ${'day'}   | ${{ daysMin: 3 }}   | ${'+3000 | +2000'}             | ${'open'}
  ${'and it does'}                         | ${'day'}   | ${{ daysMin: 3 }}   | ${'+3000 | +2000 | +1000'}     | ${'passed d3'}
  ${'or does not'}                         | ${'day'}   | ${{ daysMin: 3 }}   | ${'+3000 | +2000 | +999'}      | ${'failed consistency d3'}
  ${'trades are missing'}                  | ${'day'}   | ${{ tradesMin: 2 }} | ${'+3000'}                     | ${'open'}
`('fail, $story', ({ per, activity, path, verdict }) => {
  const rules = capped('0.5', 'net', '3000', { per, severity: 'fail' });
  expect(walk({ ...rules, activity: { ...rules.activity, ...activity } }, path).told).toBe(verdict);
});

test('it says by how much, to the millionth', () => {
  const { judgement } = walk(
    capped('0.333333', 'net', '3000', { per: 'trade', severity: 'fail' }),
    '+1000.000001 +1999.999999',
  );
  expect(judgement.verdict).toEqual({
    kind: 'failed',
    broken: {
      kind: 'share',
      rule: 'consistency',
      per: 'trade',
      limitUsd: dollars('999.999'),
      usedUsd: dollars('1999.999999'),
      totalUsd: dollars('3000'),
    },
  });
});

test('a profit that is open alone cannot be divided, and fails nothing; one that is closed can', () => {
  const rules = {
    ...capped('1', 'net', '3000', { severity: 'fail' }),
    target: { ...REALIZED, counts: 'equity' } as const,
  };
  const judged = (cash: string, bid: string, standing: Partial<FlatStanding>) =>
    verdictOf(
      judge(
        { ...rules, dailyLoss: null },
        accountWith(cash, [held(BTC, '1', '60000')], { standing: standingWith(standing) }),
        marks(quoteOn(BTC, bid)),
        NOW,
      ),
    );
  const best = { bestDayUsd: dollars('2000') };
  expect([judged('40000', '63000', {}), judged('41000', '62000', best)]).toEqual(['open', 'failed consistency']);
  expect([judged('41000', '61999.99', best), judged('41000', '62000', {})]).toEqual(['open', 'passed']);
});

/** Goal: a breach beats it as it beats a pass, and a daily loss that only pauses holds both back. */
test.each`
  severity   | at                        | verdict
  ${'fail'}  | ${'2026-03-14T12:00:00Z'} | ${'failed daily_loss'}
  ${'pause'} | ${'2026-03-14T12:00:00Z'} | ${'paused'}
  ${null}    | ${'2026-03-14T12:00:00Z'} | ${'failed consistency'}
  ${null}    | ${'2026-03-15T00:00:00Z'} | ${'failed time_limit'}
`('with a daily loss that would $severity, at $at: $verdict', ({ severity, at, verdict }) => {
  const width = { kind: 'usd', usd: dollars('1000') } as const;
  const rules: RuleSet = {
    ...capped('0.5', 'net', '3000', { severity: 'fail' }),
    dailyLoss: severity && { anchor: 'balance', width, severity, gainCapUsd: null },
    activity: { ...RULES.activity, timeLimitDays: 1 },
  };
  const account = accountWith('103000', [], {
    dayAnchorUsd: dollars('104000'),
    standing: standingWith({ dayBalanceUsd: dollars('104000'), bestDayUsd: dollars('4000') }),
  });
  expect(verdictOf(judge(rules, account, marks(), moment(at)))).toBe(verdict);
});

test('by trade it is met exactly when no trade made more than its share, and fails where else it would wait', () => {
  const results = fc.array(fc.integer({ min: -500, max: 900 }), { minLength: 1, maxLength: 8 });
  fc.assert(
    fc.property(results, fc.integer({ min: 1, max: 999_999 }), (trades, cap) => {
      const more = { shareMax: ppm(BigInt(cap)), per: 'trade' } as const;
      const path = trades.map((n) => (n < 0 ? `${n}` : `+${n}`)).join(' ');
      const { account, judgement } = walk(capped('1', 'net', '900000', more), path);
      const total = trades.reduce((sum, n) => sum + n, 0);
      const isMet = total > 0 && Math.max(0, ...trades) * 1_000_000 <= cap * total;
      expect(shareGate(capped('1', 'net', '900000', more), account, judgement.equityUsd)?.isMet).toBe(isMet);
      const given = (severity: Consistency['severity']) => {
        const rules = capped('1', 'net', `${Math.max(total, 1)}`, { ...more, severity });
        return verdictOf(judge(rules, account, marks(), NOW));
      };
      const ending = isMet ? 'passed' : 'failed consistency';
      expect([given('gate'), given('fail')]).toEqual(
        total > 0 ? [isMet ? 'passed' : 'open', ending] : ['open', 'open'],
      );
    }),
  );
});
