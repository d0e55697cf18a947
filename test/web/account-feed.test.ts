import type { ServerMessage } from '../../contracts/ws/messages';
import { ACCOUNT_RULES } from '../../domain/account/account-rules';
import { type AccountView, follow as followUnder, noAccount } from '../../web/lib/account-feed';
import type { AccountEvent, Snapshot } from '../../web/lib/contract';
import { restingOrders } from '../../web/lib/order-text';
import { ACCOUNT, NO_WAYS, order, position, rules, snapshot, standing } from './account';

const follow = followUnder(ACCOUNT_RULES.decode(rules));

const frame = (over: Partial<ServerMessage>) => ({ n: 1, ...over }) as ServerMessage;
const state = (over = {}) => frame({ type: 'account-snapshot', snapshot: snapshot(over) });

const event = (accountVersion: number, type: string, data: Record<string, unknown> = {}): AccountEvent => ({
  type: 'account-event',
  n: 1,
  accountId: ACCOUNT,
  accountVersion,
  eventId: `event-${accountVersion}`,
  event: type,
  occurredAt: accountVersion * 1_000,
  correlationId: 'correlation',
  data,
});

const after = (...messages: ServerMessage[]): AccountView => messages.reduce(follow, noAccount);

/** An order that rests, and its first fill, of 0.1 BTC for 6,000 dollars and a fee of 15. */
const placed = (version: number, over = {}) =>
  event(version, 'trading.order-placed', {
    ticket: order(),
    order: order(over),
    placedAt: 1_000,
    bookSequence: 1,
    origin: 'trader',
  });

const filled = (version: number, over = {}) =>
  event(version, 'trading.order-filled', {
    orderId: 'order-1',
    fillId: 'fill-1',
    instrument: 'BTC-USD',
    side: 'buy',
    qty: '0.1',
    part: 1,
    liquidity: 'taker',
    levels: [{ price: '60000', qty: '0.1' }],
    price: '60000',
    fillCashUsd: '-6000',
    feeUsd: '15',
    realizedUsd: '0',
    filledAt: 1_000,
    bookSequence: 2,
    venueProof: '',
    venueAt: 990,
    cashUsd: '3985',
    balanceUsd: '9985',
    tradesClosed: 0,
    position: position(),
    queueAhead: null,
    tapeSeenAt: 1_000,
    consumesBook: true,
    ...over,
  });

/** Goal: the desk shows each event once, in order, and knows when it has missed one. */
test('a fill moves cash, balance, the position and the order', () => {
  const view = after(state(), placed(5), filled(6));
  expect(view.snapshot).toMatchObject({
    version: 6,
    cashUsd: '3985.00',
    balanceUsd: '9985.00',
    tradesClosed: 0,
    positions: [{ instrument: 'BTC-USD', qty: '0.1', costUsd: '6000.00', feesUsd: '15.00', openedAt: 1_000 }],
    orders: [{ orderId: 'order-1', filledQty: '0.1', parts: 1, bookSequence: 2 }],
    standing: { activeAt: 1_000, dayOpened: 1 },
  });
  expect(view.lastEventAt).toBe(6_000);
});

test('an event seen before changes nothing', () => {
  const view = after(state(), placed(5), filled(6));
  expect(follow(view, filled(6, { cashUsd: '1' }))).toBe(view);
  expect(follow(view, placed(5))).toBe(view);
});

test('a jump asks for a snapshot, which heals it', () => {
  const torn = after(state(), placed(6));
  expect(torn).toMatchObject({ isComplete: false, snapshot: { version: 4 }, events: [] });
  const healed = follow(torn, state({ version: 6, balanceUsd: '9985' }));
  expect(healed).toMatchObject({ isComplete: true, snapshot: { version: 6, balanceUsd: '9985' } });
});

test.each`
  story                                | events
  ${'a fill of an order not known of'} | ${[filled(5)]}
  ${'a second order of the same id'}   | ${[placed(5), placed(6)]}
  ${'a fill of more than was asked'}   | ${[placed(5, { qty: '0.01' }), filled(6)]}
  ${'cash that is not the account’s'}  | ${[placed(5), filled(6, { cashUsd: '3985.01' })]}
  ${'data that cannot be read'}        | ${[event(5, 'assessment.day-opened', { day: '2026-03-02' })]}
`('$story: the platform is asked how it is', ({ events }: { events: AccountEvent[] }) => {
  const view = after(state(), ...events);
  expect(view).toMatchObject({ isComplete: false, snapshot: { version: 3 + events.length } });
  expect(follow(view, state({ version: 9 }))).toMatchObject({ isComplete: true, snapshot: { version: 9 } });
});

test('an older snapshot does not turn the clock back', () => {
  const view = after(state(), placed(5));
  expect(follow(view, state({ version: 4 }))).toBe(view);
});

const dayOpened = (version: number) =>
  event(version, 'assessment.day-opened', { day: '2026-03-02', dayAnchorUsd: '9900', dayPeakUsd: '9900' });

test('a day opens with its anchor and ends a pause', () => {
  const paused = after(state(), event(5, 'rules.trading-paused', { rule: 'daily_loss' }));
  expect(paused.snapshot?.isPaused).toBe(true);
  const view = follow(paused, dayOpened(6));
  expect(view.snapshot).toMatchObject({ day: '2026-03-02', dayAnchorUsd: '9900.00', isPaused: false });
});

