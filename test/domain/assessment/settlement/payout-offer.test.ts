import fc from 'fast-check';
import { type Account, balanceOf } from '../../../../domain/account/account';
import { evolve } from '../../../../domain/account/evolve';
import { NO_PAYOUTS } from '../../../../domain/account/standing/payouts';
import { countedProfit } from '../../../../domain/assessment/judging/consistency';
import { judge } from '../../../../domain/assessment/judging/judge';
import { maxLossFloor } from '../../../../domain/assessment/rules/limits';
import type { LossLayer, MaxLoss, RuleSet } from '../../../../domain/assessment/rules/rule-set';
import { afterPayout, payoutUsd } from '../../../../domain/assessment/settlement/payout';
import { payoutOffer } from '../../../../domain/assessment/settlement/payout-offer';
import { takePayout } from '../../../../domain/assessment/settlement/take-payout';
import { type Instant, plusMs } from '../../../../domain/kernel/instant';
import { formatUsd, ppm, sumUsd, usd } from '../../../../domain/kernel/money';
import { changedStanding, dollars, marks } from '../../../fixtures/domain-story';
import { dailyLossOf, funded, maxLossOf, PAYOUT, payingOut, widthFrom } from '../rule-sets';
import { verdictOf, type Walked, walk } from '../walk';

const DAY_MS = 86_400_000;
const PLAIN = payingOut(maxLossOf('static', '10000'));

const offerOf = (rules: RuleSet, account: Account, at: Instant, equityUsd = balanceOf(account)) => {
  const offer = payoutOffer(rules, account, { equityUsd }, at);
  if (!offer) throw new Error('something is paid out');
  return offer;
};

/** `days_won 3/5`, of what is missing. */
const lacking = (rules: RuleSet, { account, at }: Pick<Walked, 'account' | 'at'>): string =>
  offerOf(rules, account, at)
    .gates.filter(({ isMet }) => !isMet)
    .map(({ gate, have, need }) =>
      gate.endsWith('_usd') ? `${gate} ${formatUsd(usd(have))}/${formatUsd(usd(need))}` : `${gate} ${have}/${need}`,
    )
    .join(', ');

const amounts = (rules: RuleSet, path: string): string => {
  const { account, at } = walk(rules, path);
  const { amountUsd, traderUsd, firmUsd, safeUsd } = offerOf(rules, account, at);
  return [amountUsd, traderUsd, firmUsd, safeUsd].map(formatUsd).join(' ');
};

const taken = (rules: RuleSet, { account, at }: Pick<Walked, 'account' | 'at'>, amount: string) => {
  const result = takePayout(
    rules,
    account,
    { equityUsd: balanceOf(account) },
    { ...PAYOUT, amountUsd: dollars(amount), at },
  );
  return result.ok ? result.value : result.refusal;
};

const paid = (rules: RuleSet, before: Walked, amount: string): Account => {
  const event = taken(rules, before, amount);
  if (typeof event === 'string') throw new Error(event);
  return evolve(rules, before.account, event);
};

test('PO-1: of a profit of 4,000 four fifths are the trader’s, and the fee of 540 comes back: 3,740', () => {
  expect(amounts(PLAIN, '+4000')).toBe('4000.00 3200.00 800.00 4000.00');
  expect(formatUsd(payoutUsd(dollars('4000'), ppm(800_000n), dollars('540')))).toBe('3740.00');
});

const LOCKED = payingOut(maxLossOf('trailing_eod', '2000', { starting: '50000', lockUsd: dollars('50000') }));

test('PO-2: locked at 50,000 with 53,000: all of it would end the account, 1,000 is safe', () => {
  expect(amounts(LOCKED, '+3000 |')).toBe('2999.999999 2399.999999 600.00 1000.00');
  expect(taken(LOCKED, walk(LOCKED, '+3000 |'), '3000')).toBe('payout_too_large');
  expect(amounts({ ...LOCKED, touch: 'safe' }, '+3000 |')).toBe('3000.00 2400.00 600.00 1000.00');
});

