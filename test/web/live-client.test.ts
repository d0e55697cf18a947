import type { ServerMessage } from '../../contracts/ws/messages';
import { backoffMs, LiveClient, type LiveStatus, type Socket, type Understood } from '../../web/lib/live-client';
import { ACCOUNT, snapshot } from './account';
import { settled, Timers } from './timers';

class FakeSocket implements Socket {
  onmessage: Socket['onmessage'] = null;
  onclose: Socket['onclose'] = null;
  readonly sent: unknown[] = [];
  isClosed = false;

  send(text: string): void {
    this.sent.push(JSON.parse(text));
  }

  close(): void {
    this.isClosed = true;
  }

  receive(message: Partial<ServerMessage>): void {
    this.onmessage?.({ data: JSON.stringify(message) });
  }
}

const SILENCE_MS = 12_000;
const PING_MS = 5_000;
const SUBSCRIBED = [
  { op: 'subscribe-quotes', instruments: ['BTC-USD'] },
  { op: 'unsubscribe-account', accountId: ACCOUNT },
  { op: 'subscribe-account', accountId: ACCOUNT },
];

function started(tickets: readonly (string | undefined)[] = []) {
  const timers = new Timers();
  const sockets: FakeSocket[] = [];
  const seen: ServerMessage[] = [];
  const statuses: LiveStatus[] = [];
  const opened: string[] = [];
  const given = [...tickets];
  const client = new LiveClient<ServerMessage>({
    url: () => 'wss://desk.example/ws',
    ticket: async () => (given.length > 0 ? given.shift() : `ticket-${opened.length + 1}`),
    open: (url) => {
      opened.push(url.replace('wss://desk.example/ws?ticket=', ''));
      const socket = new FakeSocket();
      sockets.push(socket);
      return socket;
    },
    later: timers.later,
    random: () => 1,
    onMessage: (message) => seen.push(message),
    onStatus: (status) => statuses.push(status),
  });
  client.followQuotes(['BTC-USD']);
  client.followAccount(ACCOUNT);
  client.start();
  return { client, timers, sockets, seen, statuses, opened };
}

const socketAt = (sockets: readonly FakeSocket[], index: number): FakeSocket => {
  const socket = sockets[index];
  if (!socket) throw new Error(`no connection ${index} was opened`);
  return socket;
};

/** Goal: the desk stays connected without anybody's doing, and never misses a frame without noticing. */
test('it subscribes when it is welcome, not before', async () => {
  const { sockets, statuses } = started();
  await settled();
  const socket = socketAt(sockets, 0);
  expect(socket.sent).toEqual([]);
  socket.receive({ type: 'welcome', n: 1, connectionId: 'c' });
  expect(socket.sent).toEqual(SUBSCRIBED);
  expect(statuses).toEqual(['connecting', 'live']);
});

test('a lost connection is opened again with a new ticket, waiting longer each time', async () => {
  const { sockets, statuses, opened, timers } = started();
  await settled();
  socketAt(sockets, 0).receive({ type: 'welcome', n: 1, connectionId: 'c' });
  socketAt(sockets, 0).onclose?.({ code: 1006 });
  expect(statuses.at(-1)).toBe('reconnecting');
  timers.run(1_000);
  await settled();
  socketAt(sockets, 1).onclose?.({ code: 1006 });
  expect(timers.waits).toEqual([2_000]);
  timers.run(2_000);
  await settled();
  socketAt(sockets, 2).receive({ type: 'welcome', n: 1, connectionId: 'd' });
  expect(opened).toEqual(['ticket-1', 'ticket-2', 'ticket-3']);
  expect(socketAt(sockets, 2).sent).toEqual(SUBSCRIBED);
});

test('a connection that held makes the next wait short again', async () => {
  const { sockets, timers } = started();
  await settled();
  for (const [index, wait] of [
    [0, 1_000],
    [1, 2_000],
  ] as const) {
    socketAt(sockets, index).onclose?.({ code: 1006 });
    timers.run(wait);
    await settled();
  }
  socketAt(sockets, 2).receive({ type: 'welcome', n: 1, connectionId: 'c' });
  timers.run(10_000);
  socketAt(sockets, 2).onclose?.({ code: 1006 });
  expect(timers.waits).toEqual([1_000]);
});

