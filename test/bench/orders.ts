import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { makeAccountStore } from '../../adapters/cockroach/accounts/account-store';
import { makeAssessmentStore } from '../../adapters/cockroach/assessments/assessment-store';
import { type Database, makeDatabase } from '../../adapters/cockroach/connection/database';
import { migrate } from '../../adapters/cockroach/connection/migrate';
import { connectRedis } from '../../adapters/redis/connection';
import { makeJudgedUntil } from '../../adapters/redis/judged-until';
import { makeBookStore } from '../../adapters/redis/market-store';
import { makeToldPrices } from '../../adapters/redis/told-prices';
import { installTools } from '../../local/install/tools';
import { type Postgres, startPostgres } from '../../local/services/postgres';
import { startRedis } from '../../local/services/redis';
import { systemClock, uuidIds } from '../../runtime/edge';
import { judgePast } from '../../usecases/judging/judge-past';
import type { AccountStore } from '../../usecases/ports/accounts/account-store';
import { NO_TAPE } from '../../usecases/ports/market-data/market-data';
import { freePort } from '../fixtures/free-port';
import { bookAt, newAssessment, trader } from '../fixtures/stored-account';
import { preparePgbench, runPgbench } from './pgbench';

const ACCOUNTS = 2_000;
const CLIENTS = 8;
const ROUNDS = 3;
const ROUND_MS = Number(process.env.BENCH_ROUND_MS ?? 10_000);
const QTY = 1_000_000n; // 0.01 BTC
/** A lively market tells twenty states a second, and an engine twice a second how far it is. */
const [TOLD_EVERY_MS, JUDGED_EVERY_MS] = [50, 500];

type Trader = ReturnType<typeof trader>;
type Round = {
  readonly ordersPerSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  /** Orders that had to load their account, because what the process remembered of it did not serve. */
  readonly secondTrips: number;
};

/**
 * Market orders through the use case and the real adapter on a durable PostgreSQL, in turns with pgbench's TPC-B as it
 * comes (scale 10) on the same server. The ratio tells how an order compares with the textbook bank transaction.
 */
export async function run(): Promise<Record<string, number>> {
  const dir = mkdtempSync(join(tmpdir(), 'proving-ground-bench-'));
  const server = await startPostgres({ dir: join(dir, 'data'), port: await freePort(), database: 'bench' });
  const { host, port, user, password, database: name } = server;
  const database = makeDatabase({ host, port, user, password, database: name, tls: false }, { poolMax: CLIENTS });
  const prices = await openPrices(dir);
  try {
    await migrate(database);
    const { store, loads } = counted(makeAccountStore(database));
    const traders = await openAccounts(database, store, prices);
    await preparePgbench(server);
    await warmUp(traders);
    await measure(traders, ROUND_MS / 5, loads);
    const rounds = await takeTurns(server, traders, loads);
    return report(rounds.orders, rounds.tpcb);
  } finally {
    await prices.close();
    await database.close();
    await server.stop();
    rmSync(dir, { recursive: true, force: true });
  }
}

/** The store, and how often it was asked to load. */
function counted(accounts: AccountStore): { readonly store: AccountStore; readonly loads: () => number } {
  let loads = 0;
  const store: AccountStore = {
    ...accounts,
    load: (id, orderId) => {
      loads += 1;
      return accounts.load(id, orderId);
    },
  };
  return { store, loads: () => loads };
}

/** What an order reads of the past: a Redis that is told books, and how far an engine has judged. */
async function openPrices(dir: string) {
  const { redisBinary: binary } = await installTools(resolve(__dirname, '../..'), (line) => console.log(line));
  const server = await startRedis({ dir: join(dir, 'redis'), port: await freePort(), binary });
  const redis = connectRedis({ host: server.host, port: server.port, tls: false }, 'bench');
  const [told, judgedUntil, sink] = [makeToldPrices(redis), makeJudgedUntil(redis), makeBookStore(redis)];
  const timers = [
    setInterval(() => void sink.put(bookAt(systemClock.now())), TOLD_EVERY_MS),
    setInterval(() => void judgedUntil.tell(0, 1, systemClock.now()), JUDGED_EVERY_MS),
  ];
  await judgedUntil.tell(0, 1, systemClock.now());
  const judge = async () => {
    throw new Error('nothing is decided about an account whose price never changes');
  };
  const decisions = { ...NOTHING_ELSE, books: sink, told, judgedUntil, judge };
  const close = async () => {
    for (const timer of timers) clearInterval(timer);
    redis.disconnect();
    await server.stop();
  };
  return { judgePast: judgePast(decisions), close };
}

