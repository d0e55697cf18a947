import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Redis } from 'ioredis';
import { connectRedis } from '../../../adapters/redis/connection';
import { makeLevelKeeper, makeTakenLiquidity } from '../../../adapters/redis/taken-liquidity';
import { type InstrumentId, idOf, type OrderId, type UserId } from '../../../domain/kernel/ids';
import { instant } from '../../../domain/kernel/instant';
import { qty } from '../../../domain/kernel/money';
import { VOLUME_WINDOW_MS } from '../../../domain/market/taken';
import type {
  LevelKeeper,
  PastTaking,
  TakenLiquidity,
  Taking,
} from '../../../usecases/ports/market-data/taken-liquidity';
import { MemoryTaken } from '../../fakes/memory-taken';
import { services } from '../../services/services';

let redis: Redis;
beforeAll(() => {
  redis = connectRedis({ host: '127.0.0.1', port: services().redisPort, tls: false }, 'taken');
});
afterAll(() => redis.disconnect());

const GONE_AFTER_MS = 40;

type Kept = TakenLiquidity & LevelKeeper;
const inMemory = new MemoryTaken(Date.now, GONE_AFTER_MS);
const inRedis = (): Kept => ({
  ...makeTakenLiquidity(redis, async () => []),
  ...makeLevelKeeper(redis, GONE_AFTER_MS),
});

const person = () => idOf<UserId>(randomUUID());
const market = () => idOf<InstrumentId>(`PM-${randomUUID()}-YES`);
const KEY = 'asks 61000000';

type Wish = { readonly all?: bigint | null; readonly revision?: number; readonly trades?: Taking['trades'] };

const taking = (
  instrument: InstrumentId,
  amount: bigint,
  { all = null, revision = 0, trades = [] }: Wish = {},
): Taking => ({
  instrument,
  revision,
  levels: amount > 0n ? [{ key: KEY, qty: qty(amount), allMax: all === null ? null : qty(all) }] : [],
  trades,
  volumeQty: qty(amount),
});

