import type { RuleSet } from '../../../../domain/assessment/rules/rule-set';
import { ppm } from '../../../../domain/kernel/money';
import { BTC, dollars, ETH, held, RULES, standingWith, units } from '../../../fixtures/domain-story';
import { play, toldLast } from '../../../fixtures/trading-story';

type Exposure = RuleSet['exposure'];

/** Rules that never judge, so that the caps alone speak. */
const capped = (exposure: Partial<Exposure>): Partial<RuleSet> => ({
  maxLoss: { ...RULES.maxLoss, width: { kind: 'usd', usd: dollars('99999') } },
  dailyLoss: null,
  riskPerTrade: null,
  exposure: { ...RULES.exposure, ...exposure },
});

const BOOKS =
  'book 999@60000 / 999@60000; ETH book 999@3000 / 999@3000; YES book 9999@0.39 / 9999@0.4; NO book 9999@0.59 / 9999@0.6';
const verdict = (steps: string, exposure: Partial<Exposure>, balance = '100000'): string => {
  const account = { standing: standingWith({ dayBalanceUsd: dollars(balance) }) };
  const last = toldLast(`${BOOKS}; ${steps}`, { rules: capped(exposure), cash: balance, account });
  return last.includes('_') ? last : 'taken';
};

const refused = (steps: string, exposure: Partial<Exposure>): string =>
  play(`${BOOKS}; ${steps}`, { rules: capped(exposure) }).refused;

const HALF = { leverageMax: ppm(2_500_000n) };

test.each`
  story                     | steps                       | told
  ${'two and a half times'} | ${'buy 4.1666'}             | ${'taken'}
  ${'and a crumb'}          | ${'buy 4.1667'}             | ${'insufficient_margin'}
  ${'both together'}        | ${'buy 2; ETH buy 43.3333'} | ${'taken'}
  ${'both, and a crumb'}    | ${'buy 2; ETH buy 43.3334'} | ${'insufficient_margin'}
`('leverage in parts: $story', ({ steps, told }) => {
  expect(verdict(steps, HALF)).toBe(told);
});

test('a margin is told with its multiple', () => {
  expect(refused('buy 5', HALF)).toMatch(/\(BTC-USD at 2\.5 : 1\)/);
});

const MARKET = { marketUsdMax: dollars('100') };

/** Without fees: 100 shares at 0.40 cost 40. */
test.each`
  story                           | steps                                                       | exposure                             | told
  ${'one outcome at the cap'}     | ${'YES buy 250'}                                            | ${MARKET}                            | ${'taken'}
  ${'beyond it'}                  | ${'YES buy 250.01'}                                         | ${MARKET}                            | ${'market_cap_exceeded'}
  ${'both of the market count'}   | ${'YES buy 100; NO buy 100.01'}                             | ${MARKET}                            | ${'market_cap_exceeded'}
  ${'netted, the dearer counts'}  | ${'YES buy 100; NO buy 100.01'}                             | ${{ ...MARKET, netsOutcomes: true }} | ${'taken'}
  ${'what waits counts'}          | ${'YES buy 200 limit 0.3; NO buy 100'}                      | ${MARKET}                            | ${'market_cap_exceeded'}
  ${'another market has its own'} | ${'HAIL book 999@0.4 / 999@0.4; YES buy 250; HAIL buy 250'} | ${MARKET}                            | ${'taken'}
  ${'getting out is no purchase'} | ${'YES buy 250; YES sell 250'}                              | ${MARKET}                            | ${'taken'}
`('cap of a market: $story', ({ steps, exposure, told }) => {
  expect(verdict(steps, exposure)).toBe(told);
});

const TWO = { tradesPerDayMax: 2 };

test.each`
  story                               | steps                                              | told
  ${'as many as there are'}           | ${'buy 0.1; ETH buy 1'}                            | ${'taken'}
  ${'one more'}                       | ${'buy 0.1; ETH buy 1; YES buy 5'}                 | ${'trades_per_day_max'}
  ${'a position made larger is none'} | ${'buy 0.1; ETH buy 1; buy 0.1'}                   | ${'taken'}
  ${'closed ones count'}              | ${'buy 0.1; sell 0.1; buy 0.1; sell 0.1; buy 0.1'} | ${'trades_per_day_max'}
  ${'what waits counts'}              | ${'buy 0.1; ETH buy 1 limit 2000; YES buy 5'}      | ${'trades_per_day_max'}
  ${'going through flat is one'}      | ${'buy 0.1; ETH buy 1; sell 0.2'}                  | ${'trades_per_day_max'}
  ${'getting out never is'}           | ${'buy 0.1; ETH buy 1; sell 0.1'}                  | ${'taken'}
`('trades of a day: $story', ({ steps, told }) => {
  expect(verdict(steps, TWO)).toBe(told);
});

