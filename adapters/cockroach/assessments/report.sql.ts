import type { AccountId, AssessmentId, ReportId, UserId } from '../../../domain/kernel/ids';
import type { Instant } from '../../../domain/kernel/instant';
import { fragment, sql } from '../connection/statement';

export type ReportRow = {
  readonly report_id: ReportId;
  readonly assessment_id: AssessmentId;
  readonly account_id: AccountId;
  readonly user_id: UserId;
  readonly title: string;
  readonly created_at: Instant;
  readonly sha256: string;
};

export const accountVersion = sql<{ version: number; is_handled: boolean }>('account_version')`
  SELECT accounts.version,
    EXISTS (SELECT 1 FROM inbox WHERE inbox.consumer = $2::TEXT AND inbox.event_id = $3::UUID) AS is_handled
  FROM accounts WHERE accounts.account_id = $1::UUID`;

/**
 * $1 account, $2 its version, $3 consumer, $4 event id, $5–$10 the report, $11 HTML, $12 PDF, $13–$18 the event. The
 * guard comes first: a stale version must leave the inbox untouched, or the report would never be written.
 */
export const saveReport = sql<never>('save_report')`
  WITH guard AS (
    UPDATE accounts SET version = version + 1, changed_at = greatest(changed_at + INTERVAL '1 microsecond', now())
    WHERE account_id = $1::UUID AND version = $2::INT4
      AND NOT EXISTS (SELECT 1 FROM inbox WHERE inbox.consumer = $3::TEXT AND inbox.event_id = $4::UUID)
    RETURNING account_id, changed_at
  ), claimed AS (
    INSERT INTO inbox (consumer, event_id) SELECT $3::TEXT, $4::UUID FROM guard
  ), written AS (
    INSERT INTO reports (report_id, assessment_id, account_id, user_id, title, created_at, sha256)
    SELECT $5::UUID, $6::UUID, guard.account_id, $7::UUID, $8::TEXT, $9::TIMESTAMPTZ, $10::TEXT FROM guard
  ), stored AS (
    INSERT INTO report_documents (report_id, format, body)
    SELECT $5::UUID, document.format, document.body
    FROM guard, (VALUES ('html', $11::BYTEA), ('pdf', $12::BYTEA)) AS document (format, body)
  )
  INSERT INTO outbox (shard, event_id, topic, key, created_at, ordinal, body, account_version)
  SELECT event.shard, event.event_id, event.topic, event.key, guard.changed_at, event.ordinal::INT2, event.body,
    event.account_version
  FROM guard, unnest($13::INT2[], $14::UUID[], $15::TEXT[], $16::TEXT[], $17::TEXT[], $18::INT4[]) WITH ORDINALITY
    AS event (shard, event_id, topic, key, body, account_version, ordinal)`;

const reportColumns = fragment`report_id, assessment_id, account_id, user_id, title, created_at, sha256`;

/** Newest first. */
export const reportsOfUser = sql<ReportRow>('reports_of_user')`
  SELECT ${reportColumns} FROM reports WHERE user_id = $1::UUID ORDER BY created_at DESC, report_id DESC`;

export const findReport = sql<ReportRow>('find_report')`
  SELECT ${reportColumns} FROM reports WHERE report_id = $1::UUID`;

export const reportDocument = sql<{ body: Buffer }>('report_document')`
  SELECT body FROM report_documents WHERE report_id = $1::UUID AND format = $2::TEXT`;
