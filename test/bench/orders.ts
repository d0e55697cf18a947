import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeAccountStore } from '../../adapters/cockroach/accounts/account-store';
import { makeAssessmentStore } from '../../adapters/cockroach/assessments/assessment-store';
import { type Database, makeDatabase } from '../../adapters/cockroach/connection/database';
import { migrate } from '../../adapters/cockroach/connection/migrate';
import { connectRedis } from '../../adapters/redis/connection';
import { makeTakenLiquidity } from '../../adapters/redis/taken-liquidity';
import { installTools } from '../../local/install/tools';
import { type Postgres, startPostgres } from '../../local/services/postgres';
import { startRedis } from '../../local/services/redis';
import { systemClock } from '../../runtime/edge';
import type { AccountStore } from '../../usecases/ports/accounts/account-store';
import type { BookSource } from '../../usecases/ports/market-data/market-data';
import type { TakenLiquidity } from '../../usecases/ports/market-data/taken-liquidity';
import type { ChangeAccountParts } from '../../usecases/trading/change-account';
import { freePort } from '../fixtures/free-port';
import { newAssessment, trader } from '../fixtures/stored-account';
import { median } from './median';
import { preparePgbench, runPgbench } from './pgbench';
import { TickingBooks } from './ticking-books';
import { toldPast } from './told-past';

const ACCOUNTS = 2_000;
const CLIENTS = 8;
/** Orders wait half a tick of the book, and for one another: so many on their way keep two processors busy. */
const IN_FLIGHT = 512;
const ROUNDS = 3;
const ROUND_MS = Number(process.env.BENCH_ROUND_MS ?? 10_000);
const QTY = 1_000_000n; // 0.01 BTC

type Trader = ReturnType<typeof trader>;
type Round = {
  readonly ordersPerSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  /** What of an order's time was spent waiting for a book that holds after it. */
  readonly confirmP50Ms: number;
  readonly confirmP99Ms: number;
  /** What an order costs this process, whatever else runs on the machine. */
  readonly cpuUs: number;
  /** Orders that had to load their account, because what the process remembered of it did not serve. */
  readonly secondTrips: number;
};

/**
 * Market orders through the use case and the real adapters on a durable PostgreSQL and a Redis, in turns with pgbench's TPC-B as it
 * comes (scale 10) on the same server. The ratio tells how an order compares with the textbook bank transaction.
 */
export async function run(): Promise<Record<string, number>> {
  const dir = mkdtempSync(join(tmpdir(), 'proving-ground-bench-'));
  const server = await startPostgres({ dir: join(dir, 'data'), port: await freePort(), database: 'bench' });
  const { redisBinary } = await installTools(process.cwd(), (line) => console.error(line));
  const kept = await startRedis({ binary: redisBinary, dir: join(dir, 'redis'), port: await freePort() });
  const redis = connectRedis({ host: kept.host, port: kept.port, tls: false }, 'bench');
  const { host, port, user, password, database: name } = server;
  const books = new TickingBooks();
  const database = makeDatabase({ host, port, user, password, database: name, tls: false }, { poolMax: CLIENTS });
  const taken = makeTakenLiquidity(redis, async () => []);
  const past = await toldPast(redis, taken);
  try {
    await migrate(database);
    const { store, loads } = counted(makeAccountStore(database));
    const traders = await openAccounts(database, store, { taken, books: books.source, judgePast: past.judgePast });
    await preparePgbench(server);
    await warmUp(traders);
    await measure(traders, ROUND_MS / 5, { loads, books });
    const rounds = await takeTurns(server, traders, { loads, books });
    return report(rounds.orders, rounds.tpcb);
  } finally {
    books.stop();
    past.stop();
    await database.close();
    redis.disconnect();
    await kept.stop();
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

async function openAccounts(
  database: Database,
  accounts: AccountStore,
  market: {
    readonly taken: TakenLiquidity;
    readonly books: BookSource;
    readonly judgePast: ChangeAccountParts['judgePast'];
  },
): Promise<readonly Trader[]> {
  const assessments = makeAssessmentStore(database);
  const traders: Trader[] = [];
  const openNext = async (): Promise<void> => {
    while (traders.length < ACCOUNTS) {
      const { given, inbox } = newAssessment({ createdAt: systemClock.now() });
      traders.push(trader(accounts, given, systemClock, market));
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
  await Promise.all(Array.from({ length: IN_FLIGHT }, client));
}

type Counted = { readonly loads: () => number; readonly books: TickingBooks };

async function takeTurns(server: Postgres, traders: readonly Trader[], counted: Counted) {
  const orders: Round[] = [];
  const tpcb: number[] = [];
  for (let round = 1; round <= ROUNDS; round++) {
    orders.push(await measure(traders, ROUND_MS, counted));
    tpcb.push(await runPgbench(server, CLIENTS, ROUND_MS / 1_000));
  }
  return { orders, tpcb };
}

/**
 * Each client takes the next account, so no two meet; buys and sells alternate, so that no account runs out of margin.
 */
async function measure(traders: readonly Trader[], durationMs: number, { loads, books }: Counted): Promise<Round> {
  const loadsBefore = loads();
  books.taken();
  const tookMs: number[] = [];
  const startedAt = performance.now();
  const cpuBefore = process.cpuUsage();
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
  await Promise.all(Array.from({ length: IN_FLIGHT }, client));
  const seconds = (performance.now() - startedAt) / 1_000;
  const waitedMs = books.taken();
  const { user, system } = process.cpuUsage(cpuBefore);
  return {
    ordersPerSecond: tookMs.length / seconds,
    p50Ms: quantile(tookMs, 0.5),
    p99Ms: quantile(tookMs, 0.99),
    confirmP50Ms: quantile(waitedMs, 0.5),
    confirmP99Ms: quantile(waitedMs, 0.99),
    cpuUs: (user + system) / tookMs.length,
    secondTrips: loads() - loadsBefore,
  };
}

const quantile = (values: readonly number[], q: number): number =>
  [...values].sort((a, b) => a - b)[Math.floor(q * (values.length - 1))] ?? 0;

function report(orders: readonly Round[], tpcb: readonly number[]): Record<string, number> {
  console.table(orders.map((round, index) => ({ ...rounded(round), tpcbPerSecond: Math.round(tpcb[index] ?? 0) })));
  const ordersPerSecond = median(orders.map((round) => round.ordersPerSecond));
  const tpcbPerSecond = median(tpcb);
  return rounded({
    ordersPerSecond,
    p50Ms: median(orders.map(({ p50Ms }) => p50Ms)),
    p99Ms: median(orders.map(({ p99Ms }) => p99Ms)),
    p99OverP50: median(orders.map(({ p50Ms, p99Ms }) => p99Ms / p50Ms)),
    confirmP50Ms: median(orders.map(({ confirmP50Ms }) => confirmP50Ms)),
    confirmP99Ms: median(orders.map(({ confirmP99Ms }) => confirmP99Ms)),
    cpuUs: median(orders.map(({ cpuUs }) => cpuUs)),
    secondTrips: median(orders.map(({ secondTrips }) => secondTrips)),
    tpcbPerSecond,
    ratio: ordersPerSecond / tpcbPerSecond,
  });
}

const rounded = (figures: Readonly<Record<string, number>>): Record<string, number> =>
  Object.fromEntries(Object.entries(figures).map(([name, value]) => [name, Math.round(value * 100) / 100]));
