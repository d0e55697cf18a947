import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { Quote } from '../../domain/market/book';
import { Watchlist } from '../../engines/risk/selection/watchlist';
import type { AccountSnapshot } from '../../usecases/ports/accounts/account-store';
import { accountsOf, compare, DrivenWatchlist, SEED, STALE_AFTER_MS } from '../fixtures/driven-watchlist';
import {
  accountAt,
  busyTape,
  crashTape,
  quietTape,
  START,
  sawtoothTape,
  seeded,
  slideTape,
  WARM_UP,
} from '../fixtures/risk-world';
import { median } from './median';
import { StraightScan } from './straight-scan';

const ACCOUNTS = 100_000;
const QUOTES_PER_SECOND = 1_000;
const SECONDS = 20;
const COMPARED_QUOTES = 4_000;
const BUILT = 1_000_000;
const POSITIONS_MAX = 3;
/** How often each comparison is measured, and how often before that without counting. */
const [TURNS, WARM_TURNS] = [9, 3];
/** How far prices move on a tape whose verdicts are compared: a short one has to reach limits. */
const COMPARED_BASIS_POINTS = 12;

/**
 * The continuous checks on one core, in memory: how long from a quote to the verdicts it decides, how a quiet and a
 * crashing tape compare with valuing every holder each time, what an account costs in memory, and whether the verdicts
 * are those of judging every holder exactly at every quote.
 */
export async function run(): Promise<Record<string, number | boolean>> {
  const accounts = accountsOf(ACCOUNTS);
  console.log('quotes at their pace …');
  const latency = await latencies(accounts);
  console.log('index and straight scan on a quiet tape …');
  const quiet = ratio(accounts, quietTape(SEED, 4_000));
  console.log('index and straight scan on crashing tapes …');
  const crash = [crashTape(SEED), slideTape(SEED)].map((tape) => ratio(accounts, tape));
  console.log('verdicts by the index and by exact numbers …');
  const tapes = [
    busyTape(SEED, COMPARED_QUOTES, COMPARED_BASIS_POINTS),
    sawtoothTape(SEED, COMPARED_QUOTES),
    slideTape(SEED),
  ];
  const verdicts = tapes.map((quotes) => compare(quotes));
  console.log(`memory of ${BUILT} accounts …`);
  const bytesPerAccount = bytesOf(BUILT);
  console.table([
    { measure: `quote to verdict, ms, p99 of ${latency.verdicts} verdicts`, value: latency.p99Ms },
    { measure: `quote to decided, ms, p99 of ${SECONDS * QUOTES_PER_SECOND} quotes`, value: latency.quoteP99Ms },
    { measure: 'quiet tape, index : straight scan', value: quiet },
    { measure: 'crash in one tick, index : straight scan', value: crash[0] },
    { measure: 'crash in ten ticks, index : straight scan', value: crash[1] },
    { measure: `bytes per account of ${BUILT}`, value: bytesPerAccount },
    ...verdicts.map(({ count, isEqual }) => ({ measure: `${count} verdicts as by exact numbers`, value: isEqual })),
  ]);
  return {
    ...latency,
    quietRatio: quiet,
    crashRatio: Math.min(...crash),
    bytesPerAccount,
    verdictsCompared: verdicts.reduce((sum, { count }) => sum + count, 0),
    verdictsEqual: verdicts.every(({ isEqual }) => isEqual),
  };
}

/** Quotes come when they are due, whether or not the ones before were worked off: waiting counts. */
async function latencies(accounts: readonly AccountSnapshot[]) {
  const driven = new DrivenWatchlist(accounts);
  const quotes = busyTape(SEED + 1, SECONDS * QUOTES_PER_SECOND);
  for (const quote of quotes.slice(0, WARM_UP)) driven.onQuote(quote);
  const due = quotes.slice(WARM_UP);
  const [perQuote, perVerdict]: [number[], number[]] = [[], []];
  const startedAt = performance.now();
  for (let at = 0; at < due.length; ) {
    const dueAt = startedAt + (at * 1_000) / QUOTES_PER_SECOND;
    if (performance.now() < dueAt) {
      await new Promise<void>((resolve) => setImmediate(resolve));
      continue;
    }
    const before = driven.verdicts.length;
    driven.onQuote(due[at++] as Quote);
    perQuote.push(performance.now() - dueAt);
    for (const decidedAt of driven.decidedAt.slice(before)) perVerdict.push(decidedAt - dueAt);
  }
  return { p99Ms: p99(perVerdict), quoteP99Ms: p99(perQuote), verdicts: perVerdict.length };
}

const p99 = (values: number[]): number => round(values.sort((a, b) => a - b)[Math.floor(values.length * 0.99)] ?? 0);

const round = (value: number): number => Math.round(value * 1_000) / 1_000;

/** Selection alone, both sides over the same tape; who was selected leaves both. */
function ratio(accounts: readonly AccountSnapshot[], tape: readonly Quote[]): number {
  const scan = () => {
    const side = new StraightScan(accounts, accounts.length * POSITIONS_MAX);
    return (quote: Quote) => {
      const selected: number[] = [];
      side.select(quote, selected);
      for (const row of selected) side.remove(row);
      return selected.length;
    };
  };
  const index = () => {
    const list = new Watchlist(STALE_AFTER_MS);
    for (const account of accounts) list.put(account, START);
    return (quote: Quote) => {
      const rows = list.select(quote);
      for (const row of rows) list.selection.remove(row);
      return rows.length;
    };
  };
  // Side by side, so that both meet the same machine; the first turns are those in which the code is still compiled.
  const turns = Array.from({ length: WARM_TURNS + TURNS }, () => timed(scan(), tape) / timed(index(), tape));
  return Math.round(median(turns.slice(WARM_TURNS)) * 100) / 100;
}

function timed(select: (quote: Quote) => number, tape: readonly Quote[]): number {
  for (const quote of tape.slice(0, WARM_UP)) select(quote);
  const from = performance.now();
  for (const quote of tape.slice(WARM_UP)) select(quote);
  return performance.now() - from;
}

/** Heap and arrays before and after, what is left over collected first. */
function bytesOf(count: number): number {
  const random = seeded(SEED);
  const before = memory();
  const list = new Watchlist(STALE_AFTER_MS);
  for (let at = 0; at < count; at++) list.put(accountAt(at, random), START);
  const after = memory();
  if (list.table.size !== count) throw new Error(`${list.table.size} accounts of ${count} are kept`);
  return Math.round((after - before) / count);
}

function memory(): number {
  setFlagsFromString('--expose-gc');
  runInNewContext('gc')();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}
