import type { Envelope } from '../../contracts/topics/envelope';
import { ACCOUNT } from '../../domain/account/codecs/account-codec';
import { marksAt } from '../../domain/assessment/context/marks';
import { evidenceText, ruleSetText } from '../../domain/assessment/evidence/evidence';
import { judge } from '../../domain/assessment/judging/judge';
import { tradingDayAt } from '../../domain/assessment/rules/trading-day';
import type { AccountId } from '../../domain/kernel/ids';
import { SeededRandom } from '../../local/simulators/truth/random';
import { sha256Digest } from '../../runtime/edge';
import { judgeAccount } from '../../usecases/judging/judge-account';
import { settleOutcome } from '../../usecases/judging/settle-outcome';
import type { AccountSnapshot } from '../../usecases/ports/accounts/account-store';
import type { TapeSource } from '../../usecases/ports/market-data/market-data';
import { memorySettlementStore } from '../fakes/memory-account-store';
import { memoryAssessmentStore } from '../fakes/memory-assessment-store';
import { NO, YES } from '../fixtures/domain-story';
import { anyRules } from './any-rules';
import type { SavedChange } from './history';
import { Scheduler } from './scheduler';
import { System } from './system';

/** What became of a few accounts, and all that was told of them, in the order of the telling. */
export type CalmHistory = {
  readonly seed: number;
  readonly accounts: readonly AccountSnapshot[];
  /** Every change that was saved, by account, oldest first. */
  readonly changes: ReadonlyMap<AccountId, readonly SavedChange[]>;
  /** Their wire forms. */
  readonly events: readonly string[];
  /** The evidence of every verdict, and what would have been that of accounts that went on. */
  readonly bundles: readonly string[];
};

/** What a history comes to, each as a SHA-256. */
export type HistoryDigests = {
  readonly seed: number;
  /** How every account was left. */
  readonly accounts: string;
  /** What was told of them, of the kinds that are asked for, without ids and versions: these count other kinds too. */
  readonly events: string;
  /** Every event, to the byte of its wire form. */
  readonly stream: string;
};

const ACCOUNTS = 5;
const ROUNDS = 70;
const HOUR_MS = 3_600_000;
const trace = { correlationId: 'calm', traceparent: null };

/**
 * The accounts of the simulation under any rules, without its faults: one thing is done after another, by the shipped
 * use cases. What is drawn by chance is not drawn by ports or for events, so that a history depends on decisions alone.
 */
export async function calmHistory(seed: number): Promise<CalmHistory> {
  const random = new SeededRandom(seed);
  const scheduler = new Scheduler(new SeededRandom(seed));
  const system = new System(random, scheduler);
  await system.open(ACCOUNTS);
  system.isAtRest = true;
  underAnyRules(system);
  const commands = commandsOf(system);
  const bundles: string[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    await disturb(system, scheduler, commands);
    for (const { snapshot } of system.world.accounts.values()) {
      if (snapshot.status !== 'active') continue;
      bundles.push(...runningBundle(system, snapshot, random.next() < 0.02));
      await commands.judge(snapshot.accountId, trace);
    }
  }
  const kept = [...system.world.accounts.values()];
  return {
    seed,
    accounts: kept.map(({ snapshot }) => snapshot),
    changes: system.history.changes,
    events: system.world.outbox.map(({ body }) => body),
    bundles: [...bundles, ...kept.flatMap(({ verdict }) => verdict?.evidence ?? [])],
  };
}

/** As `kinds` are told of, among whatever else is. */
export function digestsOf({ seed, accounts, events }: CalmHistory, kinds: ReadonlySet<string>): HistoryDigests {
  const told = events
    .map((event): Envelope => JSON.parse(event))
    .filter(({ type }) => kinds.has(type))
    .map(({ type, key, occurredAt, data }) => ({
      type,
      key,
      occurredAt,
      // The hash is one of evidence, which names the version.
      data: { ...data, evidenceHash: undefined },
    }));
  const left = accounts.map(({ accountId, status, account }) => ({
    accountId,
    status,
    account: ACCOUNT.encode(account),
  }));
  return {
    seed,
    accounts: anonymousDigest(left),
    events: anonymousDigest(told),
    stream: sha256Digest.sha256(events.join('\n')),
  };
}

