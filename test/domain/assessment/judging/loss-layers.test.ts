import { fold } from '../../../../domain/account/evolve';
import { advanceAccount } from '../../../../domain/assessment/commands/advance-account';
import { openDay } from '../../../../domain/assessment/judging/day';
import { judge } from '../../../../domain/assessment/judging/judge';
import { verdictDue } from '../../../../domain/assessment/pre-trade/tradability';
import type { LossLayer, RuleSet } from '../../../../domain/assessment/rules/rule-set';
import { idOf, type OrderId } from '../../../../domain/kernel/ids';
import { formatUsd, usd } from '../../../../domain/kernel/money';
import {
  accountWith,
  BTC,
  bookOf,
  dollars,
  held,
  marks,
  moment,
  NOW,
  quoteOn,
  RULES,
  standingWith,
} from '../../../fixtures/domain-story';
import { sceneOf, wordsOf } from '../../../fixtures/trading-story';
import { widthFrom } from '../rule-sets';

const layer = (span: LossLayer['span'], width: string, change: Partial<LossLayer> = {}): LossLayer => ({
  span,
  anchor: span === 'total' ? 'initial' : 'balance',
  width: widthFrom(width),
  severity: 'fail',
  weekBegins: 'monday',
  ...change,
});

const layered = (...lossLayers: readonly LossLayer[]): RuleSet => ({
  ...RULES,
  target: null,
  dailyLoss: null,
  riskPerTrade: null,
  maxLoss: { ...RULES.maxLoss, width: widthFrom('50000') },
  lossLayers,
});

/** An account that holds nothing but a loss that is open: it bought at 60,000 what is worth the given price. */
function verdictAt(rules: RuleSet, equity: string, more: Parameters<typeof standingWith>[0] = {}): string {
  const account = accountWith('40000', [held(BTC, '1', '60000')], { standing: standingWith(more) });
  const price = usd(dollars(equity) - dollars('40000'));
  const judged = judge(rules, account, marks(quoteOn(BTC, formatUsd(price))), NOW);
  const { verdict } = judged;
  if (verdict.kind === 'failed') return `failed ${verdict.broken.rule}`;
  return verdict.kind === 'paused' ? `paused ${verdict.rule}${verdict.closes ? ', closes' : ''}` : verdict.kind;
}

const DAY = { dayBalanceUsd: dollars('101000') };
const WEEK = { weekBalanceUsd: dollars('102000') };
const SOFT = layer('day', '2000', { severity: 'pause' });
const HARD = { ...layered(SOFT), dailyLoss: RULES.dailyLoss };

/** The daily loss counts from the day's peak, and so does the layer that only pauses. */
const SAME_DAY: RuleSet = {
  ...layered(layer('day', '2000', { anchor: 'same', severity: 'pause' })),
  dailyLoss: { anchor: 'peak', width: widthFrom('5000'), severity: 'fail', gainCapUsd: null },
};
const LOCKED = {
  ...RULES.maxLoss,
  mode: 'trailing_intraday',
  trails: 'equity',
  width: widthFrom('7000'),
  lockUsd: dollars('100000'),
} as const;
const SAME_MARK: RuleSet = {
  ...layered(layer('total', '5000', { anchor: 'same', severity: 'pause' })),
  maxLoss: LOCKED,
};

/** Goal: each layer has a room of its own, and what was met first on the way down is the reason. */
test.each`
  story                                     | rules                                                     | equity         | standing                               | verdict
  ${'a day counts from its balance'}        | ${layered(layer('day', '2000'))}                          | ${'99000.01'}  | ${DAY}                                 | ${'open'}
  ${'and is touched'}                       | ${layered(layer('day', '2000'))}                          | ${'99000'}     | ${DAY}                                 | ${'failed second_daily_loss'}
  ${'or from the start'}                    | ${layered(layer('day', '2000', { anchor: 'initial' }))}   | ${'99000'}     | ${DAY}                                 | ${'open'}
  ${'a week from its own'}                  | ${layered(layer('week', '4000'))}                         | ${'98000'}     | ${WEEK}                                | ${'failed weekly_loss'}
  ${'the first week from the start'}        | ${layered(layer('week', '4000'))}                         | ${'98000'}     | ${{}}                                  | ${'open'}
  ${'a month by a share of it'}             | ${layered(layer('month', '0.05'))}                        | ${'95000'}     | ${{}}                                  | ${'failed monthly_loss'}
  ${'the whole account, never moving'}      | ${layered(layer('total', '8000'))}                        | ${'92000'}     | ${DAY}                                 | ${'failed static_loss'}
  ${'soft before hard'}                     | ${HARD}                                                   | ${'98000'}     | ${{}}                                  | ${'paused second_daily_loss'}
  ${'hard beats soft'}                      | ${HARD}                                                   | ${'95000'}     | ${{}}                                  | ${'failed daily_loss'}
  ${'paused, nothing is told twice'}        | ${HARD}                                                   | ${'98000'}     | ${{ isPaused: true }}                  | ${'open'}
  ${'one that closes'}                      | ${layered({ ...SOFT, severity: 'close' })}                | ${'98000'}     | ${{}}                                  | ${'paused second_daily_loss, closes'}
  ${'goes on closing while it is touched'}  | ${layered({ ...SOFT, severity: 'close' })}                | ${'98000'}     | ${{ isPaused: true }}                  | ${'paused second_daily_loss, closes'}
  ${'and stops where it is not'}            | ${layered({ ...SOFT, severity: 'close' })}                | ${'98001'}     | ${{ isPaused: true }}                  | ${'open'}
  ${'of two the higher floor'}              | ${layered(layer('week', '3000'), layer('month', '2000'))} | ${'96000'}     | ${{}}                                  | ${'failed monthly_loss'}
  ${'at a tie the first of the rooms'}      | ${layered(layer('week', '3000'), layer('month', '3000'))} | ${'97000'}     | ${{}}                                  | ${'failed weekly_loss'}
  ${'a soft day from the same equity'}      | ${SAME_DAY}                                               | ${'99000'}     | ${{ dayPeakUsd: dollars('101000') }}   | ${'paused second_daily_loss'}
  ${'and not before'}                       | ${SAME_DAY}                                               | ${'99000.01'}  | ${{ dayPeakUsd: dollars('101000') }}   | ${'open'}
  ${'a hard one below it, from the peak'}   | ${SAME_DAY}                                               | ${'96000'}     | ${{ dayPeakUsd: dollars('101000') }}   | ${'failed daily_loss'}
  ${'a soft floor that trails the mark'}    | ${SAME_MARK}                                              | ${'102000'}    | ${{ highWaterUsd: dollars('107000') }} | ${'paused static_loss'}
  ${'one that goes on where a lock holds'}  | ${SAME_MARK}                                              | ${'102000.01'} | ${{ highWaterUsd: dollars('107000') }} | ${'open'}
  ${'and the hard one that the lock holds'} | ${SAME_MARK}                                              | ${'100000'}    | ${{ highWaterUsd: dollars('107000') }} | ${'failed max_drawdown'}
  ${'with touching safe'}                   | ${{ ...layered(layer('total', '8000')), touch: 'safe' }}  | ${'92000'}     | ${{}}                                  | ${'open'}
`('$story: $verdict', ({ rules, equity, standing, verdict }) => {
  expect(verdictAt(rules, equity, standing)).toBe(verdict);
});

