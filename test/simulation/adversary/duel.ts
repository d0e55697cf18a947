import { positionIn } from '../../../domain/account/account';
import type { RuleSet } from '../../../domain/assessment/rules/rule-set';
import { addUsd, ppm, price } from '../../../domain/kernel/money';
import { SeededRandom } from '../../../local/simulators/truth/random';
import { BTC, dollars, RULES, YES } from '../../fixtures/domain-story';
import { Arena } from '../arena';
import type { Sabotage } from '../sabotage';
import { honestPlan, type PlannedTrade } from './honest-plan';
import { type MarketPath, marketPath, type Touch } from './market-path';
import type { Trick } from './tricks';

/** How one trader ended over one path. `worth`: 0 where the assessment failed, else what is left above the floor. */
export type Ended = { readonly worth: number; readonly status: string; readonly findings: readonly string[] };

/** `findings`: what no trader may reach, whatever it is worth. */
export type Duel = {
  readonly seed: number;
  readonly tricks: readonly string[];
  readonly twin: Ended;
  readonly trickster: Ended;
  readonly findings: readonly string[];
};

const STARTING = 10_000;
const FLOOR = 9_000;
const STOP_AWAY = 0.08;

/** What limits these accounts: a floor, a loss of the day, stops that are asked for now and then, caps on outcomes. */
function rulesOf(seed: number): RuleSet {
  const random = new SeededRandom(seed * 31 + 5);
  const asksStops = random.next() < 0.4;
  return {
    ...RULES,
    startingUsd: dollars(`${STARTING}`),
    target: null,
    maxLoss: { ...RULES.maxLoss, width: { kind: 'usd', usd: dollars('1000') } },
    dailyLoss: RULES.dailyLoss && { ...RULES.dailyLoss, width: { kind: 'usd', usd: dollars('700') } },
    riskPerTrade: {
      limitUsd: dollars('100000'),
      severity: 'fail',
      stopWithinMs: asksStops ? 2_000 : null,
      stopSeverity: 'fail',
      stopCorrection: null,
      plan: 'unjudged',
      stopMissesToFail: null,
    },
    exposure: { ...RULES.exposure, eventUsdMax: dollars('150'), outcomePriceMax: ppm(990_000n) },
  };
}

/** A trader twice over the same prices: once by the plan alone, once with these tricks beside it. */
export async function duel(seed: number, tricks: readonly Trick[], sabotage: Sabotage = 'none'): Promise<Duel> {
  const path = marketPath(seed);
  const closesAt = path.steps.findIndex(({ closes }) => closes);
  // An unpriced share bars new risk: the twin must not fail by trades that the trickster could not make.
  const lastEntry = tricks.some(({ isWaiting }) => isWaiting) ? closesAt : path.steps.length;
  const plan = honestPlan(seed, path.steps.length).filter(({ entersAt }) => entersAt < lastEntry);
  const given = { seed, path, plan, sabotage };
  const [twin, trickster] = [await run(given, []), await run(given, tricks)];
  const findings = [...twin.findings, ...trickster.findings];
  return { seed, tricks: tricks.map(({ name }) => name), twin, trickster, findings };
}

type Given = {
  readonly seed: number;
  readonly path: MarketPath;
  readonly plan: readonly PlannedTrade[];
  readonly sabotage: Sabotage;
};

async function run({ seed, path, plan, sabotage }: Given, tricks: readonly Trick[]): Promise<Ended> {
  const arena = await Arena.open({ seed, sabotage, rules: rulesOf(seed) });
  const random = new SeededRandom(seed * 13 + 11);
  const owner = arena.owner();
  const memory = new Set<string>();
  const findings = new Set<string>();
  for (const [number, step] of path.steps.entries()) {
    arena.isEngineAway = step.isEngineAway;
    await arena.wait(step.afterMs);
    if (step.closes) await arena.change(YES, { status: 'closed', payout: null });
    await arena.show(BTC, ...levels(step.bitcoin, 1, '50'));
    if (isOpenAt(path, number)) await arena.show(YES, ...levels(step.yes, 2, '5000'));
    await follow(arena, plan, number);
    const isExposed = plan.some(({ entersAt, leavesAt }) => number >= entersAt && number <= leavesAt);
    for (const trick of tricks) await trick.act({ arena, owner, path, number, step, random, isExposed, memory });
    if (hasTooMuch(arena)) findings.add(`step ${number}: the outcomes of an event cost more than they may`);
  }
  await comeToAnEnd(arena, path);
  return { ...endedOf(arena), findings: [...findings] };
}

const levels = ({ bid, ask }: Touch, digits: number, depth: string): [string, string] => [
  `${depth}@${bid.toFixed(digits)}`,
  `${depth}@${ask.toFixed(digits)}`,
];

const isOpenAt = ({ steps }: MarketPath, number: number): boolean =>
  !steps.slice(0, number + 1).some(({ closes }) => closes);

/** Enters, mostly with a stop, and leaves. */
async function follow(arena: Arena, plan: readonly PlannedTrade[], number: number): Promise<void> {
  const owner = arena.owner();
  const entry = plan.find(({ entersAt }) => entersAt === number);
  if (plan.some(({ leavesAt }) => leavesAt === number)) await arena.begins(owner, 'close', BTC);
  const book = entry && arena.system.market.book(BTC);
  const ask = book?.asks[0];
  if (!entry || !ask) return;
  const each = Number(ask.price) / 1e8;
  const amount = ((entry.leverage * STARTING) / each).toFixed(4);
  const stop = (each * (entry.side === 'buy' ? 1 - STOP_AWAY : 1 + STOP_AWAY)).toFixed(1);
  await arena.begins(owner, entry.side, BTC, entry.hasStop ? `${amount} sl ${stop}` : amount);
}

/** The engine is there, the market is resolved, and everything is closed. */
async function comeToAnEnd(arena: Arena, { pays }: MarketPath): Promise<void> {
  arena.isEngineAway = false;
  const owner = arena.owner();
  await arena.change(YES, { status: 'resolved', payout: { kind: 'pays', price: price(pays ? 100_000_000n : 0n) } });
  for (let time = 0; time < 3; time++) {
    await arena.wait(1_500);
    const book = arena.system.market.book(BTC);
    if (book)
      arena.system.market.show(
        { ...book, sequence: book.sequence + 100_000 + time, receivedAt: arena.system.now, venueAt: arena.system.now },
        arena.system.now,
      );
    await arena.watch();
    if (time === 1) await arena.begins(owner, 'close', BTC);
  }
}

function endedOf(arena: Arena): Omit<Ended, 'findings'> {
  const { status, cashUsd } = arena.standing(arena.owner());
  const worth = status === 'failed' ? 0 : Math.max(0, cashUsd - FLOOR) / (STARTING - FLOOR);
  return { worth, status };
}

/** What is held of the event cost more than the tier allows, fees included. */
function hasTooMuch(arena: Arena): boolean {
  const { account, rules } = arena.snapshot(arena.owner());
  const position = positionIn(account, YES);
  const most = rules.exposure.eventUsdMax;
  return position !== undefined && most !== null && addUsd(position.costUsd, position.feesUsd) > most;
}
