import { randomUUID } from 'node:crypto';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Redis } from 'ioredis';
import pg from 'pg';
import { type Database, makeDatabase } from '../../../adapters/cockroach/connection/database';
import { migrate } from '../../../adapters/cockroach/connection/migrate';
import { makeKafka } from '../../../adapters/kafka/connection';
import { ensureTopics } from '../../../adapters/kafka/topics';
import { connectRedis } from '../../../adapters/redis/connection';
import { makeConnectionList } from '../../../adapters/redis/sessions/connection-registry';
import { makeSessionCache } from '../../../adapters/redis/sessions/session-cache';
import { makeTickets } from '../../../adapters/redis/sessions/tickets';
import { TOPICS } from '../../../contracts/topics/topics';
import { CLOSE } from '../../../contracts/ws/messages';
import { type AccountId, idOf, type SessionId, type UserId } from '../../../domain/kernel/ids';
import { installTools, type Tools } from '../../../local/install/tools';
import { type KafkaBroker, startKafka } from '../../../local/services/kafka';
import { type RedisServer, startRedis } from '../../../local/services/redis';
import { freePort } from '../../fixtures/free-port';
import { NOW, newAssessment, trader, units } from '../../fixtures/stored-account';
import { type Stores, storesOn } from '../cockroach/stores';
import { freshSecret } from '../cockroach/test-database';
import { Crowd } from './crowd';
import { environment, startWorkload, type Workload } from './workload';

/**
 * Goal: whatever is killed beneath a thousand browsers, each of them has in the end every event of its account, once
 * and in order. Gateways, relay, Redis and broker are the real ones, and those of this file alone.
 */
const ORIGIN = 'https://desk.example';
const CLIENTS = 1_000;
const ACCOUNTS = 200;
const BACK_WITHIN_MS = 10_000;
/** Generous, for a machine that does all of this at once. */
const SETTLED_WITHIN_MS = 60_000;

const dir = mkdtempSync(join(tmpdir(), 'gateway-killed-'));
let tools: Tools;
let database: Database;
let stores: Stores;
let redisServer: RedisServer;
let kafkaBroker: KafkaBroker;
let redis: Redis;
let relay: Workload;
let crowd: Crowd;
let restart: () => Promise<Workload>;
const gateways: Workload[] = [];
const people: { userId: UserId; sessionId: SessionId; accountId: AccountId }[] = [];

const runRedis = async (port: number) => {
  redisServer = await startRedis({ binary: tools.redisBinary, dir: join(dir, 'redis'), port });
};
const runKafka = async (port: number, controllerPort: number) => {
  kafkaBroker = await startKafka({ libs: tools.kafkaLibs, dir: join(dir, 'kafka'), port, controllerPort });
};

/** Traders with a session each, as signing in leaves them, and an account each, as buying leaves it. */
async function signUp(connectionString: string): Promise<void> {
  for (let n = 0; n < ACCOUNTS; n++) {
    const { given, inbox } = newAssessment();
    await stores.assessments.create(given, inbox);
    people.push({ userId: given.userId, sessionId: idOf(randomUUID()), accountId: given.accountId });
  }
  const client = new pg.Client({ connectionString });
  await client.connect();
  const ids = [people.map(({ userId }) => userId), people.map(({ sessionId }) => sessionId)];
  await client.query(
    `WITH people AS (SELECT * FROM unnest($1::UUID[], $2::UUID[]) AS p (user_id, session_id)), added AS (
       INSERT INTO users (user_id, email, email_key, display_name, password_hash, roles, verified_at, created_at)
       SELECT user_id, user_id || '@example.com', user_id || '@example.com', 'Ann', 'h', '{trader}', now(), now() FROM people
       RETURNING user_id)
     INSERT INTO sessions (session_id, user_id, generation, user_agent, opened_at, rotated_at, expires_at)
     SELECT session_id, user_id, 1, 'a browser', now(), now(), now() + INTERVAL '1 day' FROM people JOIN added USING (user_id)`,
    ids,
  );
  await client.end();
}

