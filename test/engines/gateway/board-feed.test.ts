import { ppm } from '../../../domain/kernel/money';
import { accountEvent, accountOf, World } from './gateway-harness';

const lineOf = (row: string, rank: number) => ({
  row,
  rank,
  name: 'J••• D.',
  returned: ppm(42_500n),
  status: 'active' as const,
  tradesClosed: 5,
  phase: 1,
  phases: 1,
  attempt: 1,
  attempts: 2,
});
const FOLLOW = { op: 'subscribe-leaderboard', tier: 'sprint-10k' };
const UNFOLLOW = { ...FOLLOW, op: 'unsubscribe-leaderboard' };

/** Goal: a leaderboard is told at once, then when it has changed, and to nobody who does not follow it. */
test('the board comes at once, again when it has changed, and not when it has not', async () => {
  const world = new World();
  const { socket, connection } = await world.connect();
  const other = await world.connect(2);
  world.lines.set('2026-03', [lineOf('a', 1)]);
  await world.say(connection, FOLLOW);
  expect(socket.ofType('leaderboard')).toEqual([
    {
      type: 'leaderboard',
      n: 2,
      tier: 'sprint-10k',
      month: '2026-03',
      isWhole: true,
      total: 1,
      next: null,
      lines: [{ ...lineOf('a', 1), returned: '0.0425' }],
    },
  ]);
  await world.gateway.keepBoards();
  expect(socket.ofType('leaderboard')).toHaveLength(1);
  world.ranks = () => void world.lines.set('2026-03', [lineOf('b', 1), lineOf('a', 1)]);
  await world.gateway.keepBoards();
  expect(socket.ofType('leaderboard').map(({ total }) => total)).toEqual([1, 2]);
  await world.say(connection, UNFOLLOW);
  world.ranks = () => void world.lines.set('2026-03', []);
  await world.gateway.keepBoards();
  expect([socket.ofType('leaderboard').length, other.socket.ofType('leaderboard').length]).toEqual([2, 0]);
});

test('who follows later is told the present, and nobody else is told it again', async () => {
  const world = new World();
  const [first, second] = [await world.connect(1), await world.connect(2)];
  await world.say(first.connection, FOLLOW);
  await world.gateway.keepBoards();
  await world.say(second.connection, FOLLOW);
  await world.gateway.keepBoards();
  expect([first, second].map(({ socket }) => socket.ofType('leaderboard').length)).toEqual([1, 1]);
  world.gateway.closed(first.connection, 1000);
  world.lines.set('2026-03', [lineOf('a', 1)]);
  await world.gateway.keepBoards();
  expect([first, second].map(({ socket }) => socket.ofType('leaderboard').length)).toEqual([1, 2]);
});

test.each`
  message                                | refusal                  | field
  ${{ ...FOLLOW, tier: 'no-such-tier' }} | ${'leaderboard_unknown'} | ${'tier'}
  ${{ ...FOLLOW, tier: 'A TIER' }}       | ${'invalid_request'}     | ${'tier'}
  ${{ ...FOLLOW, month: '2026-13' }}     | ${'invalid_request'}     | ${'month'}
`('$message is refused as $refusal', async ({ message, refusal, field }) => {
  const world = new World();
  const { socket, connection } = await world.connect();
  await world.say(connection, message);
  expect(socket.ofType('error')).toMatchObject([{ refusal, field }]);
});

test('a connection follows five boards and no more', async () => {
  const world = new World();
  const { socket, connection } = await world.connect();
  for (let month = 1; month <= 6; month++) await world.say(connection, { ...FOLLOW, month: `2026-0${month}` });
  expect(socket.ofType('leaderboard').map(({ month }) => month)).toEqual([1, 2, 3, 4, 5].map((n) => `2026-0${n}`));
  expect(socket.ofType('error')).toMatchObject([{ refusal: 'too_many_subscriptions', field: 'tier' }]);
});

test('accounts of which something became true that may change a place are named once a round', async () => {
  const world = new World();
  const filled = (n: number, version: number) => ({
    ...accountEvent(n, version),
    type: 'trading.order-filled' as never,
  });
  for (const event of [filled(1, 2), filled(1, 3), filled(2, 2), accountEvent(3, 2)])
    world.gateway.onEvent(event as never);
  await world.gateway.keepBoards();
  await world.gateway.keepBoards();
  expect(world.touched).toEqual([accountOf(1), accountOf(2)]);
});
