import { randomUUID } from 'node:crypto';
import type { Redis } from 'ioredis';
import { connectRedis } from '../../../adapters/redis/connection';
import { makeSecondCandles, SECONDS_KEPT_MS } from '../../../adapters/redis/second-candles';
import { type InstrumentId, idOf } from '../../../domain/kernel/ids';
import { type Instant, instant, plusMs } from '../../../domain/kernel/instant';
import { price, qty } from '../../../domain/kernel/money';
import type { CandlePart } from '../../../domain/market/candles/candle';
import type { KeptPart } from '../../../usecases/ports/market-data/candles';
import { services } from '../../services/services';

/** Goal: the seconds of the last hours, each as its runs saw it. */
let redis: Redis;
beforeAll(() => {
  redis = connectRedis({ host: '127.0.0.1', port: services().redisPort, tls: false }, 'test');
});
afterAll(() => redis.disconnect());

const START = instant(1_795_428_000_000);
const RANGE = { from: START, to: plusMs(START, SECONDS_KEPT_MS) };
const RUN = randomUUID();

const part = (second: number, close: bigint, more: Partial<CandlePart> = {}): CandlePart => {
  const at = instant(START + second * 1_000) as Instant;
  const prices = {
    open: price(2n),
    high: price(close),
    low: price(1n),
    close: price(close),
    openAt: at,
    closeAt: plusMs(at, 9),
  };
  return { at, source: 'mark', prices, volume: qty(10n ** 25n), trades: 2, isWhole: true, ...more };
};
const fresh = () => idOf<InstrumentId>(`T-${randomUUID()}`);
const kept = (instrument: InstrumentId, given: CandlePart, more: Partial<KeptPart> = {}): KeptPart => ({
  instrument,
  resolution: '1s',
  run: RUN,
  revision: 1,
  part: given,
  ...more,
});
const read = (instrument: InstrumentId, limit = 100, range = RANGE) =>
  makeSecondCandles(redis).newest({ instrument, resolution: '1s' }, range, limit);

test('come back as they were, newest first, of each instrument its own', async () => {
  const store = makeSecondCandles(redis);
  const [one, other] = [fresh(), fresh()];
  const silent = part(2, 5n, { prices: null, isWhole: false, trades: 0, volume: qty(0n) });
  await store.put([kept(one, part(0, 7n)), kept(one, silent), kept(one, part(1, 6n)), kept(other, part(0, 4n))]);
  expect(await read(one)).toEqual([silent, part(1, 6n), part(0, 7n)]);
  expect(await read(one, 1)).toEqual([silent]);
  expect(await read(one, 9, { from: instant(START + 1_000), to: instant(START + 2_000) })).toEqual([part(1, 6n)]);
  expect(await read(other)).toEqual([part(0, 4n)]);
});

test('the highest revision of a run stays, and another run has a part of its own', async () => {
  const store = makeSecondCandles(redis);
  const id = fresh();
  const [old, newest] = [kept(id, part(0, 1n), { revision: 9 }), kept(id, part(0, 3n), { revision: 10 })];
  for (const each of [old, newest, old, newest]) await store.put([each]);
  expect(await read(id)).toEqual([newest.part]);
  await store.put([kept(id, part(0, 8n), { run: randomUUID() })]);
  expect((await read(id)).map(({ prices }) => prices?.close).sort()).toEqual([3n, 8n]);
});

test('are kept for some hours and no longer', async () => {
  const store = makeSecondCandles(redis);
  const id = fresh();
  await store.put([kept(id, part(0, 1n)), kept(id, part(1, 1n))]);
  await store.put([kept(id, part(SECONDS_KEPT_MS / 1_000 + 1, 1n))]);
  expect(
    (await read(id, 9, { from: START, to: plusMs(RANGE.to, 9_000) })).map(({ at }) => (at - START) / 1_000),
  ).toEqual([SECONDS_KEPT_MS / 1_000 + 1, 1]);
  expect(await redis.ttl(`candles-1s:${id}`)).toBeGreaterThan(SECONDS_KEPT_MS / 1_000 - 60);
});
