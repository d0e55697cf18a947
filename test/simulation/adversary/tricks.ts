import { price, qty } from '../../../domain/kernel/money';
import { SeededRandom } from '../../../local/simulators/truth/random';
import { at, BTC, units, YES } from '../../fixtures/domain-story';
import type { Arena } from '../arena';
import type { Owner } from '../trader';
import type { MarketPath, Step } from './market-path';

/** A moment at which a trickster may do something, and what nobody else knows by then. */
export type Turn = {
  readonly arena: Arena;
  readonly owner: Owner;
  readonly path: MarketPath;
  readonly number: number;
  readonly step: Step;
  /** The trickster's own chances: the honest plan and the market draw from others. */
  readonly random: SeededRandom;
  /** What the plan holds of bitcoin now: notional over the starting balance, negative when short. */
  readonly isExposed: boolean;
  /** What the trick has noted of this run. */
  readonly memory: Set<string>;
};

/** `isWaiting`: who plays it adds nothing from the closing of the market on, and nor does the twin. */
export type Trick = {
  readonly name: string;
  readonly isWaiting?: boolean;
  readonly act: (turn: Turn) => Promise<void>;
};

/** 1. Holds a few shares of a market that is about to close: an account with a position that has no price. */
const shield: Trick = {
  name: 'shield',
  isWaiting: true,
  act: async ({ arena, owner, path, number, random }) => {
    const next = path.steps[number + 1];
    if (!next?.closes) return;
    const shares = random.next() < 0.5 ? 5 : 4_000;
    await arena.order(owner, 'buy', YES, `${shares}`);
  },
};

/** 2. Shows a lot inside the spread at the venue, and takes it here again and again; then the other way round. */
const sameLot: Trick = {
  name: 'same lot',
  act: async ({ arena, owner, path, number, step }) => {
    if (number < 2 || number > 6 || path.steps[number]?.closes) return;
    const { bid, ask } = step.yes;
    const [low, high] = [text(bid + 0.01), text(ask - 0.01)];
    if (Number(high) - Number(low) < 0.05) return;
    await arena.show(YES, `5000@${text(bid)}`, `20@${low} 5000@${text(ask)}`);
    for (let time = 0; time < 10; time++) await arena.order(owner, 'buy', YES, `20 limit ${low} ioc`);
    await arena.show(YES, `20@${high} 5000@${text(bid)}`, `5000@${text(ask)}`);
    for (let time = 0; time < 10; time++) await arena.order(owner, 'sell', YES, `20 limit ${high} ioc`);
    await arena.show(YES, `5000@${text(bid)}`, `5000@${text(ask)}`);
  },
};

/** 3. Knows the next price, and takes this one while it is still shown; gives it back as soon as it has come. */
const sniper: Trick = {
  name: 'sniper',
  act: async ({ arena, owner, path, number, step, isExposed }) => {
    const next = path.steps[number + 1];
    if (!next || isExposed) return;
    const worth = 0.006 * step.bitcoin.ask;
    const side =
      next.bitcoin.bid - step.bitcoin.ask > worth
        ? 'buy'
        : step.bitcoin.bid - next.bitcoin.ask > worth
          ? 'sell'
          : undefined;
    if (side) await arena.begins(owner, side, BTC, '0.2');
    else if (arena.snapshot(owner).account.positions.some(({ instrument }) => instrument === BTC)) {
      await arena.begins(owner, 'close', BTC);
    }
  },
};

/** 4. A stop whose price says little about what it will cost: a gap, or a trail without a price. */
const gap: Trick = {
  name: 'gap',
  act: async ({ arena, owner, path, number, step }) => {
    if (path.steps[number]?.closes || number < 2 || number > 6) return;
    const { bid, ask } = step.yes;
    await arena.show(YES, `5000@${bid.toFixed(2)}`, '');
    await arena.order(owner, 'buy', YES, '20000 trail 1%');
    await arena.show(YES, `5000@${bid.toFixed(2)}`, `5000@${ask.toFixed(2)}`);
    await arena.order(owner, 'buy', YES, `400 stop ${(ask + 0.01).toFixed(2)}`);
    await arena.wait(100);
    await arena.show(YES, '50000@0.89', '50000@0.90');
    await arena.wait(100);
    await arena.show(YES, `5000@${bid.toFixed(2)}`, `5000@${ask.toFixed(2)}`);
  },
};