const TOPSTEP = payingOut(
  maxLossOf('trailing_eod', '2000', { starting: '50000', lockUsd: dollars('50000'), payoutEffect: 'floor_to_start' }),
  { split: ppm(900_000n), shareOfProfitMax: ppm(500_000n), winningDays: { min: 5, dayUsd: dollars('150') } },
);
const FIVE = '+150 | +150 | +150 | +150 | +150 |';

/** Goal: Topstep: half of the profit after five days of 150 or more, which need not follow one another. */
test.each`
  path                                          | told                               | lacks
  ${FIVE}                                       | ${'375.00 337.50 37.50 0.00'}      | ${''}
  ${'+150 | +149.99 | +150 | +150 | +150 |'}    | ${'374.995 337.4955 37.4995 0.00'} | ${'days_won 4/5'}
  ${'+150 | -50 | +150 | +150 | +150 | +150 |'} | ${'350.00 315.00 35.00 0.00'}      | ${''}
  ${'+150 | +150 | +150 | +150 | +150'}         | ${'375.00 337.50 37.50 0.00'}      | ${'days_won 4/5'}
`('after $path: $told; lacks "$lacks"', ({ path, told, lacks }) => {
  expect(amounts(TOPSTEP, path)).toBe(told);
  expect(lacking(TOPSTEP, walk(TOPSTEP, path))).toBe(lacks);
});

test('Topstep: the first payout moves the floor to the start, and days are won anew', () => {
  const before = walk(TOPSTEP, FIVE);
  const account = paid(TOPSTEP, before, '375');
  expect(formatUsd(maxLossFloor(TOPSTEP, account))).toBe('50000.00');
  expect(lacking(TOPSTEP, { account, at: before.at })).toBe('days_won 0/5');
  expect(verdictOf(judge(TOPSTEP, account, marks(), before.at))).toBe('open');
});

const QUARTER = payingOut(maxLossOf('static', '10000'), { consistencyMax: ppm(250_000n) });

/** Goal: the best day is at most a quarter of the profit; today is a day as well. */
test.each`
  path                                    | lacks
  ${'+600 | +600 | +600 | +600 | +600 |'} | ${''}
  ${'+1000 | +700 | +700 | +600 |'}       | ${'profit_over_best_day_usd 3000.00/4000.00'}
  ${'+1000 | +1000 | +1000 | +1000 |'}    | ${''}
  ${'+1000 | +1000 | +1000 | +999.99 |'}  | ${'profit_over_best_day_usd 3999.99/4000.00'}
  ${'+500 | +500 | +500 | +500 | +1000'}  | ${'profit_over_best_day_usd 3000.00/4000.00'}
  ${'-500 |'}                             | ${'profit_over_best_day_usd -500.00/0.00, trader_usd 0.00/0.000001'}
`('25 % of $path lacks "$lacks"', ({ path, lacks }) => {
  expect(lacking(QUARTER, walk(QUARTER, path))).toBe(lacks);
});

/** Goal: each bound of the amount, and the smallest of them where there are several. */
test.each`
  change                                                                                   | path           | told
  ${{ bufferUsd: dollars('2600') }}                                                        | ${'+3000'}     | ${'400.00 320.00 80.00 400.00'}
  ${{ bufferUsd: dollars('3000') }}                                                        | ${'+3000'}     | ${'0.00 0.00 0.00 0.00'}
  ${{ maxUsd: dollars('2000') }}                                                           | ${'+3000'}     | ${'2000.00 1600.00 400.00 2000.00'}
  ${{ shareOfProfitMax: ppm(333_333n) }}                                                   | ${'+0.000010'} | ${'0.000003 0.000002 0.000001 0.000003'}
  ${{ shareOfProfitMax: ppm(600_000n), bufferUsd: dollars('1500') }}                       | ${'+3000'}     | ${'1500.00 1200.00 300.00 1500.00'}
  ${{ shareOfProfitMax: ppm(600_000n), bufferUsd: dollars('1'), maxUsd: dollars('1799') }} | ${'+3000'}     | ${'1799.00 1439.20 359.80 1799.00'}
  ${{}}                                                                                    | ${'-3000'}     | ${'0.00 0.00 0.00 0.00'}
`('$path comes to $told', ({ change, path, told }) => {
  expect(amounts(payingOut(maxLossOf('static', '10000'), change), path)).toBe(told);
});