test('an account is held until it is released', () => {
  const held = after(state(), event(5, 'assessment.held', { hold: 'refund', at: 5_000 }));
  expect(held.snapshot?.hold).toBe('refund');
  expect(follow(held, event(6, 'assessment.released', { at: 6_000 })).snapshot?.hold).toBeNull();
});

test('a market order is the account’s until its fill, and is not shown as one that works', () => {
  const ticket = { ...order(), qty: '0.1', terms: { type: 'market' } };
  const asked = event(5, 'trading.order-placed', {
    ticket,
    order: null,
    placedAt: 1_000,
    bookSequence: 2,
    origin: 'trader',
  });
  const view = after(state(), asked);
  expect(view.snapshot?.orders).toMatchObject([{ orderId: 'order-1', qty: '0.1', status: 'open' }]);
  expect(restingOrders(view.snapshot as Snapshot)).toEqual([]);
  expect(follow(view, filled(6)).snapshot?.orders).toEqual([]);
});

test('a resolved outcome leaves its payout and no position', () => {
  const YES = 'PM-rain-YES';
  const outcome = position({ instrument: YES, qty: '100', costUsd: '60', feesUsd: '0' });
  const held = state({ cashUsd: '3940', balanceUsd: '10000', positions: [position(), outcome] });
  const before = {
    day: '2026-03-01',
    highWaterUsd: '10000',
    dayPeakUsd: '10000',
    isPaused: false,
    warned: {},
  };
  const settled = event(5, 'trading.position-settled', {
    instrument: YES,
    payout: { kind: 'pays', price: '1' },
    qty: '100',
    position: outcome,
    paidUsd: '100',
    realizedUsd: '40',
    cashUsd: '4040',
    balanceUsd: '10040',
    dayAnchorUsd: '10000',
    isPaused: false,
    corrects: false,
    settledAt: 5_000,
    before,
    corrected: null,
  });
  const view = after(held, settled);
  expect(view.snapshot).toMatchObject({ cashUsd: '4040.00', balanceUsd: '10040.00', tradesClosed: 1 });
  expect(view.snapshot?.positions.map(({ instrument }) => instrument)).toEqual(['BTC-USD']);
  expect(view.lastEventAt).toBe(5_000);
});

test('warnings are kept by rule; those of the daily and the open loss end with the day', () => {
  const warn = (version: number, rule: string, percent: number) =>
    event(version, 'rules.limit-warned', { rule, percent });
  const view = after(state(), warn(5, 'daily_loss', 50), warn(6, 'daily_loss', 80), warn(7, 'max_drawdown', 50));
  expect(view.snapshot?.standing.warned).toEqual({ daily_loss: 80, max_drawdown: 50 });
  expect(follow(view, dayOpened(8)).snapshot?.standing.warned).toEqual({ max_drawdown: 50 });
});

test('what the rules remember moves nothing else', () => {
  const data = { highWaterUsd: '10100', dayPeakUsd: '10200', peakedAt: 4_900 };
  const view = after(state(), event(5, 'assessment.high-water-raised', data));
  const raised = standing({ highWaterUsd: '10100.00', dayPeakUsd: '10200.00', peakedAt: 4_900 });
  const money = { cashUsd: '10000.00', balanceUsd: '10000.00', dayAnchorUsd: '10000.00' };
  expect(view.snapshot).toEqual(snapshot({ version: 5, ...money, standing: raised }));
  expect(view.lastEventAt).toBe(0);
});

test('failing names the rule and stops the marks; the report follows', () => {
  const failed = after(
    state(),
    event(5, 'rules.violation-detected', { rule: 'daily_loss', violationId: 'v', usedUsd: '510' }),
    event(6, 'assessment.abandoned', { breach: 'daily_loss', violationId: 'v', equityUsd: '9490' }),
  );
  expect(failed).toMatchObject({
    snapshot: { status: 'failed', version: 6 },
    breach: { rule: 'daily_loss', violationId: 'v', usedUsd: '510' },
    finalUsd: '9490',
    reportId: undefined,
  });
  const mark = {
    accountId: ACCOUNT,
    equityUsd: '1',
    worstUsd: '1',
    bestUsd: '1',
    unpriced: [],
    inDoubt: null,
    balanceUsd: '1',
    rooms: [],
    waysOut: NO_WAYS,
    deadlines: [],
    gates: [],
    at: 9,
  };
  expect(follow(failed, frame({ type: 'account-mark', mark })).mark).toBeUndefined();
  expect(follow(failed, event(7, 'report.ready', { reportId: 'r' })).reportId).toBe('r');
});

test('passing is final too', () => {
  const view = after(state(), event(5, 'assessment.completed', { equityUsd: '11000' }));
  expect(view).toMatchObject({ snapshot: { status: 'passed' }, finalUsd: '11000', breach: undefined });
});

test('events are kept newest first, and not for ever', () => {
  let view = after(state());
  for (let version = 5; version < 205; version++)
    view = follow(view, event(version, 'report.ready', { reportId: 'r' }));
  expect(view.events).toHaveLength(100);
  expect(view.events[0]?.accountVersion).toBe(204);
});