/** Orders of one account after another, until it is told to stop; answers how many were placed. */
function trade(): () => Promise<number> {
  let [isOver, placed] = [false, 0];
  const traders = people.map((person) => trader(stores.accounts, person, { now: () => NOW }));
  const done = (async () => {
    for (; !isOver; placed++) {
      const side = Math.floor(placed / ACCOUNTS) % 2 === 0 ? 'buy' : 'sell';
      const answer = await traders[placed % ACCOUNTS]?.(side, units(1n) / 1_000n);
      if (!answer?.ok) throw new Error(`an order was refused: ${JSON.stringify(answer)}`);
    }
    return placed;
  })();
  return () => {
    isOver = true;
    return done;
  };
}

const lastSeen = () => crowd.clients.map(({ versions }) => versions.at(-1) ?? 0);

/** Every client ends at its account's version, and came there by steps of one from the one snapshot that it was told. */
async function expectWhole(): Promise<void> {
  const ends = new Map<string, number>();
  for (const { accountId } of people) ends.set(accountId, (await stores.accounts.load(accountId))?.version ?? -1);
  const isWhole = () => crowd.clients.every(({ accountId, versions }) => versions.at(-1) === ends.get(accountId));
  await crowd.until('every event has come', isWhole, SETTLED_WITHIN_MS);
  const steps = crowd.clients.map(({ versions, snapshots, accountId }) => {
    const first = versions[0] ?? 0;
    const isInOrder = versions.every((version, at) => version === first + at);
    return `${isInOrder ? 'in order' : versions.join(' ')}, ${snapshots} snapshot, to ${versions.at(-1) === ends.get(accountId)}`;
  });
  expect([...new Set(steps)]).toEqual(['in order, 1 snapshot, to true']);
}

/** Until the answer is yes; asked again as fast as it comes. */
async function eventually(what: string, ask: () => Promise<boolean>): Promise<void> {
  for (const end = Date.now() + SETTLED_WITHIN_MS; Date.now() < end; ) if (await ask().catch(() => false)) return;
  throw new Error(`in vain: ${what}`);
}

const areListed = async () =>
  (await makeConnectionList(redis).pods()).reduce((sum, { connections }) => sum + connections, 0) === CLIENTS;

beforeAll(async () => {
  tools = await installTools(resolve(__dirname, '../../..'), () => undefined);
  const [redisPort, kafkaPort, controllerPort] = [await freePort(), await freePort(), await freePort()];
  const secret = await freshSecret();
  database = makeDatabase(secret, { poolMax: 4 });
  stores = storesOn(database);
  const prepared = migrate(database).then(() => signUp(urlOf(secret)));
  await Promise.all([runRedis(redisPort), runKafka(kafkaPort, controllerPort), prepared]);
  redis = connectRedis({ host: '127.0.0.1', port: redisPort, tls: false }, 'gateway-killed');
  const kafka = await makeKafka(kafkaBroker.brokers, 'gateway-killed');
  const shape = { partitions: 3, replicationFactor: 1, config: {} };
  await ensureTopics(
    kafka,
    TOPICS.map((name) => ({ name, ...shape })),
  );
  const env = environment(secret, ORIGIN, { redisPort, kafkaBrokers: kafkaBroker.brokers });
  const start = (name: string, at?: number) => startWorkload(name, env, at);
  [relay] = await Promise.all([
    start('event-relay'),
    ...[0, 1].map(async () => gateways.push(await start('websocket'))),
  ]);
  restart = async () => {
    gateways[0] = await start('websocket', Number(new URL(gateways[0]?.url ?? '').port));
    return gateways[0];
  };
  const tickets = makeTickets(redis);
  crowd = new Crowd({
    origin: ORIGIN,
    urls: gateways.map(({ url }) => url),
    ticket: (client) => tickets.issue({ ...personOf(client), roles: ['trader'] }),
  });
  for (let client = 0; client < CLIENTS; client++) crowd.join(personOf(client).accountId);
  const all = () => crowd.clients.every(({ at, versions }) => at !== undefined && versions.length > 0);
  await crowd.until('all are connected', all, SETTLED_WITHIN_MS);
}, 240_000);

