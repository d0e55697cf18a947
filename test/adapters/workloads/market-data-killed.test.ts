import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Redis } from 'ioredis';
import { type Database, makeDatabase } from '../../../adapters/cockroach/connection/database';
import { migrate } from '../../../adapters/cockroach/connection/migrate';
import { makeKafka } from '../../../adapters/kafka/connection';
import { ensureTopics } from '../../../adapters/kafka/topics';
import { connectRedis } from '../../../adapters/redis/connection';
import { makeBookStore } from '../../../adapters/redis/market-store';
import { FRAMES_TOPIC, TOPICS } from '../../../contracts/topics/topics';
import { installTools } from '../../../local/install/tools';
import { type KafkaBroker, startKafka } from '../../../local/services/kafka';
import { type RedisServer, startRedis } from '../../../local/services/redis';
import { freePort } from '../../fixtures/free-port';
import { type ControlledVenues, controlledVenues } from '../../fixtures/venues/controlled-venues';
import { freshSecret } from '../cockroach/test-database';
import { ToldWatch } from './told-watch';
import { environment, startWorkload, type Workload } from './workload';

/**
 * Goal: two copies of market-data share the instruments. Whatever happens to one, each instrument is told by one copy
 * at a time, goes on within five seconds, and neither its sequence nor Redis' book ever goes back.
 */
const GOES_ON_WITHIN_MS = 5_000;
const SETTLED_WITHIN_MS = 60_000;
/** Every market moves several times a second; a busy machine is late. */
const USUAL_PAUSE_MS = 2_500;
/** A process that stood still for so long wakes in another world. */
const STILL_MS = 30_000;
/** Longer than it may take, so that it is seen where it took longer. */
const WATCHED_MS = 8_000;
const SHARDS = 4;
const STEP_MS = 100;

const dir = mkdtempSync(join(tmpdir(), 'market-data-killed-'));
let database: Database;
let redisServer: RedisServer;
let kafkaBroker: KafkaBroker;
let redis: Redis;
let venues: ControlledVenues;
let stepping: NodeJS.Timeout;
let watch: ToldWatch;
let endWatch: () => Promise<void>;
let start: () => Promise<Workload>;
let copies: Workload[] = [];

const fileOf = (name: string, value: object): string => {
  const file = join(dir, `${name}.json`);
  writeFileSync(file, JSON.stringify(value), { mode: 0o600 });
  return pathToFileURL(file).href;
};

/** Where market-data finds the simulated venues; Kalshi is off. */
function venueVariables({ ports, rest }: ControlledVenues): Record<string, string> {
  const socket = (venue: keyof ControlledVenues['ports']) => `ws://127.0.0.1:${ports[venue].ws}`;
  return {
    DOUBLED_VENUES: '',
    KRAKEN_WS_URL: socket('kraken'),
    KRAKEN_REST_URL: rest.kraken,
    KRAKEN_SYMBOLS: 'BTC/USD,ETH/USD,SOL/USD,USDT/USD',
    BINANCE_WS_URL: socket('binance'),
    BINANCE_REST_URL: rest.binance,
    BINANCE_SYMBOLS: 'BTC/USDT,ETH/USDT,SOL/USDT',
    COINBASE_WS_URL: socket('coinbase'),
    COINBASE_REST_URL: `${rest.coinbase}/api/v3/brokerage/market`,
    COINBASE_PRODUCTS: 'BTC-USD,ETH-USD,SOL-USD,USDT-USD',
    COINBASE_TRADE_SIDE: 'taker',
    POLYMARKET_WS_URL: `${socket('polymarket')}/ws/market`,
    POLYMARKET_CLOB_URL: rest.polymarket,
    POLYMARKET_GAMMA_URL: rest.polymarket,
    POLYMARKET_MARKETS: '',
    KALSHI_SECRET: fileOf('kalshi', { keyId: '', privateKey: '' }),
    KALSHI_WS_URL: socket('kalshi'),
    KALSHI_REST_URL: rest.kalshi,
    KALSHI_SERIES: 'KXBTCY',
    CANDLE_HISTORY_DAYS: '0',
    MARKET_SHARDS: String(SHARDS),
  };
}