test('the refusal says how many are used', () => {
  expect(refused('buy 0.1; ETH buy 1; YES buy 5', TWO)).toBe(
    'trades_per_day_max instrument: at most 2 positions may be opened in a trading day, waiting orders counted; ' +
      'with this order 3 would be used',
  );
});

test('an order that waits does not open more than the day allows', () => {
  const scene = play(`${BOOKS}; buy 0.1 limit 59000; ETH buy 1 limit 2900`, { rules: capped(TWO) });
  const { standing } = scene.context.account;
  scene.context = {
    ...scene.context,
    account: { ...scene.context.account, standing: { ...standing, day: { ...standing.day, opened: 1 } } },
  };
  play('book 99@58000 / 99@58001; ETH book 99@2800 / 99@2801', {}, scene);
  expect(scene.told.slice(-2)).toEqual(['o1 makes 0.1@59000', '-']);
});

const STEPS: Exposure['sizeSteps'] = [
  { instrument: null, fromBalanceUsd: dollars('0'), most: { kind: 'usd', usd: dollars('30000') } },
  { instrument: BTC, fromBalanceUsd: dollars('50000'), most: { kind: 'units', units: units('1') } },
  { instrument: BTC, fromBalanceUsd: dollars('100000'), most: { kind: 'units', units: units('2') } },
];

test.each`
  story                             | balance     | steps                              | told
  ${'the step of the balance'}      | ${'100000'} | ${'buy 2'}                         | ${'taken'}
  ${'beyond it'}                    | ${'100000'} | ${'buy 2.0001'}                    | ${'position_cap_exceeded'}
  ${'the step before it'}           | ${'99999'}  | ${'buy 1.0001'}                    | ${'position_cap_exceeded'}
  ${'below all of them the lowest'} | ${'40000'}  | ${'buy 1'}                         | ${'taken'}
  ${'what waits counts'}            | ${'100000'} | ${'buy 1; buy 1.0001 limit 50000'} | ${'position_cap_exceeded'}
  ${'shorts likewise'}              | ${'100000'} | ${'sell 2.0001'}                   | ${'position_cap_exceeded'}
  ${'another by its worth'}         | ${'100000'} | ${'ETH buy 10'}                    | ${'taken'}
  ${'and beyond that'}              | ${'100000'} | ${'ETH buy 10.0001'}               | ${'position_cap_exceeded'}
`('size by balance: $story', ({ balance, steps, told }) => {
  expect(verdict(steps, { sizeSteps: STEPS }, balance)).toBe(told);
});

test('the refusal says what may be held, and from which balance on', () => {
  expect(refused('buy 3', { sizeSteps: STEPS })).toMatch(
    /at most 2 of BTC-USD may be held while a day begins with .*100,?000/,
  );
});

const FOLLOWING = { positionUsdMax: dollars('60000'), capsFollow: 'day_balance' } as const;

test.each`
  balance     | exposure                                 | steps           | told
  ${'100000'} | ${FOLLOWING}                             | ${'buy 1'}      | ${'taken'}
  ${'100000'} | ${FOLLOWING}                             | ${'buy 1.0001'} | ${'position_cap_exceeded'}
  ${'110000'} | ${FOLLOWING}                             | ${'buy 1.1'}    | ${'taken'}
  ${'110000'} | ${FOLLOWING}                             | ${'buy 1.1001'} | ${'position_cap_exceeded'}
  ${'90000'}  | ${FOLLOWING}                             | ${'buy 0.9001'} | ${'position_cap_exceeded'}
  ${'110000'} | ${{ ...FOLLOWING, capsFollow: 'start' }} | ${'buy 1.0001'} | ${'position_cap_exceeded'}
`('a day that began with $balance: $steps is $told', ({ balance, exposure, steps, told }) => {
  expect(verdict(steps, exposure, balance)).toBe(told);
});

test('what is held beyond a cap that shrank may be made smaller', () => {
  const setting = {
    rules: capped(FOLLOWING),
    cash: '20000',
    positions: [held(BTC, '1', '60000'), held(ETH, '1', '3000')],
    account: { standing: standingWith({ dayBalanceUsd: dollars('50000') }) },
  };
  expect(toldLast(`${BOOKS}; sell 0.5`, setting)).toMatch(/takes/);
  expect(toldLast(`${BOOKS}; buy 0.1`, setting)).toBe('position_cap_exceeded');
});
