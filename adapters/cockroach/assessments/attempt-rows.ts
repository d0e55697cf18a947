import { grouped } from '../../../domain/kernel/grouped';
import type { KeptHistory, PinnedProgram } from '../../../usecases/ports/assessments/assessment-store';
import { programOf } from '../purchase/program-column';
import type { CourseRow, PinnedRow } from './attempts.sql';

export const pinnedOf = (row: PinnedRow): Omit<PinnedProgram, 'resetOf'> => ({
  tierId: row.tier_id,
  tierSlug: row.tier_slug,
  tierName: row.tier_name,
  ruleSetVersion: row.rule_set_version,
  ruleSetHash: row.rule_set_hash,
  program: programOf(row.program),
});

/** Rows of several courses, in any order of the courses. */
export const coursesOf = (rows: readonly CourseRow[]): readonly KeptHistory[] =>
  [...grouped(rows, (row) => row.purchase_id).values()].flatMap(([first, ...others]) =>
    first ? [courseOf([first, ...others])] : [],
  );

export const courseOf = (rows: readonly [CourseRow, ...CourseRow[]]): KeptHistory => ({
  ...pinnedOf(rows[0]),
  purchaseId: rows[0].purchase_id,
  userId: rows[0].user_id,
  attempts: rows.map((row) => ({
    assessmentId: row.assessment_id,
    accountId: row.account_id,
    phase: row.phase,
    attempt: row.attempt,
    origin: row.origin,
    status: row.status,
    hold: row.hold,
  })),
});
