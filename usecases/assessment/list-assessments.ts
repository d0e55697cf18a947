import { type Chances, chancesOf } from '../../domain/assessment/progression/attempts';
import type { UserId } from '../../domain/kernel/ids';
import type { AssessmentStore, AssessmentSummary } from '../ports/assessments/assessment-store';

/** One's own assessments, newest first, each with how it may begin anew: by the rules that decide when it is asked for. */
export const listAssessments =
  ({ assessments }: { readonly assessments: Pick<AssessmentStore, 'listOf' | 'coursesOf'> }) =>
  async (userId: UserId): Promise<readonly (AssessmentSummary & Chances)[]> => {
    const [listed, courses] = await Promise.all([assessments.listOf(userId), assessments.coursesOf(userId)]);
    const chances = new Map(
      courses.flatMap((history) =>
        history.attempts.map(({ assessmentId }) => [assessmentId, chancesOf(history, assessmentId)] as const),
      ),
    );
    return listed.map((summary) => ({ ...summary, ...(chances.get(summary.assessmentId) ?? NONE) }));
  };

/** An assessment that was opened between the two reads is still open. */
const NONE: Chances = { retriesLeft: 0, resetPriceUsd: null };
