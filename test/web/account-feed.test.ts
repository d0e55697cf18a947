import type { ServerMessage } from '../../contracts/ws/messages';
import { type AccountView, follow, noAccount } from '../../web/lib/account-feed';
import type { AccountEvent } from '../../web/lib/contract';
import { ACCOUNT, NO_WAYS, order, position, snapshot } from './account';

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

const filled = (version: number, over = {}) =>
  event(version, 'trading.order-filled', {
    orderId: 'order-0',
    instrument: 'BTC-USD',
    qty: '0.1',
    cashUsd: '4000',
    balanceUsd: '9985',
    tradesClosed: 1,
    position: position(),
    ...over,
  });

/** Goal: the desk shows each event once, in order, and knows when it has missed one. */
test('a fill moves cash, balance, trades and the position', () => {
  const view = after(state(), filled(5));
  expect(view.snapshot).toMatchObject({
    version: 5,
    cashUsd: '4000',
    balanceUsd: '9985',
    tradesClosed: 1,
    positions: [position()],
  });
  expect(view.lastEventAt).toBe(5_000);
});

test('a fill that closes takes the position away and leaves the others', () => {
  const eth = position({ instrument: 'ETH-USD' });
  const view = after(state({ positions: [position(), eth] }), filled(5, { position: null }));
  expect(view.snapshot?.positions).toEqual([eth]);
});

test('an event seen before changes nothing', () => {
  const view = after(state(), filled(5));
  expect(follow(view, filled(5, { cashUsd: '1' }))).toBe(view);
  expect(follow(view, filled(3))).toBe(view);
});

test('a jump asks for a snapshot, which heals it', () => {
  const torn = after(state(), filled(6));
  expect(torn).toMatchObject({ isComplete: false, snapshot: { version: 4 }, events: [] });
  const healed = follow(torn, state({ version: 6, balanceUsd: '9985' }));
  expect(healed).toMatchObject({ isComplete: true, snapshot: { version: 6, balanceUsd: '9985' } });
});

test('an older snapshot does not turn the clock back', () => {
  const view = after(state(), filled(5));
  expect(follow(view, state({ version: 4 }))).toBe(view);
});

test('a day opens with its anchor and ends a pause', () => {
  const paused = after(state(), event(5, 'rules.trading-paused', { rule: 'daily_loss' }));
  expect(paused.snapshot?.isPaused).toBe(true);
  const view = follow(paused, event(6, 'assessment.day-opened', { day: '2026-03-02', dayAnchorUsd: '9900' }));
  expect(view.snapshot).toMatchObject({ day: '2026-03-02', dayAnchorUsd: '9900', isPaused: false });
});

test('an account is held until it is released', () => {
  const held = after(state(), event(5, 'assessment.held', { hold: 'refund' }));
  expect(held.snapshot?.hold).toBe('refund');
  expect(follow(held, event(6, 'assessment.released', {})).snapshot?.hold).toBeNull();
});

describe('orders', () => {
  const placed = (over = {}) => event(5, 'trading.order-placed', { ticket: {}, order: order(over) });
  const working = (view: AccountView) => view.snapshot?.orders.map(({ orderId, filledQty }) => [orderId, filledQty]);
  const fill = (version: number, qty: string) => filled(version, { orderId: 'order-1', qty });
  const changed = (type: string, over = {}) => event(6, type, { order: order(over) });

  test.each`
    story                                | events                                                                     | expected
    ${'one that rests is added'}         | ${[placed()]}                                                              | ${[['order-1', '0']]}
    ${'a market order never rests'}      | ${[event(5, 'trading.order-placed', { ticket: {}, order: null })]}         | ${[]}
    ${'a part of it was filled'}         | ${[placed(), fill(6, '0.2')]}                                              | ${[['order-1', '0.2']]}
    ${'its last part takes it away'}     | ${[placed(), fill(6, '0.2'), fill(7, '0.3')]}                              | ${[]}
    ${'a fill of another leaves it'}     | ${[placed(), filled(6, { orderId: 'order-2', qty: '9' })]}                 | ${[['order-1', '0']]}
    ${'its place in the queue does'}     | ${[placed(), changed('trading.order-advanced', { filledQty: '0.1' })]}     | ${[['order-1', '0.1']]}
    ${'a change replaces it'}            | ${[placed(), changed('trading.order-amended', { filledQty: '0.1' })]}      | ${[['order-1', '0.1']]}
    ${'a stop that was reached goes on'} | ${[placed(), changed('trading.order-triggered', { triggeredAt: 6 })]}      | ${[['order-1', '0']]}
    ${'cancelling takes it away'}        | ${[placed(), changed('trading.order-cancelled', { status: 'cancelled' })]} | ${[]}
    ${'so does its expiry'}              | ${[placed(), changed('trading.order-cancelled', { status: 'expired' })]}   | ${[]}
  `('$story', ({ events, expected }: { events: AccountEvent[]; expected: unknown }) => {
    expect(working(after(state(), ...events))).toEqual(expected);
  });
});

test('a resolved outcome leaves its payout and no position', () => {
  const held = state({ positions: [position({ instrument: 'PM-rain-YES' }), position()] });
  const began = { dayAnchorUsd: '10000', isPaused: true };
  const paid = { instrument: 'PM-rain-YES', cashUsd: '10100', balanceUsd: '10100', ...began, corrects: false };
  const view = after(held, event(5, 'trading.position-settled', paid));
  const left = { cashUsd: '10100', balanceUsd: '10100', positions: [position()], tradesClosed: 1 };
  expect(view.snapshot).toMatchObject(left);
  expect(view.lastEventAt).toBe(5_000);
  const right = { cashUsd: '9900', dayAnchorUsd: '9800', isPaused: false };
  const corrected = follow(view, event(6, 'trading.position-settled', { ...paid, ...right, corrects: true }));
  expect(corrected.snapshot).toMatchObject({ ...left, ...right });
});

test('warnings are kept by rule; those of the daily and the open loss end with the day', () => {
  const warn = (version: number, rule: string, percent: number) =>
    event(version, 'rules.limit-warned', { rule, percent });
  const view = after(state(), warn(5, 'daily_loss', 50), warn(6, 'daily_loss', 80), warn(7, 'max_drawdown', 50));
  expect(view.warned).toEqual({ daily_loss: 80, max_drawdown: 50 });
  const next = follow(view, event(8, 'assessment.day-opened', { day: '2026-03-02', dayAnchorUsd: '9900' }));
  expect(next.warned).toEqual({ daily_loss: 0, max_drawdown: 50, open_loss: 0 });
});

test('what only keeps count moves nothing else', () => {
  const view = after(state(), event(5, 'assessment.high-water-raised', { highWaterUsd: '10100', dayPeakUsd: '10100' }));
  expect(view.snapshot).toEqual(snapshot({ version: 5 }));
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
  for (let version = 5; version < 205; version++) view = follow(view, event(version, 'trading.order-placed'));
  expect(view.events).toHaveLength(100);
  expect(view.events[0]?.accountVersion).toBe(204);
});
