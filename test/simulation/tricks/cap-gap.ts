import type { RuleSet } from '../../../domain/assessment/rules/rule-set';
import { ONE_DOLLAR_PRICE } from '../../../domain/kernel/money';
import { dollars, RULES as STORY_RULES, YES } from '../../fixtures/domain-story';
import { Arena, type Standing } from '../arena';

const { exposure } = STORY_RULES;

const RULES: Partial<RuleSet> = { riskPerTrade: null, exposure: { ...exposure, eventUsdMax: dollars('100') } };

/** An order that names a small price, or none, in a book that will offer the outcome at a large one. */
export type Gap = {
  /** How many shares the cap allows after the gap. */
  readonly fits: string;
  readonly order: string;
  readonly before: readonly [bids: string, asks: string];
  readonly after: readonly [bids: string, asks: string];
};

export const STOP: Gap = {
  fits: '110.66',
  order: '1600 stop 0.06',
  before: ['99@0.04', '99@0.05'],
  after: ['99@0.89', '999999@0.9'],
};

/** Nobody sells when it is placed: it has nothing to follow, and names no price. */
export const TRAIL: Gap = {
  fits: '181.65',
  order: '90000 trail 0.01',
  before: ['99@0.04', ''],
  after: ['99@0.5', '999999@0.53'],
};

/**
 * Shares are ordered at a price that keeps the cap of their event, and filled at one that does not; then the outcome
 * pays. The twin buys after the gap, as much as the cap allows. Unprotected nobody who fills an order knows the caps.
 */
export async function capGapTrick(
  { fits, order, before, after }: Gap,
  isProtected: boolean,
): Promise<{ trickster: Standing; twin: Standing }> {
  const arena = await Arena.open({ rules: RULES, people: 2, sabotage: isProtected ? 'none' : 'caps' });
  const [trickster, twin] = [arena.owner(0), arena.owner(1)];
  await arena.show(YES, ...before);
  await arena.order(trickster, 'buy', YES, order);
  await arena.wait(1_000);
  await arena.show(YES, ...after);
  // What the trail follows; it is reached where the price comes back.
  await arena.wait(1_000);
  await arena.show(YES, after[0], after[1].replace('0.53', '0.54'));
  await arena.order(twin, 'buy', YES, fits);
  await arena.change(YES, { status: 'resolved', payout: { kind: 'pays', price: ONE_DOLLAR_PRICE } });
  await arena.wait(61_000);
  return { trickster: arena.standing(trickster), twin: arena.standing(twin) };
}
