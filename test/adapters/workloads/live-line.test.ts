import type { Kafka } from 'kafkajs';
import WebSocket from 'ws';
import { type Database, makeDatabase } from '../../../adapters/cockroach/connection/database';
import { migrate } from '../../../adapters/cockroach/connection/migrate';
import { makeKafka } from '../../../adapters/kafka/connection';
import { openQuotePublisher } from '../../../adapters/kafka/quote-publisher';
import { ensureTopics } from '../../../adapters/kafka/topics';
import { connectRedis } from '../../../adapters/redis/connection';
import { makeBookStore } from '../../../adapters/redis/market-store';
import { makeJudgedUntil } from '../../../adapters/redis/past/judged-until';
import { makeToldPrices } from '../../../adapters/redis/past/told-prices';
import { makeSessionCache } from '../../../adapters/redis/sessions/session-cache';
import { makeTickets } from '../../../adapters/redis/sessions/tickets';
import { makeTakenLiquidity } from '../../../adapters/redis/taken-liquidity';
import { ORIGIN_SECRET_HEADER, VIEWER_ADDRESS_HEADER } from '../../../contracts/http/edge';
import { TOPICS } from '../../../contracts/topics/topics';
import { CLOSE, type ServerMessage } from '../../../contracts/ws/messages';
import { tradingDayAt } from '../../../domain/assessment/rules/trading-day';
import type { SessionId } from '../../../domain/kernel/ids';
import { plusMs } from '../../../domain/kernel/instant';
import { price } from '../../../domain/kernel/money';
import type { Book } from '../../../domain/market/book';
import { sha256Digest, systemClock, uuidIds } from '../../../runtime/edge';
import { judgeAccount } from '../../../usecases/judging/judge-account';
import { judgePast } from '../../../usecases/judging/judge-past';
import { NO_TAPE } from '../../../usecases/ports/market-data/market-data';
import { placeOrder } from '../../../usecases/trading/place-order';
import { BTC, bitcoin, bookAt, marketTicket, newAssessment, rules, units } from '../../fixtures/stored-account';
import { services } from '../../services/services';
import { type Stores, storesOn } from '../cockroach/stores';
import { freshSecret } from '../cockroach/test-database';
import { LivingBooks } from '../living-books';
import { EDGE_WORD, environment, startWorkload, type Workload } from './workload';

/** Goal: the three workloads, as they run in production, carry an account's story from a price to a browser's frame. */
const ORIGIN = 'https://desk.example';
const EDGE = { [ORIGIN_SECRET_HEADER]: EDGE_WORD, [VIEWER_ADDRESS_HEADER]: '203.0.113.7' };
const REPLACED = 'a part that was replaced meanwhile';

let database: Database;
let stores: Stores;
let kafka: Kafka;
let quotes: Awaited<ReturnType<typeof openQuotePublisher>>;
let redis: ReturnType<typeof connectRedis>;
let env: Record<string, string>;
const books = new LivingBooks(async () => makeBookStore(redis));
const running: Record<string, Workload> = {};

const start = async (name: string) => {
  running[name] = await startWorkload(name, env);
};

beforeAll(async () => {
  const secret = await freshSecret();
  database = makeDatabase(secret, { poolMax: 4 });
  await migrate(database);
  stores = storesOn(database);
  await stores.instruments.upsert([bitcoin]);
  kafka = await makeKafka(services().kafkaBrokers, 'live-line');
  const shape = { partitions: 3, replicationFactor: 1, config: {} };
  await ensureTopics(
    kafka,
    TOPICS.map((name) => ({ name, ...shape })),
  );
  quotes = await openQuotePublisher(kafka, uuidIds);
  redis = connectRedis({ host: '127.0.0.1', port: services().redisPort, tls: false }, 'live-line');
  env = environment(secret, ORIGIN);
  await Promise.all(['event-relay', 'websocket', 'risk-engine'].map(start));
}, 120_000);

