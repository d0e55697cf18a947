import type { RuleSet } from '../../../domain/assessment/rules/rule-set';
import { ONE_DOLLAR_PRICE, price } from '../../../domain/kernel/money';
import type { Payout } from '../../../domain/market/instrument';
import { BTC, YES } from '../../fixtures/domain-story';
import { Arena, type Standing } from '../arena';

/** 10,000 may be lost in all, and 5,000 in a day. */
const RULES: Partial<RuleSet> = { riskPerTrade: null };

/** Shares that are held beside a position in crypto once nobody quotes them any more. */
export type Shield = { readonly shares: string; readonly last: readonly [bids: string, asks: string] };

/** They can pay five dollars: no loss that matters hides behind them. */
export const SHARE: Shield = { shares: '5', last: ['99@0.94', '99@0.95'] };

/** They cost a hundred dollars and can pay ten thousand. */
export const LOTTERY: Shield = { shares: '10000', last: ['99999@0.01', '99999@0.01'] };

/** The same shares, of a market that stays open and whose sellers alone have left: their price is the bid. */
export const NO_ASKS: Shield = { shares: '5', last: ['99@0.94', ''] };

export const LOST: Payout = { kind: 'pays', price: price(0n) };
export const WON: Payout = { kind: 'pays', price: ONE_DOLLAR_PRICE };

/**
 * Both hold the same crypto through a crash and its recovery, and sell there; the trickster has bought shares of a market
 * that closes before. Unprotected nobody judges who holds something without a price.
 */
export async function shieldTrick(
  { shares, last }: Shield,
  payout: Payout,
  isProtected: boolean,
): Promise<{ trickster: Standing; twin: Standing }> {
  const arena = await Arena.open({ rules: RULES, people: 2, sabotage: isProtected ? 'none' : 'shield' });
  const [trickster, twin] = [arena.owner(0), arena.owner(1)];
  await arena.show(YES, last[0], last[1] || '99@0.95');
  await arena.show(BTC, '99@60000', '99@60000.1');
  await arena.order(trickster, 'buy', YES, shares);
  for (const owner of [trickster, twin]) await arena.order(owner, 'buy', BTC, '4');
  await arena.wait(1_000);
  if (last[1] === '') await arena.show(YES, last[0], '');
  else {
    await arena.change(YES, { status: 'closed', payout: null });
    await arena.show(YES, ...last, 'stale');
  }
  for (const mid of ['59000', '57500', '57000', '60000', '63000']) {
    await arena.wait(3_000);
    if (last[1] === '') await arena.show(YES, last[0], '');
    await arena.show(BTC, `99@${mid}`, `99@${mid}.1`);
  }
  for (const owner of [trickster, twin]) await arena.close(owner, BTC);
  await arena.change(YES, { status: 'resolved', payout });
  await arena.wait(61_000);
  return { trickster: arena.standing(trickster), twin: arena.standing(twin) };
}
