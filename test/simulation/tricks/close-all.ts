import type { RuleSet } from '../../../domain/assessment/rules/rule-set';
import type { AccountSnapshot, AccountStore } from '../../../usecases/ports/accounts/account-store';
import { closePositions } from '../../../usecases/trading/close-positions';
import { BTC, dollars } from '../../fixtures/domain-story';
import { Arena, type Standing } from '../arena';

const STOP_WITHIN_MS = 60_000;
const trace = { correlationId: 'close-all', traceparent: null };

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
  const arena = await Arena.open({ rules: RULES, people: 2 });
  const [trickster, twin] = [arena.owner(0), arena.owner(1)];
  await arena.show(BTC, '10@59999', '10@60001');
  for (const owner of [trickster, twin]) await arena.order(owner, 'buy', BTC, '0.5');
  arena.isEngineAway = true;
  await arena.wait(STOP_WITHIN_MS + 1_000);
  await arena.show(BTC, '10@61999', '10@62001');
  await arena.does((parts) => {
    const accounts = isProtected ? parts.accounts : withoutDeadlines(parts.accounts);
    return closePositions({ ...parts, accounts })({ ...trickster, trace });
  });
  arena.isEngineAway = false;
  await arena.wait(1);
  return { trickster: arena.standing(trickster), twin: arena.standing(twin) };
}

/** The accounts as a process sees them that was not told of any deadline. */
function withoutDeadlines(accounts: AccountStore): AccountStore {
  const blind = <T extends AccountSnapshot | undefined>(snapshot: T): T =>
    snapshot && { ...snapshot, rules: { ...snapshot.rules, riskPerTrade: null } };
  return {
    ...accounts,
    load: async (accountId, orderId) => blind(await accounts.load(accountId, orderId)),
    recall: (accountId) => blind(accounts.recall(accountId)),
  };
}
