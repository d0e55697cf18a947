import fc from 'fast-check';
import { gatesOf } from '../../../domain/assessment/gates';
import type { Consistency, RuleSet } from '../../../domain/assessment/rules';
import { parsePpm, ppm } from '../../../domain/kernel/money';
import { dollars } from '../story';
import { maxLossOf } from './rule-sets';
import { walk } from './walk';

const capped = (share: string, of: Consistency['of'], target: string): RuleSet => ({
  ...maxLossOf('static', '50000'),
  target: { profitUsd: dollars(target), counts: 'realized_flat', closesAll: false },
  consistency: { shareMax: parsePpm(share) ?? ppm(0n), of },
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
        const rules: RuleSet = { ...capped('1', of, '900000'), consistency: { shareMax: ppm(BigInt(cap)), of } };
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