afterAll(async () => {
  await books.stop();
  const codes = await Promise.all(Object.values(running).map((workload) => workload.stop()));
  await quotes.close();
  redis.disconnect();
  await database.close();
  expect(codes).toEqual(codes.map(() => 0));
}, 60_000);

const bookWithBid = (dollars: bigint): Book => {
  const book = bookAt(systemClock.now());
  const at = (amount: bigint) => ({ price: price(units(amount)), qty: book.bids[0]?.qty ?? (0n as never) });
  return { ...book, bids: [at(dollars)], asks: [at(dollars + 2n)] };
};

async function tick(dollars: bigint): Promise<void> {
  const book = bookWithBid(dollars);
  await quotes.publish(await books.put(book));
}

async function openTrader() {
  const { day } = tradingDayAt(systemClock.now(), rules);
  const { given, inbox } = newAssessment({ day });
  await stores.assessments.create(given, inbox);
  const { accountId, userId } = given;
  const judging = {
    accounts: stores.accounts,
    books: makeBookStore(redis),
    instruments: stores.instruments,
    tape: NO_TAPE,
    taken: makeTakenLiquidity(redis, async () => []),
    blackouts: { current: async () => [] },
    clock: systemClock,
    ids: uuidIds,
    digest: sha256Digest,
    told: makeToldPrices(redis),
    judgedUntil: makeJudgedUntil(redis),
  };
  const judge = judgeAccount(judging);
  const place = placeOrder({ ...judging, judge, judgePast: judgePast({ ...judging, judge }) });
  const buy = (amount: bigint, correlationId: string) => {
    const ticket = marketTicket('buy', units(amount));
    return place({ accountId, userId, trace: { correlationId, traceparent: null }, ticket });
  };
  return { accountId, userId, buy };
}

async function browser(userId: Awaited<ReturnType<typeof openTrader>>['userId']) {
  const sessionId = uuidIds.next<SessionId>();
  const expiresAt = plusMs(systemClock.now(), 600_000);
  await makeSessionCache(redis).keep(sessionId, { userId, roles: ['trader'], expiresAt });
  const ticket = await makeTickets(redis).issue({ userId, sessionId, roles: ['trader'] });
  const address = `${(running.websocket as Workload).url.replace('http', 'ws')}/ws?ticket=${ticket}`;
  const socket = new WebSocket(address, { origin: ORIGIN, headers: EDGE });
  const got: ServerMessage[] = [];
  socket.on('message', (data) => got.push(JSON.parse(String(data)) as ServerMessage));
  await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject));
  const until = async (isThere: () => boolean) => {
    for (const end = Date.now() + 15_000; !isThere() && Date.now() < end; )
      await new Promise((go) => setTimeout(go, 5));
    if (!isThere()) throw new Error(`waited in vain; got ${JSON.stringify(got)}`);
  };
  const events = () => got.flatMap((message) => (message.type === 'account-event' ? [message] : []));
  return {
    got,
    until,
    events,
    sessionId,
    closed: new Promise<number>((resolve) => socket.once('close', resolve)),
    say: (message: object) => socket.send(JSON.stringify(message)),
    story: () => events().map(({ accountVersion, event }) => `${accountVersion} ${event}`),
    close: () => socket.close(),
  };
}

