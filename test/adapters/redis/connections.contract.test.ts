import { randomUUID } from 'node:crypto';
import type { Redis } from 'ioredis';
import { connectRedis } from '../../../adapters/redis/connection';
import { makeConnectionList, makeConnectionRegistry } from '../../../adapters/redis/sessions/connection-registry';
import { idOf } from '../../../domain/kernel/ids';
import { instant } from '../../../domain/kernel/instant';
import {
  type ConnectionList,
  type ConnectionRegistry,
  type ListedConnection,
  REGISTERED_MS,
} from '../../../usecases/ports/gateway/connection-registry';
import { MemoryConnections } from '../../fakes/memory-connections';
import { services } from '../../services/services';

let redis: Redis;
beforeAll(() => {
  redis = connectRedis({ host: '127.0.0.1', port: services().redisPort, tls: false }, 'connections');
});
afterAll(() => redis.disconnect());

const memory = new MemoryConnections();
const SINCE = instant(1_764_000_000_000);
const rowOf = (connectionId: string): ListedConnection => ({
  connectionId,
  userId: idOf(randomUUID()),
  sessionId: idOf(randomUUID()),
  network: '203.0.113.0/24',
  connectedAt: SINCE,
  accounts: 1,
  instruments: 20,
  framesSent: 4_000,
  unreadBytes: 0,
  toldAt: SINCE,
});

/** Goal: the list is what the gateways said of late, whole, and never what a dead one said. */
describe.each<[string, () => ConnectionRegistry & ConnectionList]>([
  ['in Redis', () => ({ ...makeConnectionRegistry(redis), ...makeConnectionList(redis) })],
  ['in memory', () => memory],
])('connections %s', (_, open) => {
  test('rows are added, replaced and taken away, and the answer says how many are known', async () => {
    const [list, pod] = [open(), randomUUID()];
    const [first, second] = [rowOf('a'), rowOf('b')];
    expect(await list.tell({ pod, since: SINCE, rows: [second, first], gone: [] })).toBe(2);
    expect(await list.of(pod)).toEqual([first, second]);
    const changed = { ...second, framesSent: 9_000 };
    expect(await list.tell({ pod, since: SINCE, rows: [changed], gone: ['a', 'never there'] })).toBe(1);
    expect(await list.of(pod)).toEqual([changed]);
    expect(await list.pods()).toContainEqual({ pod, since: SINCE, connections: 1 });
  });

  test('a process that nobody is connected to is there, until it leaves', async () => {
    const [list, pod] = [open(), randomUUID()];
    await list.tell({ pod, since: SINCE, rows: [], gone: [] });
    expect(await list.pods()).toContainEqual({ pod, since: SINCE, connections: 0 });
    await list.leave(pod);
    expect((await list.pods()).map((one) => one.pod)).not.toContain(pod);
    expect(await list.of(pod)).toEqual([]);
  });
});

test('five thousand connections are told, and read, in a fraction of a second', async () => {
  const [registry, pod] = [makeConnectionRegistry(redis), randomUUID()];
  const rows = Array.from({ length: 5_000 }, (_, at) => rowOf(`c-${String(at).padStart(5, '0')}`));
  const begin = performance.now();
  expect(await registry.tell({ pod, since: SINCE, rows, gone: [] })).toBe(5_000);
  expect(await makeConnectionList(redis).of(pod)).toEqual(rows);
  expect(performance.now() - begin).toBeLessThan(3_000);
  await registry.leave(pod);
});

test('a process that says no more is forgotten by itself', async () => {
  const [registry, list, pod] = [makeConnectionRegistry(redis), makeConnectionList(redis), randomUUID()];
  await registry.tell({ pod, since: SINCE, rows: [rowOf('a')], gone: [] });
  const left = await redis.pttl(`gateway:${pod}`);
  expect([left > 0, left <= REGISTERED_MS]).toEqual([true, true]);
  // Its time runs out.
  await redis.pexpire(`gateway:${pod}`, 1);
  while ((await redis.exists(`gateway:${pod}`)) === 1);
  expect((await list.pods()).map((one) => one.pod)).not.toContain(pod);
  expect(await redis.sismember('gateways', pod)).toBe(0);
});
