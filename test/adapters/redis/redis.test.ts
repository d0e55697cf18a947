import { randomUUID } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import { createServer, type Server } from 'node:net';
import type { Redis } from 'ioredis';
import { connectRedis } from '../../../adapters/redis/connection';
import { makeBookStore } from '../../../adapters/redis/market-store';
import { makeMarks } from '../../../adapters/redis/marks';
import { makeRateLimiter } from '../../../adapters/redis/rate-limiter';
import { RedisUnavailable } from '../../../adapters/redis/redis-errors';
import { makeSecondCandles } from '../../../adapters/redis/second-candles';
import { hearEndedSessions, makeSessionCache } from '../../../adapters/redis/sessions/session-cache';
import { makeTickets, TICKETS_MAX } from '../../../adapters/redis/sessions/tickets';
import { type AccountId, type InstrumentId, idOf, type SessionId, type UserId } from '../../../domain/kernel/ids';
import { instant } from '../../../domain/kernel/instant';
import { price, usd } from '../../../domain/kernel/money';
import type { AccountMark } from '../../../usecases/ports/accounts/account-marks';
import { services } from '../../services/services';

let redis: Redis;
beforeAll(() => {
  redis = connectRedis({ host: '127.0.0.1', port: services().redisPort, tls: false }, 'test');
});
afterAll(() => redis.disconnect());

describe('marks', () => {
  const mark = (accountId: AccountId): AccountMark => ({
    accountId,
    equityUsd: usd(-9_007_199_254_740_993n),
    worstUsd: usd(-9_007_199_254_740_995n),
    bestUsd: usd(2n),
    unpriced: [
      {
        instrument: idOf('PM-rain-YES'),
        worstUsd: usd(0n),
        expectedUsd: usd(4n),
        bestUsd: usd(5n),
        lastPrice: price(80_000_000n),
        lastAt: instant(3),
      },
      {
        instrument: idOf('X-USD'),
        worstUsd: usd(0n),
        expectedUsd: usd(4n),
        bestUsd: usd(5n),
        lastPrice: null,
        lastAt: null,
      },
    ],
    inDoubt: 'daily_loss',
    balanceUsd: usd(1n),
    rooms: [
      {
        rule: 'daily_loss',
        limitUsd: usd(3n),
        usedUsd: usd(2n),
        roomUsd: usd(1n),
        floorUsd: usd(-4n),
        leftUsd: usd(-1n),
      },
      {
        rule: 'risk_per_trade',
        limitUsd: usd(3n),
        usedUsd: usd(0n),
        roomUsd: usd(3n),
        floorUsd: null,
        leftUsd: usd(2n),
      },
    ],
    waysOut: {
      positions: [
        {
          instrument: idOf('BTC-USD'),
          feeUsd: usd(2n),
          netUsd: usd(-3n),
          breakEvenPrice: price(5n),
          breach: 'daily_loss',
          pause: null,
          passes: false,
        },
      ],
      all: { feeUsd: usd(2n), netUsd: usd(-3n), breach: null, pause: 'daily_loss', passes: false },
    },
    deadlines: [
      { rule: 'inactivity', dueAt: instant(1_764_000_000_001) },
      { rule: 'stop_missing', dueAt: instant(1_764_000_000_002), instrument: idOf('BTC-USD') },
    ],
    gates: [{ gate: 'target_usd', have: -907_199_254_740_993n, need: 5n, isMet: false }],
    at: instant(1_764_000_000_000),
  });

  test('reach who listens until he has enough', async () => {
    const marks = makeMarks(redis);
    const got: AccountMark[] = [];
    const end = await marks.subscribe((each) => got.push(each));
    const account = idOf<AccountId>(randomUUID());
    await marks.publish(mark(account));
    await until(() => got.length > 0);
    expect(got).toEqual([mark(account)]);
    await end();
    await marks.publish(mark(account));
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(got).toHaveLength(1);
  });

  test('an account is watched until nobody has said so for a while', async () => {
    const marks = makeMarks(redis);
    const [one, two] = [idOf<AccountId>(randomUUID()), idOf<AccountId>(randomUUID())];
    await marks.watch([one, two]);
    await marks.watch([]);
    expect([...(await marks.watched())]).toEqual(expect.arrayContaining([one, two]));
    await redis.zadd('accounts:watched', Date.now() - 1, one);
    const watched = await marks.watched();
    expect([watched.has(one), watched.has(two)]).toEqual([false, true]);
  });
});