/** Goal: whoever takes of a level, wherever, finds what others have left of it, and no more. */
describe.each<[string, () => Kept]>([
  ['in Redis', inRedis],
  ['in memory', () => inMemory],
])('what is taken %s', (_, open) => {
  const levelOf = async (user: UserId, instrument: InstrumentId) => {
    const taken = (await open().of(user, [instrument])).get(instrument);
    const level = taken?.levels.get(KEY);
    return [level?.all ?? 0n, level?.own ?? 0n];
  };

  test('is seen by everybody, and told apart for the person who took it', async () => {
    const [kept, instrument, one, other] = [open(), market(), person(), person()];
    expect(await kept.reserve(one, taking(instrument, 5n, { all: 10n }))).toBe('reserved');
    expect(await kept.reserve(other, taking(instrument, 3n, { all: 10n }))).toBe('reserved');
    expect(await levelOf(one, instrument)).toEqual([8n, 5n]);
    expect(await levelOf(other, instrument)).toEqual([8n, 3n]);
    expect((await kept.of(one, [instrument])).get(instrument)).toMatchObject({ ownVolume: 5n, revision: 1 });
  });

  test('is never more than what is shown, but for one who only reduces', async () => {
    const [kept, instrument, one, other] = [open(), market(), person(), person()];
    const shown = 9_007_199_254_740_993n;
    expect(await kept.reserve(one, taking(instrument, shown, { all: shown }))).toBe('reserved');
    expect(await kept.reserve(other, taking(instrument, 1n, { all: shown }))).toBe('overtaken');
    expect(await levelOf(other, instrument)).toEqual([shown, 0n]);
    expect(await kept.reserve(other, taking(instrument, 1n))).toBe('reserved');
    expect(await levelOf(other, instrument)).toEqual([shown + 1n, 1n]);
  });

  test('is reserved once by those who come at the same time', async () => {
    const [instrument, people] = [market(), Array.from({ length: 8 }, person)];
    const answers = await Promise.all(people.map((user) => open().reserve(user, taking(instrument, 5n, { all: 12n }))));
    expect(answers.filter((answer) => answer === 'reserved')).toHaveLength(2);
  });

  test('is decided by one person on what the person has taken before', async () => {
    const [kept, instrument, one] = [open(), market(), person()];
    expect(await kept.reserve(one, taking(instrument, 5n))).toBe('reserved');
    expect(await kept.reserve(one, taking(instrument, 5n))).toBe('overtaken');
    expect(await kept.reserve(one, taking(instrument, 5n, { revision: 1 }))).toBe('reserved');
    expect(await levelOf(one, instrument)).toEqual([10n, 10n]);
  });

  test('is whole again once it was given back', async () => {
    const [kept, instrument, one] = [open(), market(), person()];
    const had = taking(instrument, 5n, {
      all: 5n,
      trades: [{ key: 'bids t-1', orderId: idOf<OrderId>('o-1'), qty: qty(2n) }],
    });
    await kept.reserve(one, had);
    await kept.giveBack(one, had);
    expect(await levelOf(one, instrument)).toEqual([0n, 0n]);
    const left = (await kept.of(one, [instrument])).get(instrument);
    expect(left).toMatchObject({ ownVolume: 0n, trades: new Map() });
    expect(await kept.reserve(one, { ...had, revision: left?.revision ?? -1 })).toBe('reserved');
  });

  test('of a trade is known by order, and an order that comes again has what it had', async () => {
    const [kept, instrument, one] = [open(), market(), person()];
    const part = { key: 'bids t-1', orderId: idOf<OrderId>('o-1'), qty: qty(2n) };
    await kept.reserve(one, taking(instrument, 0n, { trades: [part] }));
    await kept.reserve(one, taking(instrument, 0n, { revision: 1, trades: [{ ...part, qty: qty(3n) }] }));
    const { trades } = (await kept.of(one, [instrument])).get(instrument) ?? {};
    expect([...(trades ?? [])]).toEqual([['bids t-1', [{ orderId: 'o-1', qty: 3n }]]]);
    expect((await kept.of(person(), [instrument])).get(instrument)?.trades.size ?? 0).toBe(0);
  });

  test('is forgotten of a level that has gone, but not of one that was taken a moment ago', async () => {
    const [kept, instrument, one] = [open(), market(), person()];
    await kept.reserve(one, taking(instrument, 5n, { all: 5n }));
    expect(await kept.known(instrument)).toEqual([KEY]);
    await kept.forget(instrument, [KEY]);
    expect(await levelOf(one, instrument)).toEqual([5n, 5n]);
    await sleep(GONE_AFTER_MS + 5);
    await kept.forget(instrument, [KEY]);
    expect(await levelOf(one, instrument)).toEqual([0n, 0n]);
    expect(await kept.known(instrument)).toEqual([]);
    // The person has taken nothing yet of the level that is shown anew.
    expect(await kept.reserve(person(), taking(instrument, 2n, { all: 5n }))).toBe('reserved');
    expect(await levelOf(one, instrument)).toEqual([2n, 0n]);
  });

  test('what is traded is unknown until it has been followed for an hour', async () => {
    const [kept, instrument, one] = [open(), market(), person()];
    await kept.known(instrument);
    await kept.traded({ instrument, qty: qty(7n) });
    expect((await kept.of(one, [instrument])).get(instrument)?.tradedVolume).toBeNull();
  });
});

test('what the venue traded within the last hour counts once it has been followed for so long', async () => {
  const [kept, instrument, one] = [inRedis(), market(), person()];
  await redis.set(`volume:{${instrument}}:since`, Date.now() - VOLUME_WINDOW_MS);
  await redis.hset(`volume:{${instrument}}`, `${Math.floor(Date.now() / 300_000) - 12}`, '100');
  for (const amount of [7n, 9_007_199_254_740_993n]) await kept.traded({ instrument, qty: qty(amount) });
  expect((await kept.of(one, [instrument])).get(instrument)?.tradedVolume).toBe(9_007_199_254_741_000n);
});

test('what Redis has lost is known again from the fills, once, however many ask', async () => {
  const [instrument, one, other] = [market(), person(), person()];
  let asked = 0;
  const past = async (): Promise<readonly PastTaking[]> => {
    asked += 1;
    return [
      { userId: one, instrument, key: KEY, qty: qty(3n), at: instant(Date.now() - 5_000) },
      { userId: other, instrument, key: KEY, qty: qty(4n), at: instant(Date.now() - 1_000) },
    ];
  };
  await redis.del('taken:whole');
  const kept = makeTakenLiquidity(redis, past);
  const answers = await Promise.all([kept.of(one, [instrument]), kept.of(one, [instrument])]);
  for (const answer of answers) {
    expect(answer.get(instrument)).toMatchObject({ ownVolume: 3n, levels: new Map([[KEY, { all: 7n, own: 3n }]]) });
  }
  await kept.of(other, [instrument]);
  expect(asked).toBe(1);
});
