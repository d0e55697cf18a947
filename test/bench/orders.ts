import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeAccountStore } from '../../adapters/cockroach/account-store';
import { makeAssessmentStore } from '../../adapters/cockroach/assessment-store';
import { type Database, makeDatabase } from '../../adapters/cockroach/database';
import { migrate } from '../../adapters/cockroach/migrate';
import { freePort } from '../../local/free-port';
import { type Postgres, startPostgres } from '../../local/services/postgres';
import { systemClock } from '../../runtime/edge';
import { newAssessment, trader } from '../adapters/cockroach/story';
import { preparePgbench, runPgbench } from './pgbench';

const ACCOUNTS = 2_000;
const CLIENTS = 8;
const ROUNDS = 3;
const ROUND_MS = Number(process.env.BENCH_ROUND_MS ?? 10_000);
const QTY = 1_000_000n; // 0.01 BTC

type Trader = ReturnType<typeof trader>;
type Round = { readonly ordersPerSecond: number; readonly p50Ms: number; readonly p99Ms: number };

/**
 * Market orders through the use case and the real adapter on a durable PostgreSQL, in turns with pgbench's TPC-B as it
 * comes (scale 10) on the same server. The ratio tells how an order compares with the textbook bank transaction.
 */
export async function run(): Promise<Record<string, number>> {
  const dir = mkdtempSync(join(tmpdir(), 'proving-ground-bench-'));
  const server = await startPostgres({ dir: join(dir, 'data'), port: await freePort(), database: 'bench' });
  const { host, port, user, password, database: name } = server;
  const database = makeDatabase({ host, port, user, password, database: name, tls: false }, { poolMax: CLIENTS });
  try {
    await migrate(database);
    const traders = await openAccounts(database);
    await preparePgbench(server);
    await measure(traders, ROUND_MS / 5);
    const rounds = await takeTurns(server, traders);
    return report(rounds.orders, rounds.tpcb);
  } finally {
    await database.close();
    await server.stop();
    rmSync(dir, { recursive: true, force: true });
  }
}

async function openAccounts(database: Database): Promise<readonly Trader[]> {
  const [assessments, accounts] = [makeAssessmentStore(database), makeAccountStore(database)];
  const traders: Trader[] = [];
  const openNext = async (): Promise<void> => {
    while (traders.length < ACCOUNTS) {
      const { given, inbox } = newAssessment({ createdAt: systemClock.now() });
      traders.push(trader(accounts, given, systemClock));
      await assessments.create(given, inbox);
    }
  };
  await Promise.all(Array.from({ length: CLIENTS }, openNext));
  return traders;
}

async function takeTurns(server: Postgres, traders: readonly Trader[]) {
  const orders: Round[] = [];
  const tpcb: number[] = [];
  for (let round = 1; round <= ROUNDS; round++) {
    orders.push(await measure(traders, ROUND_MS));
    tpcb.push(await runPgbench(server, CLIENTS, ROUND_MS / 1_000));
  }
  return { orders, tpcb };
}

/**
 * Each client takes the next account, so no two meet; buys and sells alternate, so that no account runs out of margin.
 */
async function measure(traders: readonly Trader[], durationMs: number): Promise<Round> {
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
  return { ordersPerSecond: tookMs.length / seconds, p50Ms: quantile(0.5), p99Ms: quantile(0.99) };
}

function report(orders: readonly Round[], tpcb: readonly number[]): Record<string, number> {
  console.table(orders.map((round, index) => ({ ...rounded(round), tpcbPerSecond: Math.round(tpcb[index] ?? 0) })));
  const ordersPerSecond = median(orders.map((round) => round.ordersPerSecond));
  const tpcbPerSecond = median(tpcb);
  return rounded({
    ordersPerSecond,
    p50Ms: median(orders.map(({ p50Ms }) => p50Ms)),
    p99Ms: median(orders.map(({ p99Ms }) => p99Ms)),
    tpcbPerSecond,
    ratio: ordersPerSecond / tpcbPerSecond,
  });
}

const median = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[values.length >> 1] ?? 0;

const rounded = (figures: Readonly<Record<string, number>>): Record<string, number> =>
  Object.fromEntries(Object.entries(figures).map(([name, value]) => [name, Math.round(value * 100) / 100]));
