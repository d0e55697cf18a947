import fc from 'fast-check';
import type { Fill } from '../../../domain/account/orders/order';
import { replayEvidence } from '../../../domain/assessment/evidence/evidence';
import type { RuleSet } from '../../../domain/assessment/rules/rule-set';
import type { OrderId } from '../../../domain/kernel/ids';
import { uuidIds } from '../../../runtime/edge';
import type { AccountStore } from '../../../usecases/ports/accounts/account-store';
import { cancelOrder, cancelOrders } from '../../../usecases/trading/cancel-orders';
import { limitAt, openTrading, rain, type Trading } from '../../fixtures/open-trading';
import { bitcoin, dollars, rules } from '../../fixtures/stored-account';

/** The store's answers come in any order that the scheduler likes; nothing else waits. */
const scheduled =
  (scheduler: fc.Scheduler) =>
  (accounts: AccountStore): AccountStore => ({
    load: scheduler.scheduleFunction(accounts.load),
    save: scheduler.scheduleFunction(accounts.save),
    recall: accounts.recall,
  });

const inAnyOrder = (
  story: (trading: Trading, scheduler: fc.Scheduler) => Promise<void>,
  numRuns: number,
  changes: Partial<RuleSet> = {},
) =>
  fc.assert(
    fc.asyncProperty(fc.scheduler(), async (scheduler) => {
      const trading = await openTrading({ riskPerTrade: null, ...changes }, scheduled(scheduler));
      trading.quote(bitcoin.id, '60000', '60000');
      await story(trading, scheduler);
    }),
    { numRuns },
  );

const keptFills = ({ world, accountId }: Trading): readonly Fill[] => world.accounts.get(accountId)?.fills ?? [];

/** Goal: whoever goes first, nothing is lost, doubled or let through. */
test('20 copies of one order at once are one order with 20 equal answers', async () => {
  await inAnyOrder(async (trading, scheduler) => {
    const orderId = uuidIds.next<OrderId>();
    const asked = Array.from({ length: 20 }, () => trading.order('buy', '0.1', { orderId }));
    const answers = await scheduler.waitFor(Promise.all(asked));
    const placed = answers.map((answer) => (answer.ok ? answer.value.placed : answer.refusal));
    for (const one of placed) expect(one).toEqual(placed[0]);
    expect(answers.filter((answer) => answer.ok && !answer.value.isReplay)).toHaveLength(1);
    expect(keptFills(trading)).toHaveLength(1);
  }, 30);
});

test.each`
  what                | terms
  ${'fills at once'}  | ${{ type: 'market' }}
  ${'works for long'} | ${limitAt('59000')}
`('of two orders that together exceed the margin exactly one is taken: each $what', async ({ terms }) => {
  await inAnyOrder(async (trading, scheduler) => {
    const asked = [1, 2].map(() => trading.order('buy', '5', { terms }));
    const answers = await scheduler.waitFor(Promise.all(asked));
    const told = answers.map((answer) => (answer.ok ? 'taken' : answer.refusal)).sort();
    expect(told).toEqual(['insufficient_margin', 'taken']);
  }, 60);
});

test('RK-9: of two orders of 300 dollars on one event that may cost 500 exactly one is taken', async () => {
  const exposure = { ...rules.exposure, eventUsdMax: dollars(500) };
  await inAnyOrder(
    async (trading, scheduler) => {
      trading.quote(rain.id, '0.59', '0.60');
      const asked = [1, 2].map(() => trading.order('buy', '500', { instrument: rain.id }));
      const answers = await scheduler.waitFor(Promise.all(asked));
      const told = answers.map((answer) => (answer.ok ? 'taken' : answer.refusal)).sort();
      expect(told).toEqual(['event_cap_exceeded', 'taken']);
    },
    60,
    { exposure },
  );
});