describe('tickets', () => {
  const caller = {
    userId: idOf<UserId>(randomUUID()),
    sessionId: idOf<SessionId>(randomUUID()),
    roles: ['trader'],
  } as const;

  test('admit once, also when twenty try at once', async () => {
    const tickets = makeTickets(redis);
    const ticket = (await tickets.issue(caller)) ?? '';
    const found = await Promise.all(Array.from({ length: 20 }, () => tickets.redeem(ticket)));
    expect(found.filter(Boolean)).toEqual([caller]);
    expect(await tickets.redeem('made up')).toBeUndefined();
  });

  test('cannot be read from the keys, and run out', async () => {
    const ticket = (await makeTickets(redis).issue(caller)) ?? '';
    const keys = await redis.keys('ticket:*');
    expect(keys.some((key) => key.includes(ticket))).toBe(false);
    const lifetimes = await Promise.all(keys.map((key) => redis.ttl(key)));
    expect(lifetimes.every((seconds) => seconds > 0 && seconds <= 30)).toBe(true);
  });

  test('so many of a person may be out; one that was used makes room for another', async () => {
    const tickets = makeTickets(redis);
    const hoarder = { ...caller, userId: idOf<UserId>(randomUUID()) };
    const issued = await Promise.all(Array.from({ length: TICKETS_MAX + 5 }, () => tickets.issue(hoarder)));
    expect(issued.filter((ticket) => ticket !== undefined)).toHaveLength(TICKETS_MAX);
    expect(await tickets.issue({ ...caller, userId: idOf<UserId>(randomUUID()) })).toBeDefined();
    await tickets.redeem(issued.find((ticket) => ticket !== undefined) ?? '');
    expect(await tickets.issue(hoarder)).toBeDefined();
    expect(await tickets.issue(hoarder)).toBeUndefined();
    expect(await redis.ttl(`tickets:${hoarder.userId}`)).toBeGreaterThan(0);
  });
});

describe('limits', () => {
  const limit = { name: 'test', max: 3, windowMs: 400 };

  test('let through as many as they say, then say how long to wait, then begin anew', async () => {
    const limiter = makeRateLimiter(redis);
    const subject = randomUUID();
    const taken = await Promise.all(Array.from({ length: 10 }, () => limiter.take(limit, subject)));
    expect(taken.filter(({ allowed }) => allowed)).toHaveLength(3);
    const refused = await limiter.take(limit, subject);
    expect(refused).toEqual({ allowed: false, retryAfterMs: expect.any(Number) });
    expect(await limiter.take(limit, randomUUID())).toEqual({ allowed: true });
    await until(async () => (await limiter.take(limit, subject)).allowed);
  });

  test('can be forgiven; keys do not show whom they count', async () => {
    const limiter = makeRateLimiter(redis);
    const subject = `${randomUUID()}@example.com`;
    for (let n = 0; n < 3; n++) await limiter.take(limit, subject);
    expect((await redis.keys('limit:*')).some((key) => key.includes('example'))).toBe(false);
    await limiter.forget(limit, subject);
    expect((await limiter.take(limit, subject)).allowed).toBe(true);
  });
});

describe('sessions', () => {
  const session = { userId: idOf<UserId>(randomUUID()), roles: ['trader'], expiresAt: instant(1) } as const;

  test('an ended one cannot be brought back by a copy that was read before', async () => {
    const cache = makeSessionCache(redis);
    const id = idOf<SessionId>(randomUUID());
    expect(await cache.find(id)).toBeUndefined();
    await cache.end([id]);
    await cache.keep(id, session);
    expect(await cache.find(id)).toBe('ended');
  });

  test('whoever listens hears at once which have ended', async () => {
    const heard: (readonly SessionId[])[] = [];
    const stop = await hearEndedSessions(redis, (ids) => heard.push(ids));
    const ids = [idOf<SessionId>(randomUUID()), idOf<SessionId>(randomUUID())];
    await makeSessionCache(redis).end(ids);
    await until(() => heard.length > 0);
    expect(heard).toEqual([ids]);
    await stop();
  });

  test('is kept for a minute at most, and forgotten on demand', async () => {
    const cache = makeSessionCache(redis);
    const id = idOf<SessionId>(randomUUID());
    await cache.keep(id, session);
    expect(await cache.find(id)).toEqual(session);
    expect(await redis.ttl(`session:${id}`)).toBeLessThanOrEqual(60);
    await cache.forget([id]);
    expect(await cache.find(id)).toBeUndefined();
  });
});

describe('when the server does not answer', () => {
  let server: Server;
  let silent: Redis;
  beforeAll(async () => {
    // Takes connections and says nothing: worse than being away.
    server = createServer(() => undefined);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    silent = connectRedis({ host: '127.0.0.1', port: (server.address() as AddressInfo).port, tls: false }, 'test');
  });
  afterAll(() => {
    silent.disconnect();
    server.close();
  });

  test('nothing hangs: a command fails within a second, and the cache knows nothing', async () => {
    const began = performance.now();
    const asked = makeRateLimiter(silent).take({ name: 'test', max: 1, windowMs: 1_000 }, 'x');
    await expect(asked).rejects.toBeInstanceOf(RedisUnavailable);
    expect(performance.now() - began).toBeLessThan(1_000);
    const cache = makeSessionCache(silent);
    const id = idOf<SessionId>(randomUUID());
    await cache.end([id]);
    expect(await cache.find(id)).toBeUndefined();
  });

  test('what the server itself refuses is not an outage', async () => {
    const id = randomUUID();
    await redis.set(`ticket:${id}`, 'x');
    await redis.lpush(`book:${id}`, 'x');
    await expect(makeBookStore(redis).current([idOf<InstrumentId>(id)], 'kraken')).resolves.toEqual(new Map());
    await redis.set(`candles-1s:${id}`, 'x');
    const range = { from: instant(0), to: instant(1) };
    const asked = makeSecondCandles(redis).newest({ instrument: idOf(id), resolution: '1s' }, range, 1);
    await expect(asked).rejects.toThrow(/WRONGTYPE/);
  });
});

async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  const deadline = performance.now() + 5_000;
  while (!(await holds())) {
    if (performance.now() > deadline) throw new Error('waited in vain');
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