test('no ticket, no connection: it asks again', async () => {
  const { sockets, timers } = started([undefined, 'late']);
  await settled();
  expect(sockets).toHaveLength(0);
  timers.run(1_000);
  await settled();
  expect(sockets).toHaveLength(1);
});

test('a missing frame makes it subscribe anew', async () => {
  const { sockets, seen } = started();
  await settled();
  const socket = socketAt(sockets, 0);
  socket.receive({ type: 'welcome', n: 1, connectionId: 'c' });
  socket.receive({ type: 'account-snapshot', n: 2, snapshot: snapshot() });
  expect(socket.sent).toHaveLength(3);
  socket.receive({ type: 'quotes', n: 4, quotes: [] });
  const { version: since } = snapshot();
  expect(socket.sent.slice(3)).toEqual([...SUBSCRIBED.slice(0, 2), { ...SUBSCRIBED[2], since }]);
  expect(seen.map(({ type }) => type)).toEqual(['account-snapshot', 'quotes']);
});

test('it comes back with the version that it has, and is not led past one that it missed', async () => {
  const { sockets, timers } = started();
  await settled();
  const socket = socketAt(sockets, 0);
  const event = (n: number, accountVersion: number) => ({
    type: 'account-event' as const,
    n,
    accountId: ACCOUNT,
    accountVersion,
  });
  socket.receive({ type: 'welcome', n: 1, connectionId: 'c' });
  socket.receive({ type: 'account-snapshot', n: 2, snapshot: { ...snapshot(), version: 4 } });
  for (const [n, version] of [5, 6, 8].entries()) socket.receive(event(n + 3, version));
  socket.onclose?.({ code: 1006 });
  timers.run(1_000);
  await settled();
  socketAt(sockets, 1).receive({ type: 'welcome', n: 1, connectionId: 'd' });
  expect(socketAt(sockets, 1).sent.at(-1)).toEqual({ op: 'subscribe-account', accountId: ACCOUNT, since: 6 });
});

test('an event is handed over once and in order; what was missed between is asked for once', async () => {
  const { sockets, seen } = started();
  await settled();
  const socket = socketAt(sockets, 0);
  socket.receive({ type: 'welcome', n: 1, connectionId: 'c' });
  socket.receive({ type: 'account-snapshot', n: 2, snapshot: { ...snapshot(), version: 4 } });
  const asked = socket.sent.length;
  for (const [n, accountVersion] of [5, 5, 7, 8].entries()) {
    socket.receive({ type: 'account-event', n: n + 3, accountId: ACCOUNT, accountVersion });
  }
  expect(socket.sent.slice(asked)).toEqual([SUBSCRIBED[1], { ...SUBSCRIBED[2], since: 5 }]);
  socket.receive({ type: 'account-resumed', n: 7, accountId: ACCOUNT, since: 5, version: 8 });
  for (const [n, accountVersion] of [6, 7, 8].entries()) {
    socket.receive({ type: 'account-event', n: n + 8, accountId: ACCOUNT, accountVersion });
  }
  const told = seen.flatMap((message) => (message.type === 'account-event' ? [message.accountVersion] : []));
  expect(told).toEqual([5, 6, 7, 8]);
});

test('who had too many connections does not come back at once', async () => {
  const { sockets, timers } = started();
  await settled();
  socketAt(sockets, 0).onclose?.({ code: 4429 });
  expect(timers.waits).toEqual([16_000]);
});

test.each`
  attempt | random | waitMs
  ${0}    | ${1}   | ${1_000}
  ${0}    | ${0}   | ${0}
  ${3}    | ${0.5} | ${4_000}
  ${99}   | ${1}   | ${30_000}
`('attempt $attempt at chance $random waits $waitMs ms: any time up to a bound that doubles', (row) => {
  expect(backoffMs(row.attempt, row.random)).toBe(row.waitMs);
});

test('what the client understands is what the contract says', () => {
  const understood = (message: Extract<ServerMessage, { type: Understood['type'] }>): Understood => message;
  expect(understood({ type: 'closing', n: 1, reconnectInMs: 2 })).toEqual({ type: 'closing', n: 1, reconnectInMs: 2 });
});

