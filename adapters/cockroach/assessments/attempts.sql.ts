import type { AssessmentStatus } from '../../../domain/assessment/context/decision-context';
import type { AttemptOrigin } from '../../../domain/assessment/progression/attempts';
import type { HoldKind } from '../../../domain/kernel/hold-kind';
import type { AccountId, AssessmentId, PurchaseId, TierId, UserId } from '../../../domain/kernel/ids';
import { fragment, sql } from '../connection/statement';

export type PinnedRow = {
  readonly tier_id: TierId;
  readonly tier_slug: string;
  readonly tier_name: string;
  readonly rule_set_version: number;
  readonly rule_set_hash: string;
  readonly program: string;
};

const pinnedColumns = fragment`
  purchases.tier_id, purchases.tier_slug, purchases.tier_name, purchases.rule_set_version, purchases.rule_set_hash,
  rule_sets.program::TEXT AS program`;

/** The program that the purchase names, which may be older than the tier's current one. */
export const pinnedProgram = sql<PinnedRow & { readonly reset_of: AssessmentId | null }>('pinned_program')`
  SELECT ${pinnedColumns}, purchases.reset_of
  FROM purchases
  JOIN rule_sets ON rule_sets.tier_id = purchases.tier_id AND rule_sets.version = purchases.rule_set_version
  WHERE purchases.purchase_id = $1::UUID`;

export type CourseRow = PinnedRow & {
  readonly purchase_id: PurchaseId;
  readonly user_id: UserId;
  readonly assessment_id: AssessmentId;
  readonly account_id: AccountId;
  readonly phase: number;
  readonly attempt: number;
  readonly origin: AttemptOrigin;
  readonly status: AssessmentStatus;
  readonly hold: HoldKind | null;
};

const attemptColumns = fragment`
  SELECT ${pinnedColumns}, purchases.purchase_id, attempts.user_id, attempts.assessment_id, attempts.account_id,
    attempts.phase, attempts.attempt, attempts.origin, accounts.status, paid.hold`;

const programAndAccount = fragment`
  JOIN purchases ON purchases.purchase_id = attempts.course_id
  JOIN rule_sets ON rule_sets.tier_id = purchases.tier_id AND rule_sets.version = purchases.rule_set_version
  JOIN accounts ON accounts.account_id = attempts.account_id
  LEFT JOIN purchases AS paid ON paid.assessment_id = attempts.assessment_id`;

/** One row for each attempt of the course that the assessment is part of. */
export const courseOfAssessment = sql<CourseRow>('course_of_assessment')`
  ${attemptColumns}
  FROM assessments AS asked
  JOIN assessments AS attempts ON attempts.course_id = asked.course_id
  ${programAndAccount}
  WHERE asked.assessment_id = $1::UUID
  ORDER BY attempts.phase, attempts.attempt`;

/** The attempts of every course of a user; all attempts of a course are one person's. */
export const coursesOfUser = sql<CourseRow>('courses_of_user')`
  ${attemptColumns}
  FROM assessments AS attempts
  ${programAndAccount}
  WHERE attempts.user_id = $1::UUID
  ORDER BY attempts.phase, attempts.attempt`;
