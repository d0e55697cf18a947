import { balanceOf } from '../../domain/account/account';
import type { AssessmentStore, AssessmentSummary } from '../../usecases/ports/assessment-store';
import { announceIn, assessmentIn, inboxKey, type KeptAccount, type MemoryWorld } from './memory-world';

export const memoryAssessmentStore = (world: MemoryWorld): AssessmentStore => ({
  pinnedRules: async (id) => world.pinned.get(id),
  create: async (given, inbox) => {
    const isGranted = [...world.accounts.values()].some(({ purchaseId }) => purchaseId === given.purchaseId);
    if (world.inbox.has(inboxKey(inbox)) || isGranted) return 'duplicate';
    world.inbox.add(inboxKey(inbox));
    const { accountId, assessmentId, userId, pinned, cashUsd, day, dayAnchorUsd, purchaseId, createdAt } = given;
    const { rules, ruleSetVersion, ruleSetHash, tierName } = pinned;
    world.accounts.set(accountId, {
      snapshot: {
        ...{ accountId, assessmentId, userId, rules, ruleSetVersion, ruleSetHash },
        version: 1,
        status: 'active',
        account: { cashUsd, positions: [], tradesClosed: 0, day, dayAnchorUsd },
        priorFill: undefined,
      },
      ...{ tierName, purchaseId, createdAt, fills: [], equity: new Map(), verdict: undefined },
    });
    announceIn(world, given.announcements);
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
    const kept = [...world.accounts.values()].find(({ verdict }) => verdict?.violation?.violationId === id);
    return kept?.verdict && { userId: kept.snapshot.userId, evidence: kept.verdict.evidence };
  },
});

function summaryIn(world: MemoryWorld, { snapshot, tierName, createdAt, verdict }: KeptAccount): AssessmentSummary {
  const { accountId, assessmentId, userId, status, rules, account } = snapshot;
  const reports = [...world.reports.values()].filter(({ report }) => report.assessmentId === assessmentId);
  return {
    ...{ accountId, assessmentId, userId, tierName, status, createdAt },
    startingUsd: rules.startingUsd,
    balanceUsd: balanceOf(account),
    endedAt: verdict?.at ?? null,
    breach: verdict?.violation?.rule ?? null,
    violationId: verdict?.violation?.violationId ?? null,
    reportId: reports.at(-1)?.report.reportId ?? null,
  };
}
