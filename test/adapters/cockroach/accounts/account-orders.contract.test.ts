import { fold } from '../../../../domain/account/evolve';
import type { Order, OrderTicket } from '../../../../domain/account/orders/order';
import { type AccountId, idOf } from '../../../../domain/kernel/ids';
import { instant } from '../../../../domain/kernel/instant';
import { addUsd, ppm, price, qty, usd } from '../../../../domain/kernel/money';
import { uuidIds } from '../../../../runtime/edge';
import type { AccountSnapshot, Fence } from '../../../../usecases/ports/accounts/account-store';
import {
  changed,
  changeTo,
  filled,
  from,
  marketFill,
  newDay,
  placed,
  resting,
  type Step,
} from '../../../fixtures/changed-account';
import { bookAt, dollars, marketTicket, NOW, newAssessment, units } from '../../../fixtures/stored-account';
import { IMPLEMENTATIONS, type Stores } from '../stores';

/** Goal: orders that work over time are kept whole, no id is used twice, and what is remembered is what is stored. */
describe.each(IMPLEMENTATIONS)('orders of an account %s', (_, open) => {
  let stores: Stores;
  let close: () => Promise<void>;
  beforeAll(async () => {
    ({ stores, close } = await open());
  });
  afterAll(() => close());

  const opened = async (): Promise<AccountSnapshot> => {
    const { given, inbox } = newAssessment();
    await stores.assessments.create(given, inbox);
    return loaded(given.accountId);
  };

  const loaded = async (id: AccountId, orderId?: OrderTicket['orderId']): Promise<AccountSnapshot> => {
    const snapshot = await stores.accounts.load(id, orderId);
    if (!snapshot) throw new Error('opened before');
    return snapshot;
  };

  /** Saves a step, and expects that memory and a fresh load both show the account that it ends with. */
  const saved = async (snapshot: AccountSnapshot, step: Step, fence?: Fence): Promise<AccountSnapshot> => {
    const change = changeTo(snapshot, step);
    expect(await stores.accounts.save(snapshot, change, fence)).toBe('saved');
    const remembered = stores.accounts.recall(snapshot.accountId);
    const after = await loaded(snapshot.accountId);
    expect(after).toEqual({
      ...snapshot,
      version: snapshot.version + change.messages.length,
      account: step.account,
    });
    expect(remembered).toEqual(after);
    return after;
  };

  const limitTicket = (amount = 300_000_000n): OrderTicket => ({
    ...marketTicket('buy', amount),
    terms: {
      type: 'limit',
      limitPrice: price(units(50_000n)),
      timeInForce: { kind: 'gtd', expiresAt: instant(NOW + 1) },
    },
    attached: { takeProfit: price(units(70_000n)), stopLoss: null },
  });

  const trailing = (): Order =>
    resting(
      {
        ...marketTicket('sell', 5n),
        terms: { type: 'trailing_stop', trail: { kind: 'share', share: ppm(1n) } },
        reduceOnly: true,
      },
      {
        triggeredAt: instant(NOW + 7),
        bestPrice: price(9n),
        queueAhead: qty(3n),
        origin: 'desk',
        entryId: idOf<Order['orderId']>(uuidIds.next()),
        tapeSeenAt: instant(NOW + 8),
      },
    );

  test('orders rest whole, in the order in which they were placed, and pages have them too', async () => {
    const snapshot = await opened();
    const [ticket, second] = [limitTicket(), trailing()];
    const first = resting(ticket);
    const after = await saved(snapshot, placed(placed(from(snapshot), ticket, first), second, second));
    expect(after.account.orders).toEqual([first, second]);
    const page = await stores.open.page(undefined, 1_000);
    expect(page.find(({ accountId }) => accountId === snapshot.accountId)).toEqual(after);
  });

  test('an order fills in parts, is amended in between, and ends filled', async () => {
    const snapshot = await opened();
    const { accountId } = snapshot;
    const ticket = limitTicket();
    const order = resting(ticket);
    let now = await saved(snapshot, filled(placed(from(snapshot), ticket, order), ticket, qty(100_000_000n)));
    const [partly] = now.account.orders;
    if (!partly) throw new Error('two thirds of it are left');
    const amended: Order = { ...partly, qty: qty(250_000_000n), bookSequence: 9 };
    now = await saved(now, changed(from(now), 'order_amended', amended));
    now = await saved(now, filled(from(now), amended, qty(150_000_000n), { part: 2, liquidity: 'maker' }));
    expect(now.account.orders).toEqual([]);
    const { prior } = await loaded(accountId, ticket.orderId);
    expect(prior?.ticket).toEqual(ticket);
    const ended = {
      ...amended,
      filledQty: amended.qty,
      parts: 2,
      status: 'filled',
      bookSequence: bookAt(NOW).sequence,
    };
    expect(prior?.order).toEqual(ended);
    expect(prior?.fills.map(({ part, qty: amount, liquidity }) => [part, amount, liquidity])).toEqual([
      [1, 100_000_000n, 'taker'],
      [2, 150_000_000n, 'maker'],
    ]);
    expect((await stores.assessments.fills(accountId, 10)).map(({ part }) => part)).toEqual([2, 1]);
  });

  test('why the platform closed a position stays with its fill, and with what moved the account by it', async () => {
    const snapshot = await opened();
    const bought = await saved(snapshot, marketFill(from(snapshot), marketTicket('buy', 100_000_000n)));
    const sold = marketFill(from(bought), marketTicket('sell', 100_000_000n));
    const events = sold.events.map((event) =>
      event.kind === 'order_filled' ? { ...event, fill: { ...event.fill, closedFor: 'stop_missing' as const } } : event,
    );
    await saved(bought, { ...sold, events });
    const fills = await stores.assessments.fills(snapshot.accountId, 10);
    expect(fills.map(({ closedFor }) => closedFor)).toEqual(['stop_missing', undefined]);
    const moves = await stores.settlements.moves(snapshot.accountId);
    expect(moves.map((move) => move.kind === 'fill' && move.fill.closedFor)).toEqual([undefined, 'stop_missing']);
  });

  test('an order that is cancelled says why', async () => {
    const snapshot = await opened();
    const ticket = limitTicket();
    const now = await saved(snapshot, placed(from(snapshot), ticket, resting(ticket)));
    const ended: Order = { ...resting(ticket), status: 'cancelled', cancelReason: 'requested' };
    await saved(now, changed(from(now), 'order_cancelled', ended));
    expect((await loaded(snapshot.accountId, ticket.orderId)).prior).toEqual({ ticket, order: ended, fills: [] });
  });

  test('what a working order follows is kept', async () => {
    const snapshot = await opened();
    const order = trailing();
    const now = await saved(snapshot, placed(from(snapshot), order, order));
    const followed = { ...order, bestPrice: price(10n), queueAhead: qty(2n) };
    await saved(now, changed(newDay(from(now)), 'order_advanced', followed));
  });

  test('a market order that asked for more than a fill is told by its own record', async () => {
    const snapshot = await opened();
    const ticket = { ...marketTicket('buy', 20_000n), attached: { takeProfit: price(units(70_000n)), stopLoss: null } };
    await saved(snapshot, marketFill(from(snapshot), ticket));
    const { prior } = await loaded(snapshot.accountId, ticket.orderId);
    expect([prior?.ticket, prior?.order, prior?.fills.length]).toEqual([ticket, undefined, 1]);
  });

  test('one change holds what a whole storm of orders did', async () => {
    const snapshot = await opened();
    const [rested, gone, market] = [limitTicket(), trailing(), marketTicket('sell', 30_000n)];
    let step = placed(newDay(from(snapshot)), rested, resting(rested));
    step = filled(placed(step, gone, gone), gone, qty(2n));
    step = changed(step, 'order_cancelled', { ...gone, filledQty: qty(2n), parts: 1, status: 'expired' });
    const now = await saved(snapshot, filled(marketFill(step, market), rested, qty(10n)));
    expect(now.account.orders.map(({ orderId, filledQty }) => [orderId, filledQty])).toEqual([[rested.orderId, 10n]]);
    expect(await stores.assessments.fills(snapshot.accountId, 10)).toHaveLength(3);
  });

  const plain = (step: Step, ticket: OrderTicket) => marketFill(step, ticket);
  const rested = (step: Step, ticket: OrderTicket) => placed(step, ticket, resting(ticket));

  test.each`
    before    | again     | story
    ${plain}  | ${plain}  | ${'a market order'}
    ${rested} | ${plain}  | ${'a market order after one that rests'}
    ${plain}  | ${rested} | ${'an order that rests after a market order'}
    ${rested} | ${rested} | ${'an order that rests'}
  `('$story with a known id is stale, whatever the version', async ({ before, again }) => {
    const snapshot = await opened();
    const ticket = marketTicket('buy', 10_000n);
    const now = await saved(snapshot, before(from(snapshot), ticket));
    const unknowing = { ...snapshot, version: now.version };
    const change = changeTo(unknowing, again(from(unknowing), { ...ticket, qty: qty(20_000n) }));
    expect(await stores.accounts.save(now, change)).toBe('stale');
    expect(await loaded(snapshot.accountId)).toEqual(now);
  });

  test('what is remembered is forgotten when it was stale', async () => {
    const snapshot = await opened();
    const step = newDay(from(snapshot));
    await saved(snapshot, step);
    expect(stores.accounts.recall(snapshot.accountId)?.version).toBe(2);
    expect(await stores.accounts.save(snapshot, changeTo(snapshot, step))).toBe('stale');
    expect(stores.accounts.recall(snapshot.accountId)).toBeUndefined();
  });

  test('an engine whose shard was taken writes nothing', async () => {
    const snapshot = await opened();
    const first = await stores.leases.acquire(4, 'a', NOW, 1_000);
    if (!first) throw new Error('nobody else knows this shard');
    const now = await saved(snapshot, newDay(from(snapshot)), first.fence);
    const second = await stores.leases.acquire(4, 'b', instant(NOW + 1_000), 1_000);
    const change = changeTo(now, newDay(from(now), '2026-03-16'));
    expect(await stores.accounts.save(now, change, first.fence)).toBe('stale');
    expect(await loaded(snapshot.accountId)).toEqual(now);
    expect(await stores.accounts.save(now, change, second?.fence)).toBe('saved');
  });

  test('settlements are kept with the account that they paid, and found by instrument', async () => {
    const snapshot = await opened();
    const bought = await saved(snapshot, marketFill(from(snapshot), marketTicket('buy', 100_000_000n)));
    const [position] = bought.account.positions;
    if (!position) throw new Error('bought above');
    const settlement = {
      instrument: position.instrument,
      position,
      cashUsd: dollars(1),
      realizedUsd: dollars(-60_000),
      payout: { kind: 'pays' as const, price: price(units(1n)) },
      corrects: false,
      settledAt: NOW,
      before: {
        day: '2026-03-14',
        highWaterUsd: dollars(100_001),
        dayPeakUsd: usd(-1n),
        isPaused: true,
        warned: { daily_loss: 80 },
      },
    };
    const ledger = [
      { ledgerAccount: 'cash' as const, amountUsd: dollars(1) },
      { ledgerAccount: 'inventory' as const, instrument: position.instrument, amountUsd: dollars(-1) },
    ];
    const money = { balanceUsd: dollars(7), dayAnchorUsd: dollars(7), isPaused: false };
    const reversed = { ...settlement, payout: { kind: 'void' } as const, cashUsd: dollars(-1), corrects: true };
    const { cashUsd } = bought.account;
    const of = { kind: 'position_settled', ledger, ...money } as const;
    const paid = { ...of, settlement, cashUsd: addUsd(cashUsd, dollars(1)) };
    const events = [paid, { ...of, settlement: reversed, cashUsd }];
    const account = fold(bought.rules, bought.account, events);
    await saved(bought, { ...from(bought), account, events });
    const { accountId } = snapshot;
    expect(await stores.settlements.of(accountId, position.instrument)).toEqual([settlement, reversed]);
    const moves = await stores.settlements.moves(accountId);
    expect(moves.map((one) => (one.kind === 'fill' ? one.fill.cashUsd : one.settlement))).toEqual([
      usd(-position.costUsd),
      settlement,
      reversed,
    ]);
    expect(moves.map(({ version }) => version)).toEqual([bought.version, bought.version + 1, bought.version + 2]);
    expect(await stores.settlements.of(accountId, idOf('ETH-USD'))).toEqual([]);
    expect(await stores.settlements.accountsIn(position.instrument, undefined, 1_000)).toContain(accountId);
    expect(await stores.settlements.accountsIn(position.instrument, accountId, 1_000)).not.toContain(accountId);
  });

  test('who sold everything before the outcome was known is not among those to settle', async () => {
    const snapshot = await opened();
    const bought = await saved(snapshot, marketFill(from(snapshot), marketTicket('buy', 100_000_000n)));
    const [position] = bought.account.positions;
    const held = await stores.settlements.accountsIn(position?.instrument ?? idOf(''), undefined, 1_000);
    expect(held).toContain(snapshot.accountId);
    await saved(bought, marketFill(from(bought), marketTicket('sell', 100_000_000n)));
    const left = await stores.settlements.accountsIn(position?.instrument ?? idOf(''), undefined, 1_000);
    expect(left).not.toContain(snapshot.accountId);
  });
});