test('what is asked of the amount is of the trader’s part, after the split', () => {
  const rules = payingOut(maxLossOf('static', '10000'), { minUsd: dollars('50'), profitMinUsd: dollars('100') });
  expect(lacking(rules, walk(rules, '+62.499999'))).toBe('profit_usd 62.499999/100.00, trader_usd 49.999999/50.00');
  expect(lacking(rules, walk(rules, '+100'))).toBe('');
  expect(taken(rules, walk(rules, '+100'), '62.499999')).toBe('payout_too_small');
  expect(taken(rules, walk(rules, '+100'), '62.5')).toMatchObject({ traderUsd: dollars('50') });
});

test('days of 24 hours: from the beginning to the first payout, then from each to the next', () => {
  const rules = payingOut(maxLossOf('static', '10000'), { firstAfterDays: 14, everyDays: 7 });
  const walked = walk(rules, '+4000');
  const began = walked.account.standing.startedAt;
  const early = { ...walked, at: plusMs(began, 14 * DAY_MS - 1) };
  expect(lacking(rules, early)).toBe('days_since_start 13/14');
  expect(taken(rules, early, '1000')).toBe('payout_waits');
  const due = { ...walked, at: plusMs(began, 14 * DAY_MS) };
  const account = paid(rules, due, '1000');
  expect(account.standing.payouts.taken).toBe(1);
  expect(lacking(rules, { account, at: plusMs(due.at, 7 * DAY_MS - 1) })).toBe('days_since_payout 6/7');
  expect(lacking(rules, { account, at: plusMs(due.at, 7 * DAY_MS) })).toBe('');
});

test('a loss that is open is not paid out; a profit that is open is none yet', () => {
  const { account, at } = walk(PLAIN, '+4000 o');
  const offered = (equity: string) => formatUsd(offerOf(PLAIN, account, at, dollars(equity)).amountUsd);
  expect(['104000', '103000', '99000', '109000'].map(offered)).toEqual(['4000.00', '3000.00', '0.00', '4000.00']);
});

test('nobody is paid while a position is open, a limit is touched, or the payment is disputed', () => {
  const flat = payingOut(maxLossOf('static', '10000'), { requiresFlat: true });
  const { account, at } = walk(flat, '+4000 o');
  expect(lacking(flat, { account, at })).toBe('open_positions 1/0');
  const { account: calm } = walk(PLAIN, '+4000');
  const touched = { ...calm, standing: changedStanding(calm.standing, { touched: { max_drawdown: at } }) };
  expect(lacking(PLAIN, { account: touched, at })).toBe('touched_limits 1/0');
  const holds = { now: { kind: 'dispute' as const, since: at }, heldMs: 0, endedAt: null };
  const disputed = { ...calm, standing: changedStanding(calm.standing, { holds }) };
  expect(lacking(PLAIN, { account: disputed, at })).toBe('holds 1/0');
});

test('the day of a payout goes on: what it won before counts for none of the next', () => {
  const rules = payingOut(maxLossOf('static', '10000'), {
    winningDays: { min: 1, dayUsd: dollars('150') },
    consistencyMax: ppm(500_000n),
  });
  const before = walk(rules, '+300 | +300 | +200');
  const account = paid(rules, before, '800');
  const { last, growth: _, ...counted } = account.standing.payouts;
  expect([last?.day, last && formatUsd(last.fromUsd), counted]).toEqual([
    account.day,
    '100000.00',
    { taken: 1, bestUsd: 0n, daysWon: 0 },
  ]);
  expect(balanceOf(account) - account.standing.day.balanceUsd).toBe(dollars('200'));
  expect(lacking(rules, { account, at: before.at })).toBe('days_won 0/1, trader_usd 0.00/0.000001');
});

const layer = (span: LossLayer['span']): LossLayer => ({
  span,
  anchor: 'balance',
  width: widthFrom('2000'),
  severity: 'fail',
  weekBegins: 'monday',
});

