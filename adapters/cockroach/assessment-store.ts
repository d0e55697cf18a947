import { balanceOf } from '../../domain/account/account';
import { isoText } from '../../domain/kernel/instant';
import { formatUsd } from '../../domain/kernel/money';
import type { AccountSnapshot } from '../../usecases/ports/account-store';
import type { AssessmentStore, AssessmentSummary, NewAssessment } from '../../usecases/ports/assessment-store';
import type { Inbox } from '../../usecases/ports/outbox';
import { fillOf, ruleSetColumn, ruleSetOf, snapshotOf, snapshotsOf } from './account-rows';
import {
  assessmentsOfUser,
  createAssessment,
  type DetailRow,
  equityCurve,
  fillsOfAccount,
  findAssessment,
  pinnedRules,
  violationEvidence,
} from './assessment.sql';
import type { Database } from './database';
import { isUniqueViolation } from './database-errors';
import { outboxColumns } from './outbox-columns';
import { postingValues } from './posting-values';

export const makeAssessmentStore = (database: Database): AssessmentStore => ({
  pinnedRules: async (id) => {
    const [row] = await database.query(pinnedRules, [id]);
    if (!row) return undefined;
    const { tier_id, tier_name, rule_set_version, rule_set_hash, rules } = row;
    return {
      tierId: tier_id,
      tierName: tier_name,
      ruleSetVersion: rule_set_version,
      ruleSetHash: rule_set_hash,
      rules: ruleSetOf(rules),
    };
  },
  create: (assessment, inbox) => create(database, assessment, inbox),
  listOf: async (userId) => {
    const rows = await database.query(assessmentsOfUser, [userId]);
    const firstRows = new Map([...rows].reverse().map((row) => [row.account_id, row]));
    return snapshotsOf(rows).map((snapshot) => summaryOf(snapshot, firstRows.get(snapshot.accountId) as DetailRow));
  },
  find: async (id) => {
    const [first, ...others] = await database.query(findAssessment, [id]);
    if (!first) return undefined;
    const snapshot = snapshotOf([first, ...others]);
    return { summary: summaryOf(snapshot, first), snapshot };
  },
  fills: async (id, limit) => (await database.query(fillsOfAccount, [id, limit])).map(fillOf),
  equityCurve: async (id, limit) => {
    const rows = await database.query(equityCurve, [id, limit]);
    return rows.map((row) => ({ at: row.at, equityUsd: row.equity_usd, balanceUsd: row.balance_usd }));
  },
  evidence: async (id) => {
    const [row] = await database.query(violationEvidence, [id]);
    return row && { userId: row.user_id, evidence: row.evidence };
  },
});

async function create(database: Database, given: NewAssessment, inbox: Inbox): Promise<'created' | 'duplicate'> {
  const { pinned, announcements } = given;
  const [cause] = announcements;
  const detail = {
    tier: pinned.tierName,
    ruleSetVersion: pinned.ruleSetVersion,
    startingUsd: formatUsd(given.cashUsd),
  };
  try {
    const written = await database.write(createAssessment, [
      ...[inbox.consumer, inbox.eventId, given.assessmentId, given.accountId, given.userId, given.purchaseId],
      ...[pinned.tierId, pinned.tierName, pinned.ruleSetVersion, pinned.ruleSetHash, ruleSetColumn(pinned.rules)],
      ...[isoText(given.createdAt), given.cashUsd, given.day, given.dayAnchorUsd],
      ...postingValues(given.ledger),
      ...outboxColumns(announcements),
      ...[cause?.eventId, JSON.stringify(detail), cause?.correlationId],
    ]);
    return written > 0 ? 'created' : 'duplicate';
  } catch (error) {
    // Another event granted the same purchase: its effect is there.
    if (isUniqueViolation(error, 'assessments_purchase_id_key') || isUniqueViolation(error, 'assessments_pkey')) {
      return 'duplicate';
    }
    throw error;
  }
}

const summaryOf = (snapshot: AccountSnapshot, row: DetailRow): AssessmentSummary => ({
  accountId: snapshot.accountId,
  assessmentId: snapshot.assessmentId,
  userId: snapshot.userId,
  tierName: row.tier_name,
  status: snapshot.status,
  startingUsd: snapshot.rules.startingUsd,
  balanceUsd: balanceOf(snapshot.account),
  createdAt: row.created_at,
  endedAt: row.ended_at,
  breach: row.breach,
  violationId: row.violation_id,
  reportId: row.report_id,
});
