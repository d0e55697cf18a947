import { decideAgain } from '../../../domain/assessment/evidence/evidence';
import type { RuleSet } from '../../../domain/assessment/rules/rule-set';
import { BTC, dollars, ETH } from '../../fixtures/domain-story';
import { Arena } from '../arena';
import type { Sabotage } from '../sabotage';
import type { Owner } from '../trader';

/** What the trickster does once the price is back, while the engine is still late. */
export const CRUMBS = {
  'buys a crumb': (arena: Arena, owner: Owner) => arena.order(owner, 'buy', BTC, '0.001'),
  'sells a crumb': (arena: Arena, owner: Owner) => arena.order(owner, 'sell', BTC, '0.001'),
  'buys another coin': (arena: Arena, owner: Owner) => arena.order(owner, 'buy', ETH, '0.01'),
  'closes everything': (arena: Arena, owner: Owner) => arena.closeAll(owner),
} as const;

export type Crumb = keyof typeof CRUMBS;

/** How it ended: for a failure why, and as of when. */
export type Late = { readonly status: string; readonly rule?: string; readonly at?: number };

/** Two accounts hold the same, and one of them knows what to do about a price that nobody has judged. */
export async function lateEngine(crumb: Crumb, sabotage: Sabotage = 'none', awayMs = 2_000) {
  const arena = await Arena.open({ people: 2, sabotage, rules: { startingUsd: dollars('100000') } });
  const [trickster, twin] = [arena.owner(0), arena.owner(1)];
  await showBoth(arena, 60_000);
  for (const owner of [trickster, twin]) await arena.order(owner, 'buy', BTC, '1');
  await arena.wait(1_000);
  arena.isEngineAway = true;
  await showBoth(arena, 54_500);
  await arena.wait(1_000);
  await showBoth(arena, 60_000);
  await arena.wait(awayMs - 1_000);
  await showBoth(arena, 60_000);
  const answer = await CRUMBS[crumb](arena, trickster);
  arena.isEngineAway = false;
  await arena.wait(1);
  return { answer, trickster: endOf(arena, trickster), twin: endOf(arena, twin) };
}

/** The price makes a new peak while the engine is late, and falls: its floor has risen with it, whoever saw it. */
export async function latePeak(crumb: Crumb, sabotage: Sabotage = 'none') {
  const arena = await Arena.open({ people: 2, sabotage, rules: TRAILING });
  const [trickster, twin] = [arena.owner(0), arena.owner(1)];
  await showBoth(arena, 60_000);
  for (const owner of [trickster, twin]) await arena.order(owner, 'buy', BTC, '1');
  await arena.wait(1_000);
  arena.isEngineAway = true;
  await showBoth(arena, 64_000);
  await arena.wait(1_000);
  await showBoth(arena, 61_000);
  await CRUMBS[crumb](arena, trickster);
  arena.isEngineAway = false;
  await arena.wait(1_000);
  await showBoth(arena, 60_500);
  await showBoth(arena, 58_900);
  return { trickster: endOf(arena, trickster), twin: endOf(arena, twin) };
}

/** A stop is reached while the engine is late, and taken back before it is there. */
export async function lateStop(sabotage: Sabotage = 'none') {
  const arena = await Arena.open({ people: 2, sabotage });
  const [trickster, twin] = [arena.owner(0), arena.owner(1)];
  await showBoth(arena, 60_000);
  for (const owner of [trickster, twin]) {
    await arena.order(owner, 'buy', BTC, '1');
    await arena.order(owner, 'sell', BTC, '1 stop 59000 reduce');
  }
  await arena.wait(1_000);
  arena.isEngineAway = true;
  await showBoth(arena, 58_900);
  await arena.wait(1_000);
  await showBoth(arena, 60_000);
  await arena.cancelAll(trickster);
  arena.isEngineAway = false;
  await arena.wait(1);
  return { trickster: arena.standing(trickster), twin: arena.standing(twin) };
}

/** Somebody who holds nothing buys after a dip, and an engine that is late hears of it before it hears of the prices. */
export async function honestPurchase(seed: number) {
  const arena = await Arena.open({ seed, rules: { startingUsd: dollars('100000') } });
  const owner = arena.owner();
  await showBoth(arena, 60_000);
  arena.isEngineAway = true;
  await arena.wait(1_000);
  await showBoth(arena, 54_000);
  await arena.wait(1_000);
  await showBoth(arena, 60_000);
  await arena.order(owner, 'buy', BTC, '1');
  arena.isEngineAway = false;
  await arena.wait(1);
  return arena.standing(owner).status;
}

/** The engine is late and nothing has happened: what an honest trader is answered. */
export async function honestMeanwhile(awayMs: number, crumb: Crumb) {
  const arena = await Arena.open({ rules: { startingUsd: dollars('100000') } });
  const owner = arena.owner();
  await showBoth(arena, 60_000);
  await arena.order(owner, 'buy', BTC, '1');
  await arena.wait(1_000);
  await showBoth(arena, 60_000);
  arena.isEngineAway = true;
  await arena.wait(awayMs);
  await showBoth(arena, 60_010);
  const answer = await CRUMBS[crumb](arena, owner);
  return { answer, status: arena.standing(owner).status };
}

const TRAILING: Partial<RuleSet> = {
  startingUsd: dollars('100000'),
  dailyLoss: null,
  maxLoss: {
    mode: 'trailing_intraday',
    width: { kind: 'usd', usd: dollars('5000') },
    trails: 'equity',
    testedOn: 'equity',
    lockUsd: null,
    payoutEffect: 'none',
  },
};

async function showBoth(arena: Arena, price: number): Promise<void> {
  await arena.show(BTC, `10@${price - 1}`, `10@${price + 1}`);
  await arena.show(ETH, '100@2999', '100@3001');
}

function endOf(arena: Arena, { accountId }: Owner): Late {
  const kept = arena.system.world.accounts.get(accountId);
  if (!kept?.verdict) return { status: kept?.snapshot.status ?? 'unknown' };
  const { input, judgement } = decideAgain(kept.verdict.evidence);
  const { verdict } = judgement;
  return {
    status: kept.snapshot.status,
    at: input.at,
    ...(verdict.kind === 'failed' && { rule: verdict.broken.rule }),
  };
}