/** 5. Trades a crumb as soon as the price is back, while the engine has not judged the one that broke a limit. */
const crumb: Trick = {
  name: 'crumb',
  act: async ({ arena, owner, step, memory }) => {
    const room = roomOf(arena, owner);
    if (!step.isEngineAway) memory.delete('broken');
    else if (room < 0) memory.add('broken');
    else if (memory.has('broken') && room > 20) {
      memory.delete('broken');
      await arena.order(owner, 'buy', BTC, '0.001');
    }
  },
};

/** 6. Closes everything once the time for a stop is over, before anybody has missed it. */
const closesAll: Trick = {
  name: 'closes all',
  act: async ({ arena, owner, step }) => {
    if (step.isEngineAway && lacksStop(arena, owner)) await arena.closeAll(owner);
  },
};

/** Whether a stop is overdue that the tier asks for. */
function lacksStop(arena: Arena, owner: Owner): boolean {
  const { account, rules } = arena.snapshot(owner);
  const withinMs = rules.riskPerTrade?.stopWithinMs;
  const isProtected = account.orders.some(({ terms }) => 'stopPrice' in terms);
  if (typeof withinMs !== 'number' || isProtected) return false;
  return account.positions.some(
    ({ instrument, openedAt }) => instrument === BTC && arena.system.now > openedAt + withinMs,
  );
}

/** 7. Orders at a price at which somebody has traded already, before the news of that trade is here. */
const latePrint: Trick = {
  name: 'late print',
  act: async ({ arena, owner, step, random, isExposed }) => {
    if (isExposed || random.next() < 0.7) return;
    const printed = step.bitcoin.bid * 0.99;
    const limit = (Math.round(printed * 10) / 10 + 10).toFixed(1);
    const { system } = arena;
    const venueAt = system.now;
    await arena.wait(50);
    await arena.order(owner, 'buy', BTC, `0.05 limit ${limit}`);
    await arena.wait(50);
    const level = { price: price(at(limit) - at('10')), qty: qty(units('0.05')) };
    system.market.trade(system.now, BTC, 'sell', level, venueAt);
    await arena.watch();
    await arena.cancelAll(owner);
  },
};

/** A price of an outcome, on its tick. */
const text = (price: number): string => price.toFixed(2);

/** What is left above the lowest floor at the prices that are shown. */
function roomOf(arena: Arena, owner: Owner): number {
  const { account, rules } = arena.snapshot(owner);
  const value = account.positions.reduce((sum, position) => {
    const book = arena.system.market.book(position.instrument);
    const level = position.qty > 0n ? book?.bids[0] : book?.asks[0];
    return sum + (Number(position.qty) / 1e8) * (Number(level?.price ?? 0n) / 1e8);
  }, Number(account.cashUsd) / 1e6);
  const day = rules.dailyLoss?.width.kind === 'usd' ? Number(rules.dailyLoss.width.usd) / 1e6 : 0;
  return value - (Number(account.dayAnchorUsd) / 1e6 - day);
}

export const TRICKS: readonly Trick[] = [shield, sameLot, sniper, gap, crumb, closesAll, latePrint];

/** One to three tricks by chance. */
export function tricksOf(seed: number): readonly Trick[] {
  const random = new SeededRandom(seed * 17 + 3);
  const chosen = new Set<Trick>();
  const count = random.whole(1, 3);
  while (chosen.size < count) {
    const trick = TRICKS[random.whole(0, TRICKS.length - 1)];
    if (trick) chosen.add(trick);
  }
  return TRICKS.filter((trick) => chosen.has(trick));
}