test('a payout is no loss of its week or month either', () => {
  for (const span of ['week', 'month'] as const) {
    const rules = { ...PLAIN, lossLayers: [layer(span)] };
    const walked = walk(rules, '+4000 | | | | | | | | | | | | | | | | | | | | | | | | | | | | | | |');
    const account = paid(rules, walked, '4000');
    expect([span, verdictOf(judge(rules, account, marks(), walked.at))]).toEqual([span, 'open']);
    const first = walk(rules, '+4000');
    expect(formatUsd(paid(rules, first, '4000').standing.periods[`${span}Usd`] ?? usd(0n))).toBe('96000.00');
  }
});

test('the event leaves what a payout leaves, its posting sums to zero, and what is remembered starts again', () => {
  const rules = dailyLossOf('higher', '5000');
  const paying = payingOut(rules);
  const before = walk(paying, '+4000 | +100');
  const event = taken(paying, before, '3000');
  if (typeof event === 'string') throw new Error(event);
  const { standing, ...account } = evolve(paying, before.account, event);
  const { standing: expected, ...money } = afterPayout(paying, before.account, dollars('3000'));
  expect(account).toEqual(money);
  expect({ ...standing, payouts: NO_PAYOUTS }).toEqual({ ...expected, payouts: NO_PAYOUTS });
  expect(sumUsd(event.ledger.map(({ amountUsd }) => amountUsd))).toBe(0n);
  expect(event.ledger.map(({ ledgerAccount, amountUsd }) => `${ledgerAccount} ${formatUsd(amountUsd)}`)).toEqual([
    'cash -3000.00',
    'funding 3000.00',
  ]);
  expect(event.balanceUsd).toBe(dollars('101100'));
  expect(() => evolve(paying, { ...before.account, cashUsd: usd(1n) }, event)).toThrow('leaves another cash');
});

test('without rules of payouts nothing is paid, and nothing remembered', () => {
  const rules = maxLossOf('static', '10000');
  const { account, at } = walk(rules, '+4000 | +10 |');
  expect(account.standing.payouts).toBe(NO_PAYOUTS);
  expect(payoutOffer(rules, account, { equityUsd: balanceOf(account) }, at)).toBeUndefined();
  expect(taken(rules, { account, at }, '1')).toBe('no_payouts');
});

const effect = fc.constantFrom<MaxLoss['payoutEffect']>('none', 'lowers_mark', 'floor_to_start');
const money = (max: bigint) => fc.bigInt({ min: 0n, max }).map(usd);

test('whatever is offered can be taken: it ends no account, nothing is lost by the split, and the buffer stays', () => {
  fc.assert(
    fc.property(
      fc.record({
        payoutEffect: effect,
        mark: money(10n ** 10n),
        won: fc.bigInt({ min: -(10n ** 9n), max: 10n ** 10n }),
        bufferUsd: money(10n ** 9n),
        split: fc.bigInt({ min: 1n, max: 1_000_000n }).map(ppm),
        shareOfProfitMax: fc.option(fc.bigInt({ min: 1n, max: 1_000_000n }).map(ppm), { nil: null }),
        touch: fc.constantFrom('breach' as const, 'safe' as const),
      }),
      ({ payoutEffect, mark, won, touch, ...change }) => {
        const base = maxLossOf('trailing_eod', '8000', { payoutEffect, lockUsd: dollars('100000') });
        const rules = { ...payingOut(base, change), touch };
        const start = funded(rules);
        const standing = changedStanding(start.standing, { highWaterUsd: usd(rules.startingUsd + mark) });
        const account = { ...start, cashUsd: usd(rules.startingUsd + won), standing };
        const at = start.standing.startedAt;
        const { amountUsd, traderUsd, firmUsd, safeUsd, isOpen } = offerOf(rules, account, at);
        expect(traderUsd + firmUsd).toBe(amountUsd);
        expect(traderUsd * 1_000_000n <= amountUsd * change.split && amountUsd >= 0n).toBe(true);
        expect(safeUsd <= amountUsd).toBe(true);
        if (!isOpen) return;
        const event = takePayout(rules, account, { equityUsd: balanceOf(account) }, { ...PAYOUT, amountUsd, at });
        if (!event.ok) throw new Error(event.refusal);
        const after = evolve(rules, account, event.value);
        expect(countedProfit(rules, after, balanceOf(after))).toBeGreaterThanOrEqual(change.bufferUsd);
        expect(verdictOf(judge(rules, after, marks(), at))).toBe('open');
      },
    ),
  );
});