const NOTHING_ELSE = {
  instruments: { find: async () => new Map(), list: async () => [] },
  tape: NO_TAPE,
  blackouts: { current: async () => [] },
  clock: systemClock,
  ids: uuidIds,
};

type Prices = Awaited<ReturnType<typeof openPrices>>;

async function openAccounts(
  database: Database,
  accounts: AccountStore,
  { judgePast: past }: Prices,
): Promise<readonly Trader[]> {
  const assessments = makeAssessmentStore(database);
  const traders: Trader[] = [];
  const openNext = async (): Promise<void> => {
    while (traders.length < ACCOUNTS) {
      const { given, inbox } = newAssessment({ createdAt: systemClock.now() });
      traders.push(trader(accounts, given, systemClock, past));
      await assessments.create(given, inbox);
    }
  };
  await Promise.all(Array.from({ length: CLIENTS }, openNext));
  return traders;
}

/** One order of each account, after which the process remembers them all. */
async function warmUp(traders: readonly Trader[]): Promise<void> {
  let next = 0;
  const client = async (): Promise<void> => {
    for (let order = traders[next++]; order; order = traders[next++]) {
      for (const side of ['buy', 'sell'] as const) await order(side, QTY);
    }
  };
  await Promise.all(Array.from({ length: CLIENTS }, client));
}

async function takeTurns(server: Postgres, traders: readonly Trader[], loads: () => number) {
  const orders: Round[] = [];
  const tpcb: number[] = [];
  for (let round = 1; round <= ROUNDS; round++) {
    orders.push(await measure(traders, ROUND_MS, loads));
    tpcb.push(await runPgbench(server, CLIENTS, ROUND_MS / 1_000));
  }
  return { orders, tpcb };
}

/**
 * Each client takes the next account, so no two meet; buys and sells alternate, so that no account runs out of margin.
 */
async function measure(traders: readonly Trader[], durationMs: number, loads: () => number): Promise<Round> {
  const loadsBefore = loads();
  const tookMs: number[] = [];
  const startedAt = performance.now();
  let next = 0;
  const client = async (): Promise<void> => {
    while (performance.now() - startedAt < durationMs) {
      const turn = next++;
      const order = traders[turn % traders.length] as Trader;
      const sentAt = performance.now();
      const placed = await order(Math.floor(turn / traders.length) % 2 === 0 ? 'buy' : 'sell', QTY);
      if (!placed.ok) throw new Error(`an order was refused: ${placed.refusal}`);
      tookMs.push(performance.now() - sentAt);
    }
  };
  await Promise.all(Array.from({ length: CLIENTS }, client));
  const seconds = (performance.now() - startedAt) / 1_000;
  tookMs.sort((a, b) => a - b);
  const quantile = (q: number) => tookMs[Math.floor(q * (tookMs.length - 1))] ?? 0;
  return {
    ordersPerSecond: tookMs.length / seconds,
    p50Ms: quantile(0.5),
    p99Ms: quantile(0.99),
    secondTrips: loads() - loadsBefore,
  };
}

function report(orders: readonly Round[], tpcb: readonly number[]): Record<string, number> {
  console.table(orders.map((round, index) => ({ ...rounded(round), tpcbPerSecond: Math.round(tpcb[index] ?? 0) })));
  const ordersPerSecond = median(orders.map((round) => round.ordersPerSecond));
  const tpcbPerSecond = median(tpcb);
  return rounded({
    ordersPerSecond,
    p50Ms: median(orders.map(({ p50Ms }) => p50Ms)),
    p99Ms: median(orders.map(({ p99Ms }) => p99Ms)),
    p99OverP50: median(orders.map(({ p50Ms, p99Ms }) => p99Ms / p50Ms)),
    secondTrips: median(orders.map(({ secondTrips }) => secondTrips)),
    tpcbPerSecond,
    ratio: ordersPerSecond / tpcbPerSecond,
  });
}

const median = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[values.length >> 1] ?? 0;

const rounded = (figures: Readonly<Record<string, number>>): Record<string, number> =>
  Object.fromEntries(Object.entries(figures).map(([name, value]) => [name, Math.round(value * 100) / 100]));
