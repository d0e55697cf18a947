import type { RuleSet } from '../../../domain/assessment/rules/rule-set';
import { BTC, dollars } from '../../fixtures/domain-story';
import { Arena, type Standing } from '../arena';

const STOP_WITHIN_MS = 60_000;

const RULES: Partial<RuleSet> = {
  riskPerTrade: {
    limitUsd: dollars('10000'),
    severity: 'fail',
    stopWithinMs: STOP_WITHIN_MS,
    stopSeverity: 'fail',
    stopCorrection: null,
    plan: 'unjudged',
    stopMissesToFail: null,
  },
};

/**
 * A position is kept without its stop while the engine is late, and left with everything else as soon as it has paid:
 * what was missed is gone with it. The twin does the same and waits for the engine. Unprotected the door knows no
 * deadline: the rules that a command is decided by lack it.
 */
export async function closeAllTrick(isProtected: boolean): Promise<{ trickster: Standing; twin: Standing }> {
  const arena = await Arena.open({ rules: RULES, people: 2, sabotage: isProtected ? 'none' : 'door' });
  const [trickster, twin] = [arena.owner(0), arena.owner(1)];
  await arena.show(BTC, '10@59999', '10@60001');
  for (const owner of [trickster, twin]) await arena.order(owner, 'buy', BTC, '0.5');
  arena.isEngineAway = true;
  await arena.wait(STOP_WITHIN_MS + 1_000);
  await arena.show(BTC, '10@61999', '10@62001');
  await arena.closeAll(trickster);
  arena.isEngineAway = false;
  await arena.wait(1);
  return { trickster: arena.standing(trickster), twin: arena.standing(twin) };
}
