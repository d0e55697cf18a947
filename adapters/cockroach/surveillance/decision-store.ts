import { isoText } from '../../../domain/kernel/instant';
import type { DecisionStore, SignalDecision } from '../../../usecases/ports/surveillance/surveillance-store';
import type { Database } from '../connection/database';
import { auditColumns } from './audit-columns';
import { appendDecision, type DecisionRow, findDecision } from './decision.sql';

export const makeDecisionStore = (database: Database): DecisionStore => ({
  find: async (id) => {
    const [row] = await database.query(findDecision, [id]);
    return row && { ...decisionOf(row), signalId: row.signal_id };
  },
  append: async (signalId, { decisionId, outcome, reason, decidedBy, decidedAt }, audit) => {
    const columns = [decisionId, signalId, outcome, reason, decidedBy, isoText(decidedAt)];
    return (await database.write(appendDecision, [...columns, ...auditColumns(audit)])) > 0;
  },
});

export const decisionOf = (row: DecisionRow): SignalDecision => ({
  decisionId: row.decision_id,
  outcome: row.outcome,
  reason: row.reason,
  decidedBy: row.decided_by,
  decidedAt: row.decided_at,
});