test('of 64 writers on one account each is served or told to come again, and every cent is there', async () => {
  await inAnyOrder(async (trading, scheduler) => {
    const write = (n: number) =>
      n % 4 === 3
        ? trading.order('buy', '0.001', { terms: limitAt('50000') })
        : trading.order(n % 2 === 0 ? 'buy' : 'sell', '0.01');
    const asked = Array.from({ length: 64 }, (_, n) => write(n));
    const answers = await scheduler.waitFor(Promise.all(asked));
    const taken = answers.flatMap((answer) => (answer.ok ? [answer.value.placed] : []));
    const others = answers.flatMap((answer) => (answer.ok ? [] : [answer.refusal]));
    expect(others.filter((refusal) => refusal !== 'account_busy')).toEqual([]);
    expect(taken.length).toBeGreaterThanOrEqual(20);

    const { account, version } = await trading.snapshot();
    const fills = keptFills(trading);
    const known = new Set(fills.map(({ fillId }) => fillId));
    expect(taken.flatMap((placed) => placed.fills).every(({ fillId }) => known.has(fillId))).toBe(true);
    expect(account.orders).toHaveLength(taken.filter(({ status }) => status === 'open').length);
    const held = fills.reduce((sum, { side, qty }) => sum + (side === 'buy' ? qty : -qty), 0n);
    expect(account.positions.reduce((sum, { qty }) => sum + qty, 0n)).toBe(held);
    const spent = fills.reduce((sum, { cashUsd, feeUsd }) => sum + cashUsd - feeUsd, 0n);
    expect(account.cashUsd).toBe(100_000_000_000n + spent);
    const versions = trading.events().map(({ accountVersion }) => accountVersion);
    expect(versions).toEqual(Array.from({ length: version }, (_, n) => n + 1));
  }, 8);
});

test('an order, its cancelling and the cancelling of all: the order is placed once and ends once', async () => {
  await inAnyOrder(async (trading, scheduler) => {
    const orderId = uuidIds.next<OrderId>();
    const order = trading.order('buy', '0.1', { orderId, terms: limitAt('59000') });
    const cancelling = [1, 2].map(() => cancelOrder(trading.parts)({ ...trading.command, orderId }));
    const all = cancelOrders(trading.parts)(trading.command);
    const [placed, cancelled] = await scheduler.waitFor(Promise.all([order, Promise.all(cancelling), all]));
    expect(placed).toMatchObject({ ok: true, value: { placed: { orderId, status: 'open' } } });
    for (const one of cancelled) {
      expect(one).toMatchObject(one.ok ? { value: { status: 'cancelled' } } : { refusal: 'order_unknown' });
    }
    const told = trading.events().filter(({ type }) => type === 'trading.order-cancelled');
    const isWorking = (await trading.snapshot()).account.orders.length > 0;
    expect(told).toHaveLength(isWorking ? 0 : 1);
  }, 60);
});

test('an order races the price that ends its assessment: one verdict, of the account before or after the fill', async () => {
  await inAnyOrder(async (trading, scheduler) => {
    await scheduler.waitFor(trading.order('buy', '1'));
    trading.quote(bitcoin.id, '50000', '50000');
    const judges = Promise.all([trading.judge(), trading.judge(), trading.order('buy', '0.5'), trading.judge()]);
    await scheduler.waitFor(judges);
    const { status, account } = await trading.snapshot();
    expect([status, account.positions]).toEqual(['failed', []]);
    const verdicts = trading.events().filter(({ type }) => type === 'rules.violation-detected');
    expect(verdicts).toHaveLength(1);
    const verdict = trading.world.accounts.get(trading.accountId)?.verdict;
    expect(replayEvidence(verdict?.evidence ?? '')).toBe(verdict?.evidence);
    const after = trading.events().slice(trading.events().findIndex(({ type }) => type === 'assessment.abandoned') + 1);
    const placedAfter = after.filter(({ type }) => type === 'trading.order-placed');
    expect(placedAfter.every(({ data }) => JSON.stringify(data).includes('"reduceOnly":true'))).toBe(true);
  }, 60);
});
