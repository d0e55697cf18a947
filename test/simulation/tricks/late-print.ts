import { price, qty } from '../../../domain/kernel/money';
import { at, BTC, RULES as STORY_RULES, units } from '../../fixtures/domain-story';
import { Arena } from '../arena';

const QUEUES = { execution: { ...STORY_RULES.execution, restingFills: 'queue' } } as const;

/**
 * Somebody has seen a trade below the market that the platform has not heard of, and bids above it. It is told after
 * the order is there. Answers how much of a bitcoin that buys; undated, trades are of when they are heard of.
 */
export async function latePrint(isProtected: boolean): Promise<number> {
  const arena = await Arena.open({ rules: QUEUES, sabotage: isProtected ? 'none' : 'dating' });
  await arena.show(BTC, '10@59999', '10@60001');
  await arena.wait(1_000);
  const tradedAt = arena.system.now;
  await arena.wait(200);
  await arena.order(arena.owner(), 'buy', BTC, '1 limit 59950');
  await arena.wait(200);
  await trade(arena, '59900', '5', tradedAt);
  return heldOf(arena);
}

/** Bids behind all that the book shows, where others stand whom nobody sees, and the market comes to that price. */
export async function unseenQueue(isProtected: boolean): Promise<number> {
  const arena = await Arena.open({ rules: QUEUES, sabotage: isProtected ? 'none' : 'queues' });
  await arena.show(BTC, '10@59999 20@59998', '10@60001');
  await arena.order(arena.owner(), 'buy', BTC, '1 limit 59900');
  await arena.wait(200);
  await trade(arena, '59900', '5');
  return heldOf(arena);
}

async function trade(arena: Arena, at_: string, amount: string, venueAt = arena.system.now): Promise<void> {
  const level = { price: price(at(at_)), qty: qty(units(amount)) };
  arena.system.market.trade(arena.system.now, BTC, 'sell', level, venueAt);
  await arena.watch();
}

const heldOf = (arena: Arena): number =>
  Number(arena.snapshot(arena.owner()).account.positions[0]?.qty ?? 0n) / Number(units('1'));
