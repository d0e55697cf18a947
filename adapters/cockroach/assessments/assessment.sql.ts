import type { RuleName } from '../../../domain/account/rule-name';
import type { AssessmentId, ReportId, UserId, ViolationId } from '../../../domain/kernel/ids';
import type { Instant } from '../../../domain/kernel/instant';
import type { Usd } from '../../../domain/kernel/money';
import { accountColumns, accountJoins, fillColumns } from '../accounts/account.sql';
import type { AccountRow } from '../accounts/account-rows';
import type { FillRow } from '../accounts/fill-rows';
import { fragment, sql } from '../connection/statement';

export type DetailRow = AccountRow & {
  readonly tier_name: string;
  readonly phase: number;
  readonly phases: number;
  readonly attempt: number;
  readonly created_at: Instant;
  readonly ended_at: Instant | null;
  readonly breach: RuleName | null;
  readonly violation_id: ViolationId | null;
  readonly report_id: ReportId | null;
};

const detail = fragment`
  SELECT ${accountColumns}, assessments.tier_name, assessments.phase, assessments.phases, assessments.attempt,
    assessments.created_at, verdicts.at AS ended_at, violations.rule AS breach, violations.violation_id,
    latest.report_id
  FROM assessments
  JOIN accounts ON accounts.account_id = assessments.account_id
  ${accountJoins}
  LEFT JOIN verdicts ON verdicts.account_id = accounts.account_id
  LEFT JOIN violations ON violations.account_id = accounts.account_id
  LEFT JOIN LATERAL (
    SELECT reports.report_id FROM reports
    WHERE reports.assessment_id = assessments.assessment_id
    ORDER BY reports.created_at DESC LIMIT 1
  ) AS latest ON true`;

/** Newest first; the rows of one account stand together. */
export const assessmentsOfUser = sql<DetailRow>('assessments_of_user')`
  ${detail} WHERE assessments.user_id = $1::UUID ORDER BY assessments.created_at DESC, accounts.account_id`;

export const findAssessment = sql<DetailRow>('find_assessment')`
  ${detail} WHERE assessments.assessment_id = $1::UUID`;

/**
 * $1 consumer, $2 event id, $3–$12 the assessment, $13–$16 the account, $17–$22 its funding, $23–$28 events, $29–$31
 * audit, $32–$35 its place. All select from the claim of the event, so that a second delivery writes nothing.
 */
export const createAssessment = sql<never>('create_assessment')`
  WITH claimed AS (
    INSERT INTO inbox (consumer, event_id) VALUES ($1::TEXT, $2::UUID)
    ON CONFLICT (consumer, event_id) DO NOTHING
    RETURNING event_id
  ), created AS (
    INSERT INTO assessments (assessment_id, account_id, user_id, course_id, tier_id, tier_name, rule_set_version,
      rule_set_hash, rules, created_at, phase, phases, attempt, origin)
    SELECT $3::UUID, $4::UUID, $5::UUID, $6::UUID, $7::UUID, $8::TEXT, $9::INT4, $10::TEXT, $11::JSONB,
      $12::TIMESTAMPTZ, $32::INT4, $33::INT4, $34::INT4, $35::TEXT
    FROM claimed
  ), opened AS (
    INSERT INTO accounts (account_id, assessment_id, version, status, cash_usd, trades_closed, day, day_anchor_usd,
      standing, changed_at)
    SELECT $4::UUID, $3::UUID, 1, 'active', $13::INT8, 0, $14::DATE, $15::INT8, $16::TEXT, now()
    FROM claimed
  ), posted AS (
    INSERT INTO ledger_postings (account_id, version, instrument, cash_usd, inventory_usd, realized_pnl_usd, fees_usd,
      funding_usd)
    SELECT $4::UUID, 1, $17::TEXT, $18::INT8, $19::INT8, $20::INT8, $21::INT8, $22::INT8
    FROM claimed
  ), audited AS (
    INSERT INTO audit_log (audit_id, at, actor, action, subject, detail, correlation_id)
    SELECT $29::UUID, $12::TIMESTAMPTZ, $1::TEXT, 'assessment.created', $3::UUID::TEXT, $30::JSONB, $31::TEXT
    FROM claimed
  )
  INSERT INTO outbox (shard, event_id, topic, key, created_at, ordinal, body, account_version)
  SELECT event.shard, event.event_id, event.topic, event.key, now(), event.ordinal::INT2, event.body,
    event.account_version
  FROM claimed, unnest($23::INT2[], $24::UUID[], $25::TEXT[], $26::TEXT[], $27::TEXT[], $28::INT4[]) WITH ORDINALITY
    AS event (shard, event_id, topic, key, body, account_version, ordinal)`;

/** $1 account, $2 how many. */
export const fillsOfAccount = sql<FillRow>('fills_of_account')`
  SELECT ${fillColumns} FROM fills WHERE fills.account_id = $1::UUID ORDER BY fills.version DESC LIMIT $2::INT8`;

type EquityRow = { readonly at: Instant; readonly equity_usd: Usd; readonly balance_usd: Usd };

/**
 * $1 account, $2 how many at most (two or more). Point n of N is taken where n × ($2 − 1) / (N − 1) passes a whole
 * number: evenly spread, the first and the last among them.
 */
export const equityCurve = sql<EquityRow>('equity_curve')`
  SELECT at, equity_usd, balance_usd
  FROM (
    SELECT at, equity_usd, balance_usd, row_number() OVER (ORDER BY at) - 1 AS n, count(*) OVER () - 1 AS last
    FROM equity_points WHERE account_id = $1::UUID
  ) AS point
  WHERE n = 0 OR last < $2::INT8
    OR div((n * ($2::INT8 - 1))::NUMERIC, last::NUMERIC) <> div(((n - 1) * ($2::INT8 - 1))::NUMERIC, last::NUMERIC)
  ORDER BY at`;

type EvidenceRow = {
  readonly user_id: UserId;
  readonly assessment_id: AssessmentId;
  readonly at: Instant;
  readonly evidence: string;
  readonly evidence_hash: string;
};

/** $1 a violation or an assessment. */
export const verdictEvidence = sql<EvidenceRow>('verdict_evidence')`
  SELECT assessments.user_id, assessments.assessment_id, verdicts.at, verdicts.evidence, verdicts.evidence_hash
  FROM verdicts
  JOIN assessments ON assessments.account_id = verdicts.account_id
  WHERE verdicts.account_id = coalesce(
    (SELECT violations.account_id FROM violations WHERE violations.violation_id = $1::UUID),
    (SELECT judged.account_id FROM assessments AS judged WHERE judged.assessment_id = $1::UUID))`;