test('an account that is known already is not told again; one that does not add up is told whole', async () => {
  const { client, sockets } = started();
  client.followAccount(ACCOUNT, 7);
  await settled();
  const socket = socketAt(sockets, 0);
  socket.receive({ type: 'welcome', n: 1, connectionId: 'c' });
  client.refollowAccount(ACCOUNT);
  const asked = socket.sent.filter((sent) => (sent as { op: string }).op === 'subscribe-account');
  expect(asked).toEqual([{ op: 'subscribe-account', accountId: ACCOUNT, since: 7 }, SUBSCRIBED[2]]);
});

test('leaderboards are followed again on each connection, until they are left', async () => {
  const { client, sockets, timers } = started();
  const [march, april] = ['2026-03', '2026-04'].map((month) => ({ tier: 'sprint-10k', month })) as [never, never];
  client.followLeaderboard(march);
  await settled();
  const socket = socketAt(sockets, 0);
  socket.receive({ type: 'welcome', n: 1, connectionId: 'c' });
  client.followLeaderboard(april);
  client.unfollowLeaderboard(march);
  const said = socket.sent.filter((sent) => String((sent as { op: string }).op).endsWith('leaderboard'));
  expect(said).toEqual([
    { op: 'subscribe-leaderboard', tier: 'sprint-10k', month: '2026-03' },
    { op: 'subscribe-leaderboard', tier: 'sprint-10k', month: '2026-04' },
    { op: 'unsubscribe-leaderboard', tier: 'sprint-10k', month: '2026-03' },
  ]);
  socket.onclose?.({ code: 1006 });
  timers.run(1_000);
  await settled();
  socketAt(sockets, 1).receive({ type: 'welcome', n: 1, connectionId: 'd' });
  expect(socketAt(sockets, 1).sent.at(-1)).toEqual(said[1]);
});

test('a server that goes says when to come back', async () => {
  const { sockets, timers } = started();
  await settled();
  socketAt(sockets, 0).receive({ type: 'welcome', n: 1, connectionId: 'c' });
  socketAt(sockets, 0).receive({ type: 'closing', n: 2, reconnectInMs: 1_234 });
  socketAt(sockets, 0).onclose?.({ code: 1001 });
  expect(timers.waits).toEqual([1_234]);
});

test('silence is a dead connection, and pings keep a quiet one alive', async () => {
  const { sockets, timers, statuses } = started();
  await settled();
  const socket = socketAt(sockets, 0);
  socket.receive({ type: 'welcome', n: 1, connectionId: 'c' });
  timers.run(PING_MS);
  expect(socket.sent.at(-1)).toEqual({ op: 'ping', id: 1 });
  timers.run(SILENCE_MS);
  expect(socket.isClosed).toBe(true);
  expect(statuses.at(-1)).toBe('reconnecting');
});

test('a line that talks is not asked whether it lives; an answer to the question counts', async () => {
  const { sockets, timers, statuses } = started();
  await settled();
  const socket = socketAt(sockets, 0);
  socket.receive({ type: 'welcome', n: 1, connectionId: 'c' });
  for (let n = 2; n < 5; n++) socket.receive({ type: 'quotes', n, quotes: [] });
  expect(timers.waits).toEqual([PING_MS, 10_000, SILENCE_MS]);
  timers.run(PING_MS);
  socket.receive({ type: 'pong', n: 5, id: 1 });
  expect(timers.waits).toEqual([PING_MS, 10_000, SILENCE_MS]);
  expect(statuses.at(-1)).toBe('live');
});

test('a ticket that comes after a restart opens no second connection', async () => {
  const { client, sockets } = started();
  client.stop();
  client.start();
  await settled();
  expect(sockets).toHaveLength(1);
});

test('once stopped it stays quiet', async () => {
  const { client, sockets, timers, statuses } = started();
  await settled();
  socketAt(sockets, 0).receive({ type: 'welcome', n: 1, connectionId: 'c' });
  client.stop();
  expect([socketAt(sockets, 0).isClosed, timers.waits, statuses.at(-1)]).toEqual([true, [], 'stopped']);
});
