import { balanceOf } from '../../domain/account/account';
import { capitalOf } from '../../domain/account/standing/growth';
import { freshStanding } from '../../domain/account/standing/standing';
import type {
  AssessmentStore,
  AssessmentSummary,
  KeptHistory,
} from '../../usecases/ports/assessments/assessment-store';
import { assessmentIn, enqueueIn, inboxKey, type KeptAccount, type MemoryWorld } from './memory-world';

export const memoryAssessmentStore = (world: MemoryWorld): AssessmentStore => ({
  pinnedProgram: async (id) => world.pinned.get(id),
  course: async (id) => courseIn(world, assessmentIn(world, id)),
  coursesOf: async (userId) => {
    const own = [...world.accounts.values()].filter(({ snapshot }) => snapshot.userId === userId);
    const first = new Map([...own].reverse().map((kept) => [kept.purchaseId, kept]));
    return [...first.values()].flatMap((kept) => courseIn(world, kept) ?? []);
  },
  create: async (given, inbox) => {
    const { accountId, assessmentId, userId, pinned, cashUsd, day, dayAnchorUsd, createdAt } = given;
    if (world.inbox.has(inboxKey(inbox)) || assessmentIn(world, assessmentId)) return 'duplicate';
    const { purchaseId, place, origin } = given;
    const isTaken = ({ purchaseId: other, place: its }: KeptAccount) =>
      other === purchaseId && its.phase === place.phase && its.attempt === place.attempt;
    if ([...world.accounts.values()].some(isTaken)) return 'taken';
    world.inbox.add(inboxKey(inbox));
    const { rules, ruleSetVersion, ruleSetHash, tierName } = pinned;
    const standing = freshStanding(cashUsd, createdAt);
    world.accounts.set(accountId, {
      snapshot: {
        accountId,
        assessmentId,
        userId,
        rules,
        ruleSetVersion,
        ruleSetHash,
        version: 1,
        status: 'active',
        account: { cashUsd, positions: [], tradesClosed: 0, day, dayAnchorUsd, orders: [], standing },
        prior: undefined,
      },
      tierName,
      purchaseId,
      place,
      origin,
      createdAt,
      orders: new Map(),
      fills: [],
      settlements: [],
      payouts: [],
      moves: [],
      equity: new Map(),
      verdict: undefined,
    });
    enqueueIn(world, given.messages);
    return 'created';
  },
  listOf: async (userId) =>
    [...world.accounts.values()]
      .filter(({ snapshot }) => snapshot.userId === userId)
      .sort((a, b) => b.createdAt - a.createdAt)
      .map((kept) => summaryIn(world, kept)),
  find: async (id) => {
    const kept = assessmentIn(world, id);
    return kept && { summary: summaryIn(world, kept), snapshot: kept.snapshot };
  },
  fills: async (id, limit) => [...(world.accounts.get(id)?.fills ?? [])].reverse().slice(0, limit),
  equityCurve: async (id, limit) => {
    const points = [...(world.accounts.get(id)?.equity.values() ?? [])].sort((a, b) => a.at - b.at);
    if (points.length <= limit) return points;
    const step = (points.length - 1) / (limit - 1);
    return Array.from({ length: limit }, (_, n) => points[Math.ceil(n * step)]).flatMap((point) => point ?? []);
  },
  evidence: async (id) => {
    const kept = [...world.accounts.values()].find(
      ({ snapshot, verdict }) => snapshot.assessmentId === id || verdict?.violation?.violationId === id,
    );
    if (!kept?.verdict) return undefined;
    const { userId, assessmentId } = kept.snapshot;
    const { at, evidence, evidenceHash } = kept.verdict;
    return { userId, assessmentId, at, evidence, evidenceHash };
  },
});

function courseIn(world: MemoryWorld, known: KeptAccount | undefined): KeptHistory | undefined {
  const pinned = known && world.pinned.get(known.purchaseId);
  if (!known || !pinned) return undefined;
  const { program, resetOf: _, ...rest } = pinned;
  const attempts = [...world.accounts.values()]
    .filter(({ purchaseId }) => purchaseId === known.purchaseId)
    .map(({ snapshot, place, origin }) => {
      const { assessmentId, accountId, status } = snapshot;
      const hold = world.holds.get(assessmentId) ?? null;
      return { phase: place.phase, attempt: place.attempt, assessmentId, accountId, origin, status, hold };
    })
    .sort((a, b) => a.phase - b.phase || a.attempt - b.attempt);
  return { ...rest, program, attempts, purchaseId: known.purchaseId, userId: known.snapshot.userId };
}

function summaryIn(
  world: MemoryWorld,
  { snapshot, tierName, place, createdAt, verdict }: KeptAccount,
): AssessmentSummary {
  const { accountId, assessmentId, userId, status, rules, account } = snapshot;
  const reports = [...world.reports.values()].filter(({ report }) => report.assessmentId === assessmentId);
  return {
    accountId,
    assessmentId,
    userId,
    tierName,
    ...place,
    status,
    createdAt,
    hold: account.standing.holds.now?.kind ?? null,
    startingUsd: rules.startingUsd,
    capitalUsd: capitalOf(rules.startingUsd, account.standing.payouts.growth),
    paysOut: rules.payout !== null,
    balanceUsd: balanceOf(account),
    endedAt: verdict?.at ?? null,
    breach: verdict?.violation?.broken.rule ?? null,
    violationId: verdict?.violation?.violationId ?? null,
    reportId: reports.at(-1)?.report.reportId ?? null,
  };
}
