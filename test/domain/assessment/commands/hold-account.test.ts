import type { Account } from '../../../../domain/account/account';
import { fold } from '../../../../domain/account/evolve';
import type { Order } from '../../../../domain/account/orders/order';
import { NEVER_HELD } from '../../../../domain/account/standing/hold';
import { holdAccount } from '../../../../domain/assessment/commands/hold-account';
import { deadlinesOf } from '../../../../domain/assessment/judging/deadlines';
import { judge } from '../../../../domain/assessment/judging/judge';
import type { RuleSet } from '../../../../domain/assessment/rules/rule-set';
import type { HoldKind } from '../../../../domain/kernel/hold-kind';
import { type Instant, plusMs } from '../../../../domain/kernel/instant';
import {
  accountWith,
  at,
  BTC,
  held,
  marks,
  NOW,
  quoteOn,
  RULES,
  resting,
  standingWith,
  units,
} from '../../../fixtures/domain-story';
import { type Setting, toldLast, wordsOf } from '../../../fixtures/trading-story';

const DAY = 86_400_000;

const order = (orderId: string, side: Order['side'], more: Partial<Order> = {}) =>
  resting(orderId, {
    side,
    qty: units('1'),
    reduceOnly: false,
    terms: { type: 'limit', limitPrice: at(side === 'buy' ? '90' : '110'), timeInForce: { kind: 'gtc' } },
    ...more,
  });

test('held, an account keeps its exits and loses what would add risk; told again nothing happens', () => {
  const orders = [order('adds', 'buy'), order('exit', 'sell'), order('turns', 'sell', { qty: units('3') })];
  const account = accountWith('100000', [held(BTC, '2', '200')], { orders });
  const events = holdAccount(account, 'dispute', NOW);
  const frozen = fold(RULES, account, events);
  expect(events.map(wordsOf)).toEqual(['account_held', 'adds account_held', 'turns account_held']);
  expect(frozen.orders.map(({ orderId }) => orderId)).toEqual(['exit']);
  expect(frozen.positions).toBe(account.positions);
  expect(holdAccount(frozen, 'dispute', plusMs(NOW, 1))).toEqual([]);
  expect(holdAccount(account, null, NOW)).toEqual([]);
});

const setting = (kind: 'dispute' | 'refund' | 'chargeback', orders: readonly Order[] = []): Setting => ({
  cash: '100000',
  positions: [held(BTC, '2', '200')],
  account: { standing: standingWith({ holds: { ...NEVER_HELD, now: { kind, since: NOW } } }), orders },
});
const FROZEN = setting('dispute');

/** Goal: who is held gets out, and no further in; the refusal names why. */
test.each`
  story                    | setting                  | steps                 | told
  ${'more of it'}          | ${FROZEN}                | ${'buy 1'}            | ${'account_frozen'}
  ${'of one refunded'}     | ${setting('refund')}     | ${'buy 1'}            | ${'account_refunded'}
  ${'of one charged back'} | ${setting('chargeback')} | ${'buy 1'}            | ${'account_refunded'}
  ${'a resting buy'}       | ${FROZEN}                | ${'buy 1 limit 90'}   | ${'account_frozen'}
  ${'through flat'}        | ${FROZEN}                | ${'sell 3'}           | ${'account_frozen'}
  ${'less of it'}          | ${FROZEN}                | ${'sell 1'}           | ${'o1, o1 takes 1@100'}
  ${'all of it'}           | ${FROZEN}                | ${'sell 2'}           | ${'o1, o1 takes 2@100'}
  ${'a take-profit'}       | ${FROZEN}                | ${'sell 2 limit 110'} | ${'o1 works'}
`('$story: $told', ({ setting: given, steps, told }) => {
  expect(toldLast(steps, given)).toBe(told);
});

test('an exit whose position went elsewhere does not open the opposite: it ends when its turn comes', () => {
  const exit = order('r1', 'sell', { qty: units('2') });
  expect(toldLast('sell 2; book 9@110.1 / 9@111', setting('refund', [exit]))).toBe('r1 account_held');
});

/** The account once it is held, or released. */
const heldOr = (account: Account, wanted: HoldKind | null, when: Instant): Account =>
  fold(RULES, account, holdAccount(account, wanted, when));

const TIMED: RuleSet = { ...RULES, activity: { ...RULES.activity, inactivityDays: 30, timeLimitDays: 60 } };
const begun = accountWith('100000', [], { standing: standingWith({ startedAt: NOW, activeAt: NOW }) });
const due = (account: typeof begun) =>
  deadlinesOf(TIMED, account).map(({ rule, dueAt }) => [rule, (dueAt - NOW) / DAY]);
const after = (days: number) => plusMs(NOW, days * DAY);

test('deadlines that ask for trading stand still while nobody may trade', () => {
  expect(due(begun)).toEqual([
    ['inactivity', 30],
    ['time_limit', 60],
  ]);
  const frozen = heldOr(begun, 'dispute', after(20));
  expect(due(frozen)).toEqual([]);
  expect(judge(TIMED, frozen, marks(), after(500))).toMatchObject({ verdict: { kind: 'open' } });
  const released = heldOr(frozen, null, after(100));
  expect(due(released)).toEqual([
    ['inactivity', 130],
    ['time_limit', 140],
  ]);
  const twice = heldOr(heldOr(released, 'dispute', after(110)), null, after(115));
  expect(due(twice)).toEqual([
    ['inactivity', 145],
    ['time_limit', 145],
  ]);
});

test('a deadline that was missed before the hold stays missed', () => {
  const frozen = heldOr(begun, 'dispute', after(31));
  expect(due(frozen)).toEqual([['inactivity', 30]]);
  expect(judge(TIMED, frozen, marks(), after(32))).toMatchObject({ verdict: { kind: 'failed' } });
});

test('a hold is no shield: a loss beyond the limit fails', () => {
  const account = accountWith('0', [held(BTC, '1', '100000')]);
  const frozen = heldOr(account, 'dispute', NOW);
  expect(judge(RULES, frozen, marks(quoteOn(BTC, '50000')), NOW)).toMatchObject({ verdict: { kind: 'failed' } });
});

test('a target that is reached while it is held counts once it is released', () => {
  const { target, activity } = RULES;
  const rules: RuleSet = {
    ...RULES,
    target: target && { ...target, counts: 'realized_flat' },
    activity: { ...activity, tradesMin: 0, daysMin: 0 },
  };
  const rich = accountWith('10000000');
  const frozen = heldOr(rich, 'dispute', NOW);
  expect(judge(rules, rich, marks(), NOW)).toMatchObject({ verdict: { kind: 'passed' } });
  expect(judge(rules, frozen, marks(), NOW)).toMatchObject({ verdict: { kind: 'open' } });
  expect(judge(rules, heldOr(frozen, null, NOW), marks(), NOW)).toMatchObject({
    verdict: { kind: 'passed' },
  });
});