test('a bought position, marked live, breaks a rule at a price: every step reaches the browser in order', async () => {
  await tick(60_000n);
  const trader = await openTrader();
  const live = await browser(trader.userId);
  live.say({ op: 'subscribe-account', accountId: trader.accountId });
  live.say({ op: 'subscribe-quotes', instruments: [BTC] });
  await live.until(() => live.got.some(({ type }) => type === 'account-snapshot'));
  expect((await trader.buy(1n, 'correlation-of-the-order')).ok).toBe(true);
  await live.until(() => live.events().length >= 2);
  await tick(59_990n);
  await live.until(() => live.got.some(({ type }) => type === 'account-mark'));
  await tick(40_000n);
  await live.until(() => live.events().some(({ accountVersion }) => accountVersion === 7));
  expect(live.story()).toEqual([
    '2 trading.order-placed',
    '3 trading.order-filled',
    '4 rules.violation-detected',
    '5 assessment.abandoned',
    '6 trading.order-placed',
    '7 trading.order-filled',
  ]);
  expect(live.events().find(({ accountVersion }) => accountVersion === 3)?.correlationId).toBe(
    'correlation-of-the-order',
  );
  expect(live.got.map(({ n }) => n)).toEqual(live.got.map((_, at) => at + 1));
  expect((await stores.accounts.load(trader.accountId))?.status).toBe('failed');
  live.close();
});

test('a quote reaches the browser as a frame within the time that its metrics tell', async () => {
  const trader = await openTrader();
  const live = await browser(trader.userId);
  live.say({ op: 'subscribe-quotes', instruments: [BTC] });
  await live.until(() => live.got.length >= 2);
  const before = live.got.length;
  for (let at = 0n; at < 20n; at++) await tick(60_000n + at);
  await live.until(() => JSON.stringify(live.got.slice(before)).includes('"60019"'));
  const metrics = await (await fetch(`${running.websocket?.url}/metrics`)).text();
  expect(metrics).toMatch(/gateway_quote_latency_seconds_count\{service="websocket"\} [1-9]/);
  live.close();
});

test.each`
  killed           | by
  ${'event-relay'} | ${'SIGKILL'}
  ${'risk-engine'} | ${'SIGKILL'}
  ${'event-relay'} | ${'SIGTERM'}
`(
  '$killed ended by $by during the story: the next one finishes it, each event once',
  async ({ killed, by }) => {
    await tick(60_000n);
    const trader = await openTrader();
    const live = await browser(trader.userId);
    live.say({ op: 'subscribe-account', accountId: trader.accountId });
    await live.until(() => live.got.some(({ type }) => type === 'account-snapshot'));
    await trader.buy(1n, REPLACED);
    await running[killed]?.stop(by);
    await tick(40_000n);
    await start(killed);
    await tick(40_000n);
    await live.until(() => live.events().some(({ accountVersion }) => accountVersion === 7));
    expect(live.story()).toEqual([
      '2 trading.order-placed',
      '3 trading.order-filled',
      '4 rules.violation-detected',
      '5 assessment.abandoned',
      // What was still held is closed by the platform.
      '6 trading.order-placed',
      '7 trading.order-filled',
    ]);
    live.close();
  },
  60_000,
);

test('a socket that did not come by way of the edge is refused before it opens', async () => {
  const address = `${(running.websocket as Workload).url.replace('http', 'ws')}/ws?ticket=any`;
  for (const headers of [
    {},
    { [VIEWER_ADDRESS_HEADER]: '203.0.113.7' },
    { ...EDGE, [ORIGIN_SECRET_HEADER]: 'a guess' },
  ]) {
    const socket = new WebSocket(address, { origin: ORIGIN, headers });
    const refused = new Promise((resolve) => socket.once('error', ({ message }) => resolve(message)));
    expect(await refused).toContain('403');
  }
});

test('signing out closes the connection', async () => {
  const trader = await openTrader();
  const live = await browser(trader.userId);
  await live.until(() => live.got.length > 0);
  await makeSessionCache(redis).end([live.sessionId]);
  expect(await live.closed).toBe(CLOSE.ticketInvalid);
});

test('what a workload says to its probes', async () => {
  for (const [name, workload] of Object.entries(running)) {
    const health = await (await fetch(`${workload.url}/health`)).json();
    expect(health).toEqual({ status: 'ok', service: name });
    const ready = (await (await fetch(`${workload.url}/ready`)).json()) as { checks: Record<string, string> };
    expect(new Set(Object.values(ready.checks))).toEqual(new Set(['ok']));
  }
});