const personOf = (client: number) => people[client % ACCOUNTS] as (typeof people)[number];

const urlOf = ({ host, port, user, password, database: name }: Awaited<ReturnType<typeof freshSecret>>) =>
  `postgres://${user}:${password}@${host}:${port}/${name}`;

afterAll(async () => {
  crowd?.stop();
  await Promise.all([relay, ...gateways].map((workload) => workload?.stop()));
  redis?.disconnect();
  await Promise.all([redisServer?.stop(), kafkaBroker?.stop(), database?.close()]);
}, 60_000);

test('a gateway: all of its clients are back within ten seconds, and nothing was missed or told twice', async () => {
  await eventually('all are listed', areListed);
  const stopTrading = trade();
  const hit = crowd.clients.filter(({ at }) => at === 0);
  expect(hit.length).toBe(CLIENTS / 2);
  await crowd.until('events flow', () => Math.min(...lastSeen()) > 2, SETTLED_WITHIN_MS);
  const [killedAt] = [performance.now(), await gateways[0]?.stop('SIGKILL')];
  const restarted = restart();
  const areBack = () => hit.every(({ at, resumed }) => at !== undefined && resumed > 0);
  await crowd.until('all are back', areBack, SETTLED_WITHIN_MS);
  const backMs = performance.now() - killedAt;
  await restarted;
  expect(await stopTrading()).toBeGreaterThan(ACCOUNTS);
  await expectWhole();
  expect(backMs).toBeLessThan(BACK_WITHIN_MS);
  expect(crowd.clients.filter((seen) => !hit.includes(seen)).every(({ codes }) => codes.length === 0)).toBe(true);
  // The dead one is off the operators' list, and all its connections are on that of the others.
  await eventually('the list is right again', areListed);
}, 180_000);

test('Redis: nobody is cut off by it, and its successor knows everybody again', async () => {
  const closedBefore = crowd.clients.map(({ codes }) => codes.length);
  const stopTrading = trade();
  const { port } = redisServer;
  await redisServer.child.stop('SIGKILL');
  const before = Math.min(...lastSeen());
  await crowd.until('events flow without Redis', () => Math.min(...lastSeen()) > before, SETTLED_WITHIN_MS);
  await runRedis(port);
  await eventually('the list is there again', areListed);
  await stopTrading();
  await expectWhole();
  expect(crowd.clients.map(({ codes }) => codes.length)).toEqual(closedBefore);
}, 180_000);

test('the broker: what happened meanwhile is told when it is back, in order, on the same connections', async () => {
  const closedBefore = crowd.clients.map(({ codes }) => codes.length);
  const stopTrading = trade();
  const [port, controllerPort] = [Number(kafkaBroker.brokers.split(':')[1]), await freePort()];
  await kafkaBroker.child.stop('SIGKILL');
  await runKafka(port, controllerPort);
  await stopTrading();
  await expectWhole();
  expect(crowd.clients.map(({ codes }) => codes.length)).toEqual(closedBefore);
}, 180_000);

test('a session that ends is closed on every gateway, also after all of that', async () => {
  const { sessionId, accountId } = personOf(0);
  const isReady = async () => {
    const answers = await Promise.all(gateways.map(({ url }) => fetch(`${url}/ready`)));
    return answers.every(({ ok }) => ok);
  };
  await eventually('both gateways read on', isReady);
  // The others went to the gateway that was left; one more is sent to the first.
  crowd.join(accountId);
  const theirs = crowd.clients.filter((seen) => seen.accountId === accountId);
  await crowd.until('it has come', () => theirs.every(({ versions }) => versions.length > 0), SETTLED_WITHIN_MS);
  expect([...new Set(theirs.map(({ at }) => at))].sort()).toEqual([0, 1]);
  const before = theirs.map(({ codes }) => codes.length);
  await makeSessionCache(redis).end([sessionId]);
  const areClosed = () => theirs.every(({ codes }, at) => codes[before[at] ?? 0] === CLOSE.ticketInvalid);
  await crowd.until('the session is over', areClosed, SETTLED_WITHIN_MS);
});
