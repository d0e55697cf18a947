import { decideAgain } from '../../domain/assessment/evidence/evidence';
import { SeededRandom } from '../../local/simulators/truth/random';
import { DELISTED_FOR_MS } from '../../usecases/market-data/settle-delisted';
import type { KeptAccount } from '../fakes/memory-world';
import { ETH } from '../fixtures/domain-story';
import { holdFindings } from './hold-oracle';
import { type Findings, findingsOf } from './oracles';
import type { Sabotage } from './sabotage';
import { Scheduler } from './scheduler';
import { giveSeldomRules } from './seldom-rules';
import { type ConsumerName, System } from './system';

export type Simulated = {
  readonly seed: number;
  readonly findings: Findings;
  /** What happened, so that a run that saw nothing is seen to have seen nothing. */
  readonly seen: {
    readonly steps: number;
    readonly orders: number;
    readonly fills: number;
    readonly failed: number;
    readonly passed: number;
    readonly crashes: number;
    readonly settlements: number;
    readonly corrections: number;
    /** Verdicts that a wrong payout took part in, as the risk desk was told. */
    readonly doubted: number;
    /** What rarer rules did: failures by consistency and by an open loss, warnings of one, time given for a stop. */
    readonly tooLargeShares: number;
    readonly openLosses: number;
    readonly openLossWarnings: number;
    readonly stopCorrections: number;
    /** Days with which a capital grew. */
    readonly growths: number;
    /** Holds that ended, and orders that a hold ended. */
    readonly releases: number;
    readonly cancelledByHolds: number;
    /** Accounts of which a win was left out. */
    readonly shortWins: number;
    /** Days that were counted by the size of a trade. */
    readonly daysBySize: number;
    /** Coins that were paid out because their venue lists them no more. */
    readonly delistedCoins: number;
    readonly payoutsTaken: number;
  };
  /** Equal for equal runs. */
  readonly trace: readonly string[];
};

const ROUNDS = 160;
const ACCOUNTS = 5;
const HOUR_MS = 3_600_000;
/** What trades did to a queue is in the database after this long. */
const SAVED_AFTER_MS = 31_000;
/** An outcome that could not be paid is tried again after this long. */
const PAID_AFTER_MS = 61_000;
const CONSUMERS: readonly ConsumerName[] = ['reports', 'advance', 'mirror'];

/** One run of the whole system under faults; the same seed is the same run. */
export async function simulate(seed: number, sabotage: Sabotage = 'none'): Promise<Simulated> {
  const random = new SeededRandom(seed);
  const scheduler = new Scheduler(random);
  const system = new System(random, scheduler, sabotage);
  await system.open(ACCOUNTS);
  giveSeldomRules(system);
  // The shard was taken before anybody traded: what a first engine finds is nobody's promise.
  system.engine.once();
  await scheduler.settle();
  let crashes = 0;
  for (let round = 0; round < ROUNDS; round++) {
    crashes += (await disturb(system, scheduler, random)) ? 1 : 0;
    await scheduler.steps(random.whole(0, 14));
  }
  await comeToRest(system, scheduler);
  const kept = [...system.world.accounts.values()];
  const countOf = (status: string) => kept.filter(({ snapshot }) => snapshot.status === status).length;
  return {
    seed,
    findings: [
      ...system.broken,
      ...findingsOf(await system.observed()),
      ...(await heldFindings(system, kept)),
      ...kept.flatMap((one) => system.delistings.findings(one)),
    ],
    seen: {
      steps: scheduler.trace.length,
      orders: system.traders.asked.size,
      fills: kept.reduce((sum, { fills }) => sum + fills.length, 0),
      failed: countOf('failed'),
      passed: countOf('passed'),
      crashes,
      settlements: kept.reduce((sum, { settlements }) => sum + settlements.length, 0),
      corrections: kept.reduce((sum, { settlements }) => sum + settlements.filter((one) => one.corrects).length, 0),
      doubted: (await system.signals.list('all', 10_000)).filter(({ kind }) => kind === 'wrong_payout').length,
      ...rareOf(system, kept),
    },
    trace: scheduler.trace,
  };
}

function rareOf({ history }: System, kept: readonly KeptAccount[]) {
  const broken = kept.flatMap(({ verdict }) => (verdict ? [brokenIn(verdict.evidence)] : []));
  const events = kept.flatMap(({ snapshot }) =>
    history.changesOf(snapshot.accountId).flatMap(({ change }) => change.events),
  );
  return {
    tooLargeShares: broken.filter((rule) => rule === 'consistency').length,
    openLosses: broken.filter((rule) => rule === 'open_loss').length,
    openLossWarnings: events.filter((one) => one.kind === 'limit_warned' && one.rule === 'open_loss').length,
    stopCorrections: events.filter(({ kind }) => kind === 'stop_corrected').length,
    growths: events.filter(({ kind }) => kind === 'capital_grown').length,
    releases: events.filter(({ kind }) => kind === 'account_released').length,
    cancelledByHolds: events.filter(
      (one) => one.kind === 'order_cancelled' && one.order.cancelReason === 'account_held',
    ).length,
    payoutsTaken: events.filter(({ kind }) => kind === 'payout_taken').length,
    shortWins: kept.filter(({ snapshot }) => snapshot.account.standing.trades.excludedUsd > 0n).length,
    daysBySize: kept
      .filter(({ snapshot }) => snapshot.rules.activity.dayCountsIf === 'size')
      .reduce((sum, { snapshot }) => sum + snapshot.account.standing.days.counted, 0),
    delistedCoins: kept.flatMap(({ settlements }) => settlements.filter(({ instrument }) => instrument === ETH)).length,
  };
}