beforeAll(async () => {
  const tools = await installTools(resolve(__dirname, '../../..'), () => undefined);
  const [redisPort, port, controllerPort] = [await freePort(), await freePort(), await freePort()];
  const secret = await freshSecret();
  database = makeDatabase(secret, { poolMax: 2 });
  [redisServer, kafkaBroker, venues] = await Promise.all([
    startRedis({ binary: tools.redisBinary, dir: join(dir, 'redis'), port: redisPort }),
    startKafka({ libs: tools.kafkaLibs, dir: join(dir, 'kafka'), port, controllerPort }),
    controlledVenues({ seed: 58 }),
    migrate(database),
  ]);
  const { truth } = venues;
  // Every market moves with every step: none is silent for a reason of its own.
  stepping = setInterval(() => {
    truth.step(STEP_MS / 1_000);
    for (const listing of truth.listings) truth.flutter(listing);
  }, STEP_MS);
  redis = connectRedis({ host: '127.0.0.1', port: redisPort, tls: false }, 'market-data-killed');
  const kafka = await makeKafka(kafkaBroker.brokers, 'market-data-killed');
  const shape = { partitions: 3, replicationFactor: 1, config: {} };
  await ensureTopics(
    kafka,
    [...TOPICS, FRAMES_TOPIC].map((name) => ({ name, ...shape })),
  );
  const env = environment(secret, 'https://desk.example', { redisPort, kafkaBrokers: kafkaBroker.brokers });
  const variables = { ...env, ...venueVariables(venues) };
  start = () => startWorkload('market-data', variables);
  copies = await Promise.all([start(), start()]);
  // By now the new topics have leaders, whom a reader asks where to begin.
  watch = new ToldWatch(makeBookStore(redis));
  endWatch = await watch.start(kafka);
}, 240_000);

afterAll(async () => {
  await Promise.all(copies.map((copy) => copy.stop()));
  clearInterval(stepping);
  await endWatch?.();
  await venues?.close();
  redis?.disconnect();
  await Promise.all([redisServer?.stop(), kafkaBroker?.stop(), database?.close()]);
}, 60_000);

const heldBy = async ({ url }: Workload): Promise<number> => {
  const text = await (await fetch(`${url}/metrics`)).text();
  return Number(/^market_shards_held(?:\{[^}]*\})? (\d+)$/m.exec(text)?.[1] ?? Number.NaN);
};

/** Until each has so many; asked again as fast as it comes. */
async function untilShared(...counts: readonly number[]): Promise<void> {
  for (const end = Date.now() + SETTLED_WITHIN_MS; Date.now() < end; ) {
    const held = await Promise.all(copies.map(heldBy));
    if (held.join() === counts.join()) return;
  }
  throw new Error(`not shared as ${counts.join()}:\n${copies.map((copy) => copy.log()).join('\n')}`);
}

/** What was not told for longer than `ms` after that moment; looked at for a while that is long enough. */
async function pausesOver(ms: number, from: number, forMs = WATCHED_MS): Promise<readonly string[]> {
  await watch.until('it was watched for so long', () => performance.now() > from + forMs, SETTLED_WITHIN_MS);
  return watch.pausesOver(ms, from, from + forMs);
}

const expectOneTeller = () => expect([watch.behind, watch.wentBack]).toEqual([[], []]);

test('two copies share the shards, and everything is told', async () => {
  await watch.until('coins and outcomes are told', () => watch.taken.size >= 7, SETTLED_WITHIN_MS);
  await untilShared(SHARDS / 2, SHARDS / 2);
  expect(await pausesOver(USUAL_PAUSE_MS, performance.now(), 3_000)).toEqual([]);
  expectOneTeller();
});

test('one is killed: all its instruments go on within five seconds, counting on', async () => {
  await copies[0]?.stop('SIGKILL');
  const killedAt = performance.now();
  expect(await pausesOver(GOES_ON_WITHIN_MS, killedAt)).toEqual([]);
  // Nobody else told them before the lease expired.
  const late = watch.pausesOver(USUAL_PAUSE_MS, killedAt, performance.now());
  expect([late.length > 0, late.length < watch.taken.size]).toEqual([true, true]);
  copies = [...copies.slice(1), await start()];
  await untilShared(SHARDS / 2, SHARDS / 2);
  expect(await pausesOver(USUAL_PAUSE_MS, performance.now(), 3_000)).toEqual([]);
  expectOneTeller();
}, 180_000);

test('one stands still and wakes: what it had in hand is older than its successor’s and is taken by nobody', async () => {
  const [zombie] = copies;
  zombie?.signal('SIGSTOP');
  const stoppedAt = performance.now();
  expect(await pausesOver(GOES_ON_WITHIN_MS, stoppedAt, STILL_MS)).toEqual([]);
  const before = new Map([...watch.taken].map(([id, seen]) => [id, seen.length]));
  const wokenAt = performance.now();
  zombie?.signal('SIGCONT');
  await untilShared(SHARDS / 2, SHARDS / 2);
  // The frames of half a minute come at once.
  expect(await pausesOver(GOES_ON_WITHIN_MS, wokenAt)).toEqual([]);
  for (const [id, seen] of watch.taken) {
    const since = seen.slice((before.get(id) ?? 1) - 1).map(({ sequence }) => sequence);
    expect(since).toEqual([...new Set(since)].sort((a, b) => a - b));
  }
  expect(watch.wentBack).toEqual([]);
}, 180_000);

test('one ends in good order: the other goes on at once', async () => {
  const leftAt = performance.now();
  await copies[0]?.stop();
  copies = copies.slice(1);
  expect(await pausesOver(USUAL_PAUSE_MS, leftAt)).toEqual([]);
  await untilShared(SHARDS);
  expect(watch.wentBack).toEqual([]);
}, 60_000);
