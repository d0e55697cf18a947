import { explainPayout } from '../../web/lib/explain-payout';
import { rules } from './account';

const PAYOUT = {
  split: '0.8',
  firstAfterDays: 14,
  everyDays: 7,
  profitMinUsd: '300',
  minUsd: '50',
  maxUsd: '2000',
  shareOfProfitMax: '0.5',
  bufferUsd: '100',
  winningDays: { min: 5, dayUsd: '150' },
  consistencyMax: '0.4',
  requiresFlat: true,
  scaling: {
    afterDays: 120,
    profitShare: '0.1',
    payoutsMin: 2,
    growth: '0.25',
    of: 'start' as const,
    maxUsd: '400000',
  },
};

const NOTHING_ASKED = {
  ...PAYOUT,
  firstAfterDays: 0,
  everyDays: 0,
  profitMinUsd: null,
  minUsd: null,
  maxUsd: null,
  shareOfProfitMax: null,
  bufferUsd: '0',
  winningDays: null,
  consistencyMax: null,
  requiresFlat: false,
  scaling: null,
};

const told = (payout: typeof PAYOUT | typeof NOTHING_ASKED | null) => explainPayout({ ...rules, payout });

/** Goal: whoever buys an account that pays reads what it pays, and what it waits for. */
test.each`
  name                        | value                               | means
  ${'Your share'}             | ${'80\u00a0%'}                      | ${/rounded down to the millionth of a dollar.*No payout is let through that would itself end/}
  ${'Payout schedule'}        | ${'Every 7 days'}                   | ${/first payout may be taken 14 days from the beginning, each other 7 days from the one before/}
  ${'Days won'}               | ${'5 days'}                         | ${/won \$150 or more each/}
  ${'Payout consistency'}     | ${'Best day at most 40\u00a0%'}     | ${/a payout waits/}
  ${'Profit before a payout'} | ${'$300'}                           | ${/nothing is paid/}
  ${'Least payout'}           | ${'$50'}                            | ${/Your share has to come to this much/}
  ${'Largest payout'}         | ${'$2,000'}                         | ${/the firm’s share included/}
  ${'Part of the profit'}     | ${'At most 50\u00a0%'}              | ${/of the profit in the account/}
  ${'Stays in the account'}   | ${'$100'}                           | ${/above the starting balance/}
  ${'While you are paid'}     | ${'Flat'}                           | ${/Nothing may be open, and no order may work/}
  ${'Growing'}                | ${'25\u00a0% more, up to $400,000'} | ${/begins 120 days or more after.*10\u00a0% of the capital.*2 payouts.*of the starting balance.*in proportion/}
`('$name: $value', ({ name, value, means }: { name: string; value: string; means: RegExp }) => {
  const row = told(PAYOUT).find((each) => each.name === name);
  expect(row?.value).toBe(value);
  expect(row?.means).toMatch(means);
});

test('what is not asked is not mentioned', () => {
  expect(told(NOTHING_ASKED).map(({ name, value }) => [name, value])).toEqual([
    ['Your share', '80\u00a0%'],
    ['Payout schedule', 'At any time'],
  ]);
  expect(told(null)).toEqual([]);
});

test('a capital that grows by a part of itself at each share of profit asks for nothing else', () => {
  const scaling = { ...PAYOUT.scaling, afterDays: 0, payoutsMin: 0, of: 'capital' as const };
  const row = explainPayout({ ...rules, payout: { ...PAYOUT, scaling } }).find(({ name }) => name === 'Growing');
  expect(row?.means).toMatch(/^When a trading day begins, .* what was paid out included, the capital grows by/);
  expect(row?.means).not.toMatch(/0 days|0 payouts/);
});
