import { balanceOf } from '../../../domain/account/account';
import { capitalOf } from '../../../domain/account/standing/growth';
import { freshStanding } from '../../../domain/account/standing/standing';
import { isoText } from '../../../domain/kernel/instant';
import { formatUsd } from '../../../domain/kernel/money';
import type { AccountSnapshot } from '../../../usecases/ports/accounts/account-store';
import type {
  AssessmentStore,
  AssessmentSummary,
  NewAssessment,
} from '../../../usecases/ports/assessments/assessment-store';
import type { Inbox } from '../../../usecases/ports/events/outbox';
import { ruleSetColumn, snapshotOf, snapshotsOf } from '../accounts/account-rows';
import { fillOf } from '../accounts/fill-rows';
import { postingValues } from '../accounts/posting-values';
import { standingColumn } from '../accounts/standing-column';
import type { Database } from '../connection/database';
import { isUniqueViolation } from '../connection/database-errors';
import { journalColumns } from '../events/outbox-columns';
import {
  assessmentsOfUser,
  createAssessment,
  type DetailRow,
  equityCurve,
  fillsOfAccount,
  findAssessment,
  verdictEvidence,
} from './assessment.sql';
import { courseOf, coursesOf, pinnedOf } from './attempt-rows';
import { courseOfAssessment, coursesOfUser, pinnedProgram } from './attempts.sql';

export const makeAssessmentStore = (database: Database): AssessmentStore => ({
  pinnedProgram: async (id) => {
    const [row] = await database.query(pinnedProgram, [id]);
    return row && { ...pinnedOf(row), resetOf: row.reset_of };
  },
  course: async (id) => {
    const [first, ...others] = await database.query(courseOfAssessment, [id]);
    return first && courseOf([first, ...others]);
  },
  create: (assessment, inbox) => create(database, assessment, inbox),
  listOf: async (userId) => {
    const rows = await database.query(assessmentsOfUser, [userId]);
    const firstRows = new Map([...rows].reverse().map((row) => [row.account_id, row]));
    return snapshotsOf(rows).map((snapshot) => summaryOf(snapshot, firstRows.get(snapshot.accountId) as DetailRow));
  },
  coursesOf: async (userId) => coursesOf(await database.query(coursesOfUser, [userId])),
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
    const [row] = await database.query(verdictEvidence, [id]);
    if (!row) return undefined;
    const { user_id, assessment_id, evidence_hash, ...shown } = row;
    return { userId: user_id, assessmentId: assessment_id, evidenceHash: evidence_hash, ...shown };
  },
});

async function create(
  database: Database,
  given: NewAssessment,
  inbox: Inbox,
): Promise<'created' | 'duplicate' | 'taken'> {
  const { pinned, place, messages } = given;
  const [cause] = messages;
  const detail = {
    tier: pinned.tierName,
    ruleSetVersion: pinned.ruleSetVersion,
    startingUsd: formatUsd(given.cashUsd),
    origin: given.origin,
    phase: place.phase,
    attempt: place.attempt,
  };
  try {
    const written = await database.write(createAssessment, [
      inbox.consumer,
      inbox.eventId,
      given.assessmentId,
      given.accountId,
      given.userId,
      given.purchaseId,
      pinned.tierId,
      pinned.tierName,
      pinned.ruleSetVersion,
      pinned.ruleSetHash,
      ruleSetColumn(pinned.rules),
      isoText(given.createdAt),
      given.cashUsd,
      given.day,
      given.dayAnchorUsd,
      standingColumn(freshStanding(given.cashUsd, given.createdAt)),
      ...postingValues(given.ledger),
      ...journalColumns(messages),
      cause?.eventId,
      JSON.stringify(detail),
      cause?.correlationId,
      place.phase,
      place.phases,
      place.attempt,
      given.origin,
    ]);
    return written > 0 ? 'created' : 'duplicate';
  } catch (error) {
    // Another event granted the same purchase: its effect is there.
    if (isUniqueViolation(error, 'assessments_pkey')) return 'duplicate';
    if (isUniqueViolation(error, 'assessments_place')) return 'taken';
    throw error;
  }
}

const summaryOf = (snapshot: AccountSnapshot, row: DetailRow): AssessmentSummary => ({
  accountId: snapshot.accountId,
  assessmentId: snapshot.assessmentId,
  userId: snapshot.userId,
  tierName: row.tier_name,
  phase: row.phase,
  phases: row.phases,
  attempt: row.attempt,
  status: snapshot.status,
  hold: snapshot.account.standing.holds.now?.kind ?? null,
  startingUsd: snapshot.rules.startingUsd,
  capitalUsd: capitalOf(snapshot.rules.startingUsd, snapshot.account.standing.payouts.growth),
  paysOut: snapshot.rules.payout !== null,
  balanceUsd: balanceOf(snapshot.account),
  createdAt: row.created_at,
  endedAt: row.ended_at,
  breach: row.breach,
  violationId: row.violation_id,
  reportId: row.report_id,
});