async function heldFindings({ world, history }: System, kept: readonly KeptAccount[]): Promise<Findings> {
  return (await Promise.all(kept.map((one) => holdFindings(one, world, history)))).flat();
}

function brokenIn(evidence: string): string | undefined {
  const { verdict } = decideAgain(evidence).judgement;
  return verdict.kind === 'failed' ? verdict.broken.rule : undefined;
}

/** Something happens: mostly prices and orders, now and then a crash. Answers whether it was a crash. */
async function disturb(system: System, scheduler: Scheduler, random: SeededRandom): Promise<boolean> {
  system.later(random.whole(1, 900));
  if (random.next() < 0.5) system.market.hold(system.now);
  const choice = random.next();
  if (choice < 0.24) system.market.tick(system.now);
  else if (choice < 0.36) system.trade();
  else if (choice < 0.54) order(system, random);
  else if (choice < 0.58) system.command(system.traders.owner());
  else if (choice < 0.62) return system.crash();
  else if (choice < 0.64) return system.engine.kill();
  else if (choice < 0.66) await anotherHour(system, scheduler, random);
  else if (choice < 0.67) system.topics.reset('mirror');
  else if (choice < 0.705) return await resolution(system, scheduler, random);
  else if (choice < 0.725) await reversals(system, scheduler, random);
  else if (choice < 0.735) listing(system, random);
  else if (choice < 0.785) for (const owner of system.traders.owners) system.payOut(owner);
  else work(system, random);
  return false;
}

/** Where an engine that pays, or takes back, can be killed. */
const PAYING = /settlements|signals|verdicts/;

/** The market ends, ends anew, or is told of once more; the engine may die of it. Answers whether it did. */
async function resolution(system: System, scheduler: Scheduler, random: SeededRandom): Promise<boolean> {
  const { market, engine, now } = system;
  if (random.next() < (market.isResolved ? 0.5 : 0.3)) market.resolve(now);
  else if (random.next() < 0.5) market.tellChanges(now);
  else market.tellAgain(now);
  if (random.next() < 0.5) return false;
  for (let tried = 0; tried < 30; tried++) {
    engine.once();
    await scheduler.steps(random.whole(1, 4));
    if (scheduler.isAt(PAYING) && random.next() < 0.4) return system.crash(PAYING);
  }
  return false;
}

/** A coin is listed no more, or again. */
function listing({ delistings }: System, random: SeededRandom): void {
  if (delistings.isGone(ETH)) delistings.relist(ETH);
  else if (random.next() < 0.3) delistings.delist(ETH);
}

/** A payment goes to and fro while its consumers are at it. */
async function reversals({ payments }: System, scheduler: Scheduler, random: SeededRandom): Promise<void> {
  const granted = payments.any();
  const times = random.whole(1, 4);
  for (let time = 0; granted && time < times; time++) {
    payments.reverse(granted);
    payments.once();
    await scheduler.steps(random.whole(0, 5));
  }
}

/** Somebody orders; an impatient client sends the same thing twice. */
function order(system: System, random: SeededRandom): void {
  const asked = system.traders.next();
  system.order(asked);
  if (random.next() < 0.3) system.order(asked);
}

/** Nothing takes an hour to be heard of: what is on its way arrives first. */
async function anotherHour(system: System, scheduler: Scheduler, random: SeededRandom): Promise<void> {
  await workOff(system, scheduler, []);
  system.later(random.whole(1, 9) * HOUR_MS);
  system.market.tellAll(system.now);
}

function work(system: System, random: SeededRandom): void {
  system.payments.once();
  const choice = random.whole(0, 4);
  if (choice <= 1) system.engine.once();
  else if (choice === 2) system.relayOnce();
  else system.consumeOnce(CONSUMERS[random.whole(0, CONSUMERS.length - 1)] ?? 'mirror');
}

/** The faults end: whoever was not answered asks again, every price is fresh, and all is worked off and saved. */
async function comeToRest(system: System, scheduler: Scheduler): Promise<void> {
  await scheduler.settle();
  for (const asked of system.traders.unanswered()) system.order(asked);
  for (const owner of system.traders.owners) system.payOut(owner);
  await scheduler.settle();
  system.isAtRest = true;
  if (system.delistings.isGone(ETH)) {
    await workOff(system, scheduler, CONSUMERS);
    system.later(DELISTED_FOR_MS);
    await system.delistings.settle();
  }
  for (const ms of [1, SAVED_AFTER_MS, PAID_AFTER_MS]) {
    system.later(ms);
    system.market.tellAll(system.now);
    await workOff(system, scheduler, CONSUMERS);
  }
}

async function workOff(system: System, scheduler: Scheduler, consumers: readonly ConsumerName[]): Promise<void> {
  for (;;) {
    system.relayOnce();
    await scheduler.settle();
    let isWorking = system.engine.once();
    isWorking = system.payments.once() || isWorking;
    for (const name of consumers) isWorking = system.consumeOnce(name) || isWorking;
    await scheduler.settle();
    const isSent = system.world.outbox.every((row) => row.isSent);
    if (!isWorking && isSent && system.engine.isIdle && system.payments.isIdle) return;
  }
}