test('a pause that is due refuses orders before it was judged', () => {
  const { context } = sceneOf({ rules: layered(SOFT), cash: '40000', positions: [held(BTC, '1', '60000')] });
  const due = (price: string) => verdictDue(context, marks(quoteOn(BTC, price)), false);
  expect(due('58000')).toMatchObject({ refusal: 'limit_broken' });
  expect(due('58000.01')).toBeUndefined();
});

test('what a layer closes is closed for it', () => {
  const { context } = sceneOf({
    rules: layered({ ...SOFT, severity: 'close' }),
    cash: '40000',
    positions: [held(BTC, '1', '60000')],
  });
  const books = new Map([[BTC, bookOf('9@58000', '9@58001')]]);
  const { before } = advanceAccount({ ...context, books, nextOrderId: () => idOf<OrderId>('d1') });
  expect(before.map(wordsOf)).toEqual(['trading_paused', 'd1', 'd1 takes 1@58000']);
  expect(before.flatMap((event) => (event.kind === 'order_filled' ? [event.fill.closedFor] : []))).toEqual([
    'loss_layer',
  ]);
});

/** The balances with which week and month began, once these days have begun with 1,000 more each. */
function periodsOver(rules: RuleSet, days: readonly string[]): string {
  let account = accountWith('100000', [], { day: '2026-03-02', standing: standingWith({}) });
  for (const day of days) {
    account = { ...account, cashUsd: usd(account.cashUsd + dollars('1000')) };
    account = fold(rules, account, openDay(rules, account, moment(`${day}T12:00:00Z`)));
  }
  const { weekUsd, monthUsd } = account.standing.periods;
  return [weekUsd, monthUsd].map((each) => (each === null ? '-' : formatUsd(each))).join(' ');
}

const BOTH = layered(layer('week', '5000'), layer('month', '5000'));
const SUNDAY = layered(layer('week', '5000', { weekBegins: 'sunday' }), layer('month', '5000'));

/** 2 March 2026 is a Monday. */
test.each`
  story                               | rules        | days                            | periods
  ${'within the first week, nothing'} | ${BOTH}      | ${['2026-03-03', '2026-03-08']} | ${'- -'}
  ${'a week begins on Monday'}        | ${BOTH}      | ${['2026-03-08', '2026-03-09']} | ${'102000.00 -'}
  ${'or on Sunday'}                   | ${SUNDAY}    | ${['2026-03-08', '2026-03-09']} | ${'101000.00 -'}
  ${'nobody looked at the first day'} | ${BOTH}      | ${['2026-03-06', '2026-03-11']} | ${'102000.00 -'}
  ${'a month begins on the first'}    | ${BOTH}      | ${['2026-03-31', '2026-04-01']} | ${'101000.00 102000.00'}
  ${'a year as well'}                 | ${BOTH}      | ${['2027-03-02']}               | ${'101000.00 101000.00'}
  ${'no rule asks'}                   | ${layered()} | ${['2026-03-09', '2026-04-01']} | ${'- -'}
`('$story: $periods', ({ rules, days, periods }) => {
  expect(periodsOver(rules, days)).toBe(periods);
});

test('what a week was warned of is forgotten with it, and not with the day', () => {
  const warned = { second_daily_loss: 80, weekly_loss: 50, monthly_loss: 95 };
  const told = (day: string) => {
    const account = accountWith('100000', [], { day: '2026-03-02', standing: standingWith({ warned }) });
    return fold(BOTH, account, openDay(BOTH, account, moment(`${day}T12:00:00Z`))).standing.warned;
  };
  expect(told('2026-03-03')).toEqual({ weekly_loss: 50, monthly_loss: 95 });
  expect(told('2026-03-09')).toEqual({ monthly_loss: 95 });
  expect(told('2026-04-01')).toEqual({});
});
