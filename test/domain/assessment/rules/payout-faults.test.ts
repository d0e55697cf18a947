import type { PayoutRules } from '../../../../domain/assessment/rules/payout-rules';
import { ruleFault } from '../../../../domain/assessment/rules/rule-faults';
import type { RuleSet } from '../../../../domain/assessment/rules/rule-set';
import { ppm, usd } from '../../../../domain/kernel/money';
import { dollars, RULES } from '../../../fixtures/domain-story';
import { payingOut } from '../rule-sets';

const PASSED = 'must be null with a target: what is passed is not paid out of';
const LEAST = 'must leave the trader minUsd after the split';
const ALL = 'must be from 0 to 1';
const GROWS = 'must be above startingUsd';
const LARGEST = 'must be at most 100000000';
const PART = 'must be above 0 and at most 1';
const won = (dayUsd: string, min = 5) => ({ winningDays: { min, dayUsd: dollars(dayUsd) } });
const scaled = (change: Partial<NonNullable<PayoutRules['scaling']>>): Partial<PayoutRules> => ({
  scaling: {
    afterDays: 120,
    profitShare: ppm(100_000n),
    payoutsMin: 2,
    growth: ppm(250_000n),
    of: 'start',
    maxUsd: dollars('400000'),
    ...change,
  },
});
const paying = (change: Partial<PayoutRules>): RuleSet => payingOut({ ...RULES, target: null }, change);

test.each<[string, RuleSet]>([
  ['any of the profit at any time', paying({})],
  ['a most of just the least', paying({ minUsd: dollars('50'), maxUsd: dollars('62.5') })],
  ['all of it for the trader', paying({ split: ppm(1_000_000n), maxUsd: usd(1n) })],
  ['a day won by a millionth', paying(won('0.000001', 1))],
  ['a capital that grows by a millionth', paying(scaled({ maxUsd: dollars('100000.000001') }))],
  [
    'one that doubles at once, with no loss',
    paying(scaled({ afterDays: 0, profitShare: ppm(0n), growth: ppm(1_000_000n) })),
  ],
])('%s is sound', (_, rules) => {
  expect(ruleFault(rules)).toBeUndefined();
});

/** Goal: whoever publishes payouts that nobody could take is told which field says so. */
test.each<[string, RuleSet, string, string]>([
  ['a payout of what is passed', { ...paying({}), target: RULES.target }, '', PASSED],
  ['none of it for the trader', paying({ split: ppm(0n) }), '.split', PART],
  ['more than all', paying({ split: ppm(1_000_001n) }), '.split', PART],
  ['a wait of less than nothing', paying({ firstAfterDays: -1 }), '.firstAfterDays', 'must not be negative'],
  ['a schedule that goes back', paying({ everyDays: -1 }), '.everyDays', 'must not be negative'],
  ['a least profit of nothing', paying({ profitMinUsd: usd(0n) }), '.profitMinUsd', 'must be above 0'],
  ['a least payout of nothing', paying({ minUsd: usd(0n) }), '.minUsd', 'must be above 0'],
  ['a most of nothing', paying({ maxUsd: usd(0n) }), '.maxUsd', 'must be above 0'],
  ['a most below the least', paying({ minUsd: dollars('50'), maxUsd: dollars('62.499999') }), '.maxUsd', LEAST],
  ['a most that leaves the trader nothing', paying({ maxUsd: usd(1n) }), '.maxUsd', LEAST],
  ['no part of the profit', paying({ shareOfProfitMax: ppm(0n) }), '.shareOfProfitMax', PART],
  ['a buffer below the start', paying({ bufferUsd: usd(-1n) }), '.bufferUsd', 'must not be negative'],
  ['a day won by nothing', paying(won('0')), '.winningDays.dayUsd', 'must be above 0'],
  ['no days won', paying(won('1', 0)), '.winningDays.min', 'must be above 0'],
  ['a profit of more than all', paying(scaled({ profitShare: ppm(1_000_001n) })), '.scaling.profitShare', ALL],
  ['a growth of nothing', paying(scaled({ growth: ppm(0n) })), '.scaling.growth', PART],
  ['a growth to more than double', paying(scaled({ growth: ppm(1_000_001n) })), '.scaling.growth', PART],
  ['days that go back', paying(scaled({ afterDays: -1 })), '.scaling.afterDays', 'must not be negative'],
  ['fewer payouts than none', paying(scaled({ payoutsMin: -1 })), '.scaling.payoutsMin', 'must not be negative'],
  ['a most that is the start', paying(scaled({ maxUsd: dollars('100000') })), '.scaling.maxUsd', GROWS],
  ['a most beyond any account', paying(scaled({ maxUsd: dollars('100000001') })), '.scaling.maxUsd', LARGEST],
  ['a best day that may be nothing', paying({ consistencyMax: ppm(0n) }), '.consistencyMax', PART],
])('%s is a fault', (_, rules, field, rule) => {
  expect(ruleFault(rules)).toEqual({ field: `rules.payout${field}`, rule });
});
