import type { ServerMessage } from '../../contracts/ws/messages';
import { type AccountEvent, type AccountView, follow, noAccount } from '../../web/lib/account-feed';
import { ACCOUNT, position, snapshot } from './account';

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
    instrument: 'BTC-USD',
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

test('a day opens with its anchor', () => {
  const view = after(state(), event(5, 'assessment.day-opened', { day: '2026-03-02', dayAnchorUsd: '9900' }));
  expect(view.snapshot).toMatchObject({ day: '2026-03-02', dayAnchorUsd: '9900' });
});

test('failing names the rule and stops the marks; the report follows', () => {
  const failed = after(
    state(),
    event(5, 'rules.violation-detected'),
    event(6, 'assessment.abandoned', { breach: 'daily_loss', violationId: 'v', equityUsd: '9490' }),
  );
  expect(failed).toMatchObject({
    snapshot: { status: 'failed', version: 6 },
    breach: { rule: 'daily_loss', violationId: 'v' },
    finalUsd: '9490',
    reportId: undefined,
  });
  const mark = { accountId: ACCOUNT, equityUsd: '1', balanceUsd: '1', rooms: [], at: 9 };
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
