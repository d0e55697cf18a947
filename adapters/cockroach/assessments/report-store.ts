import { isoText } from '../../../domain/kernel/instant';
import { invariant } from '../../../domain/kernel/invariant';
import type { Report, ReportStore } from '../../../usecases/ports/assessments/report-store';
import type { Database } from '../connection/database';
import { isRetryable, isUniqueViolation } from '../connection/database-errors';
import { journalColumns } from '../events/outbox-columns';
import { accountVersion, findReport, type ReportRow, reportDocument, reportsOfUser, saveReport } from './report.sql';

export const makeReportStore = (database: Database): ReportStore => ({
  save: (report, documents, inbox, messageOf) => save(database, report, documents, inbox, messageOf),
  listOf: async (userId) => (await database.query(reportsOfUser, [userId])).map(reportOf),
  find: async (id) => {
    const [row] = await database.query(findReport, [id]);
    return row && reportOf(row);
  },
  document: async (id, format) => (await database.query(reportDocument, [id, format]))[0]?.body,
});

async function save(database: Database, ...given: Parameters<ReportStore['save']>): ReturnType<ReportStore['save']> {
  const [report, documents, inbox, messageOf] = given;
  const { reportId, assessmentId, accountId, userId, title, createdAt, sha256 } = report;
  const [account] = await database.query(accountVersion, [accountId, inbox.consumer, inbox.eventId]);
  invariant(account !== undefined, `account ${accountId} of a report exists`);
  if (account.is_handled) return 'duplicate';
  try {
    const written = await database.write(saveReport, [
      accountId,
      account.version,
      inbox.consumer,
      inbox.eventId,
      reportId,
      assessmentId,
      userId,
      title,
      isoText(createdAt),
      sha256,
      Buffer.from(documents.html),
      Buffer.from(documents.pdf),
      ...journalColumns([messageOf(account.version + 1)]),
    ]);
    return written > 0 ? 'saved' : 'stale';
  } catch (error) {
    // Another delivery of the same event went first; asking again will find it in the inbox.
    if (isRetryable(error) || isUniqueViolation(error, 'inbox_pkey')) return 'stale';
    throw error;
  }
}

const reportOf = (row: ReportRow): Report => ({
  reportId: row.report_id,
  assessmentId: row.assessment_id,
  accountId: row.account_id,
  userId: row.user_id,
  title: row.title,
  createdAt: row.created_at,
  sha256: row.sha256,
});
