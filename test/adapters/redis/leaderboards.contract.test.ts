import { randomUUID } from 'node:crypto';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Redis } from 'ioredis';
import { makeLeaderboards } from '../../../adapters/redis/boards/leaderboards';
import { makeTouchedAccounts } from '../../../adapters/redis/boards/touched-accounts';
import { connectRedis } from '../../../adapters/redis/connection';
import { type AccountId, idOf, type UserId } from '../../../domain/kernel/ids';
import { ppm } from '../../../domain/kernel/money';
import type { Month } from '../../../domain/kernel/month';
import { installTools } from '../../../local/install/tools';
import { type RedisServer, startRedis } from '../../../local/services/redis';
import type { Board, BoardLine, Leaderboards, TouchedAccounts } from '../../../usecases/ports/assessments/leaderboards';
import { MemoryLeaderboards } from '../../fakes/memory-leaderboards';
import { freePort } from '../../fixtures/free-port';

// A server of its own: what is lost here must be nobody else's.
let server: RedisServer;
let redis: Redis;
beforeAll(async () => {
  const { redisBinary: binary } = await installTools(resolve(__dirname, '../../..'), () => undefined);
  const dir = mkdtempSync(join(tmpdir(), 'leaderboards-'));
  server = await startRedis({ binary, dir, port: await freePort() });
  redis = connectRedis({ host: '127.0.0.1', port: server.port, tls: false }, 'leaderboards');
});
afterAll(async () => {
  redis.disconnect();
  await server.stop();
});

const memory = new MemoryLeaderboards();
const MONTH = '2026-03' as Month;
const user = () => idOf<UserId>(randomUUID());
const board = (): Board => ({ tier: `tier-${randomUUID()}`, month: MONTH });
const line = (name: string, returned: number): BoardLine => ({
  name,
  returned: ppm(BigInt(returned)),
  status: 'active',
  tradesClosed: 5,
  phase: 1,
  phases: 1,
  attempt: 1,
  attempts: 1,
});

/** Goal: ranks, ties and pages are exact, a person has one line, and no line tells whose it is. */
describe.each<[string, () => Leaderboards & TouchedAccounts]>([
  ['in Redis', () => ({ ...makeLeaderboards(redis), ...makeTouchedAccounts(redis) })],
  ['in memory', () => memory],
])('leaderboards %s', (_, open) => {
  const filled = async (returns: readonly number[]) => {
    const [boards, of, people] = [open(), board(), returns.map(user)];
    for (const [at, returned] of returns.entries()) {
      await boards.put(of, people[at] as UserId, line(`P${at}`, returned));
    }
    return { boards, of, people };
  };
  const told = (lines: readonly { readonly rank: number; readonly returned: bigint }[]) =>
    lines.map(({ rank, returned }) => `${rank}: ${returned}`);

  test('the highest return first; equals share a rank, and the next is left out for it', async () => {
    const { boards, of } = await filled([10, 40, 40, 25, 40, 10, 7]);
    const { lines, total, next } = await boards.page(of, undefined, 50);
    expect(told(lines)).toEqual(['1: 40', '1: 40', '1: 40', '4: 25', '5: 10', '5: 10', '7: 7']);
    expect([total, next]).toEqual([7, null]);
  });

  test.each([1, 2, 3, 4, 7, 8])('in pages of %i everybody comes once, with the rank of the whole', async (limit) => {
    const { boards, of } = await filled([10, 40, 40, 25, 40, 10, 7]);
    const whole = await boards.page(of, undefined, 50);
    const lines: unknown[] = [];
    for (let after: string | undefined | null; after !== null; ) {
      const page = await boards.page(of, after, limit);
      lines.push(...page.lines);
      after = page.next;
    }
    expect(lines).toEqual(whole.lines);
  });

  test('a page that comes after somebody who has gone begins with the next lower return', async () => {
    const { boards, of, people } = await filled([50, 40, 30, 20]);
    const { next } = await boards.page(of, undefined, 2);
    await boards.put(of, people[1] as UserId, undefined);
    const { lines } = await boards.page(of, next ?? '', 2);
    expect(told(lines)).toEqual(['2: 30', '3: 20']);
  });

  test('a person has one line, which is replaced and taken off', async () => {
    const { boards, of, people } = await filled([50, 40]);
    const [first, second] = people as [UserId, UserId];
    const before = await boards.own(of, second);
    await boards.put(of, second, line('Renamed', 60));
    const own = await boards.own(of, second);
    expect(own).toEqual({ ...line('Renamed', 60), rank: 1, row: before?.row });
    expect((await boards.page(of, undefined, 9)).lines[0]).toEqual(own);
    expect((await boards.own(of, first))?.rank).toBe(2);
    await boards.put(of, second, undefined);
    expect(await boards.own(of, second)).toBeUndefined();
    expect((await boards.page(of, undefined, 9)).total).toBe(1);
  });

  test('a board that nobody is on is empty, and what is no place is the beginning', async () => {
    const { boards, of } = await filled([5]);
    expect(await boards.page(board(), undefined, 9)).toEqual({ lines: [], total: 0, next: null });
    if (boards === memory) return;
    expect(told((await boards.page(of, 'nonsense', 9)).lines)).toEqual(['1: 5']);
  });

  test('how far a month is built is remembered, and beginning anew empties its boards', async () => {
    const month = `20${10 + Math.floor(Math.random() * 80)}-05` as Month;
    const [boards, of, whom] = [open(), { tier: 'sprint-10k', month }, user()];
    await boards.begin(month);
    expect(await boards.building(month)).toEqual({ after: undefined });
    await boards.put(of, whom, line('P', 5));
    await boards.built(month, whom);
    expect(await boards.building(month)).toEqual({ after: whom });
    await boards.built(month, 'whole');
    expect(await boards.building(month)).toBe('whole');
    await boards.begin(month);
    expect(await boards.building(month)).toEqual({ after: undefined });
    expect((await boards.page(of, undefined, 9)).total).toBe(0);
  });

  test('an account that was touched is taken by one', async () => {
    const boards = open();
    await boards.take(1_000);
    const ids = [randomUUID(), randomUUID(), randomUUID()].map((id) => idOf<AccountId>(id));
    await boards.touch(ids);
    await boards.touch(ids.slice(1));
    const taken = [...(await boards.take(2)), ...(await boards.take(2)), ...(await boards.take(2))];
    expect([...taken].sort()).toEqual([...ids].sort());
  });
});

test('what stands in Redis names nobody, and a line under a salt that was lost cannot come back', async () => {
  const [boards, of, whom] = [makeLeaderboards(redis), board(), user()];
  await boards.put(of, whom, line('J••• D.', 5));
  const [key, lines] = [`leaderboard:${of.month}:${of.tier}`, `leaderboard:${of.month}:${of.tier}:lines`];
  const stored = JSON.stringify([await redis.zrevrange(key, 0, 99), await redis.hgetall(lines)]);
  expect(stored).not.toContain(whom);
  // The server forgets everything of this board just before a line is written under its old name.
  const get = redis.get.bind(redis);
  let forgets = true;
  const forgetful = Object.assign(Object.create(redis), {
    get: async (name: string) => {
      const salt = await get(name);
      if (forgets) await redis.del(name, key, lines);
      forgets = false;
      return salt;
    },
  });
  await makeLeaderboards(forgetful).put(of, whom, line('J••• D.', 6));
  expect((await boards.page(of, undefined, 9)).total).toBe(1);
  expect((await boards.own(of, whom))?.returned).toBe(6n);
});