/** Ids that were made on the way are told apart, and no more: every event takes one. */
function anonymousDigest(value: unknown): string {
  const known = new Map<string, number>();
  const text = JSON.stringify(value).replace(/00000000-0000-7000-8000-\d{12}/g, (id) => {
    known.set(id, known.get(id) ?? known.size);
    return `id-${known.get(id)}`;
  });
  return sha256Digest.sha256(text);
}

/** Nobody has traded yet: only the trading day follows from the rules. */
function underAnyRules({ world, random, now }: System): void {
  for (const kept of world.accounts.values()) {
    const { snapshot } = kept;
    const rules = anyRules(snapshot.rules.startingUsd, random);
    const account = { ...snapshot.account, day: tradingDayAt(now, rules).day };
    kept.snapshot = { ...snapshot, rules, ruleSetHash: sha256Digest.sha256(ruleSetText(rules)), account };
  }
}

function commandsOf(system: System) {
  const { world, market, history, clock, ids, signals } = system;
  const tape: TapeSource = {
    since: async (wanted, from) =>
      new Map(
        wanted.map((id) => [id, history.trades.filter((one) => one.instrument === id && one.receivedAt >= from)]),
      ),
  };
  const parts = {
    accounts: system.newStore(),
    books: market.books,
    instruments: market.instruments,
    clock,
    ids,
    tape,
    taken: system.taken,
    digest: sha256Digest,
    blackouts: { current: async () => [] },
  };
  const settling = { settlements: memorySettlementStore(world), verdicts: memoryAssessmentStore(world), signals };
  return { judge: judgeAccount(parts), settle: settleOutcome({ ...parts, ...settling }) };
}

/** Prices and orders mostly; now and then a payment goes to and fro, an outcome is paid, or days go by. */
async function disturb(system: System, scheduler: Scheduler, commands: ReturnType<typeof commandsOf>): Promise<void> {
  const { random, market, payments } = system;
  const choice = random.next();
  system.later(random.whole(1, 900));
  if (choice < 0.3) market.tick(system.now);
  else if (choice < 0.4) system.trade();
  else if (choice < 0.85) system.order(system.traders.next());
  else if (choice < 0.89) system.command(system.traders.owner());
  else if (choice < 0.91) {
    const granted = payments.any();
    if (granted) payments.reverse(granted);
    payments.once();
  } else if (choice < 0.93) await resolve(system, commands);
  else {
    system.later(random.whole(1, choice < 0.97 ? 120_000 : 40 * HOUR_MS));
    for (let moved = 0; moved < 4; moved++) market.tick(system.now);
    market.tellAll(system.now);
  }
  await scheduler.settle();
}

async function resolve(system: System, commands: ReturnType<typeof commandsOf>): Promise<void> {
  const { market, world, now } = system;
  market.resolve(now);
  for (const accountId of world.accounts.keys()) {
    for (const instrument of [YES, NO]) {
      const payout = market.resolutions.get(instrument)?.at(-1);
      if (payout) await commands.settle({ accountId, instrument, payout, trace });
    }
  }
}

/** An account before something is done about it: wherever a rule asks for that, and where it is `wanted`. */
function runningBundle({ market, now }: System, snapshot: AccountSnapshot, wanted: boolean): readonly string[] {
  const { account, rules, version } = snapshot;
  const books = account.positions.flatMap(({ instrument }) => market.book(instrument) ?? []);
  const marks = marksAt(new Map(books.map((book) => [book.instrument, book])), now);
  const judgement = judge(rules, account, marks, now);
  const { kind } = judgement.verdict;
  const isKept = kind === 'paused' || kind === 'close' || (kind === 'open' && wanted);
  if (!isKept) return [];
  return [evidenceText({ ...snapshot, accountVersion: version, quotes: [...marks.values()], at: now }, judgement)];
}
