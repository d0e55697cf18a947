import { networkOf, Registration } from '../../../engines/gateway/registration';
import { accountOf, follow, sessionOf, userOf, World } from './gateway-harness';

const ROUNDS = 10;

/** Goal: an operator sees who is connected where, and what that costs does not grow with messages. */
test('a connection is listed from the next round on, with what it follows, and gone after it left', async () => {
  const world = new World();
  world.versions.set(accountOf(1), 3);
  const { connection } = await world.connect(1, { address: '203.0.113.7' });
  await world.say(connection, follow(1));
  world.now += 1_000;
  await world.gateway.keepRegistered();
  expect(await world.registry.pods()).toEqual([{ pod: 'pod-1', since: world.now - 1_000, connections: 1 }]);
  expect(await world.registry.of('pod-1')).toEqual([
    {
      connectionId: 'connection-1',
      userId: userOf(1),
      sessionId: sessionOf(1),
      network: '203.0.113.0/24',
      connectedAt: world.now - 1_000,
      accounts: 1,
      instruments: 0,
      framesSent: 2,
      unreadBytes: 0,
      toldAt: world.now,
    },
  ]);
  world.gateway.closed(connection, 1000);
  await world.gateway.keepRegistered();
  expect(await world.registry.pods()).toMatchObject([{ connections: 0 }]);
  await world.gateway.closeAll();
  expect(await world.registry.pods()).toEqual([]);
});

test('each row is told once in ten rounds, a tenth of them in each', async () => {
  const world = new World();
  for (let n = 1; n <= 20; n++) await world.connect(n);
  await world.gateway.keepRegistered();
  for (let round = 0; round < ROUNDS; round++) await world.gateway.keepRegistered();
  expect(world.registry.told.map(({ rows }) => rows.length)).toEqual([20, ...Array(ROUNDS).fill(2)]);
  const later = world.registry.told.slice(1).flatMap(({ rows }) => rows.map(({ connectionId }) => connectionId));
  expect(new Set(later).size).toBe(20);
});

test('a registry that was lost is told all of them again', async () => {
  const world = new World();
  for (let n = 1; n <= 20; n++) await world.connect(n);
  await world.gateway.keepRegistered();
  world.registry.lose();
  await world.gateway.keepRegistered();
  await world.gateway.keepRegistered();
  expect(await world.registry.pods()).toMatchObject([{ connections: 20 }]);
});

test('what could not be told is told in the next round, those who left meanwhile too', async () => {
  const world = new World();
  const { connection } = await world.connect(1);
  await world.gateway.keepRegistered();
  world.gateway.closed(connection, 1000);
  await world.connect(2);
  const { tell } = world.registry;
  world.registry.tell = async () => {
    throw new Error('Redis is away');
  };
  await expect(world.gateway.keepRegistered()).rejects.toThrow('Redis is away');
  world.registry.tell = tell;
  await world.gateway.keepRegistered();
  expect((await world.registry.of('pod-1')).map(({ connectionId }) => connectionId)).toEqual(['connection-2']);
});

test('after the end nothing is listed again by a round that was under way', async () => {
  const world = new World();
  const registration = new Registration({ registry: world.registry, pod: 'pod-2', now: () => 1 as never });
  await registration.leave();
  await registration.keep(new Map());
  expect(await world.registry.pods()).toEqual([]);
});

test.each`
  address                   | network
  ${'203.0.113.7'}          | ${'203.0.113.0/24'}
  ${'2001:db8:1:2::/64'}    | ${'2001:db8:1::/48'}
  ${'no address of a kind'} | ${'unknown'}
`('of $address no more than $network is kept', ({ address, network }) => {
  expect(networkOf(address)).toBe(network);
});
