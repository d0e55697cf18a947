import type { AssessmentId, StudyId, UserId } from '../../domain/kernel/ids';
import { accept, type Result, refuse } from '../../domain/kernel/result';
import type { StudyOdds } from '../../domain/simulation/study/study-odds';
import type { Clock, Ids, Trace } from '../ports/clock-and-ids';
import type { KeptStudy, ListedStudy, StudyStore } from '../ports/simulation/study-store';
import { studyEvent } from './study-event';

/** A study with its odds; null until it is completed. */
export type StudyView = KeptStudy & { readonly odds: StudyOdds | null };

type Reading = { readonly studies: Pick<StudyStore, 'find' | 'odds'> };

export const viewOf = async (studies: Pick<StudyStore, 'odds'>, kept: KeptStudy): Promise<StudyView> => ({
  ...kept,
  odds: kept.status === 'completed' ? ((await studies.odds(kept.studyId)) ?? null) : null,
});

/** One's own study; somebody else's does not exist. */
export const readStudy =
  ({ studies }: Reading) =>
  async (studyId: StudyId, userId: UserId): Promise<Result<StudyView, 'study_unknown'>> => {
    const kept = await studies.find(studyId);
    return kept?.userId === userId ? accept(await viewOf(studies, kept)) : unknownStudy();
  };

/** One's own studies, newest first; those of one assessment where it is named. */
export const listStudies =
  ({ studies }: { readonly studies: Pick<StudyStore, 'listOf'> }) =>
  (userId: UserId, assessmentId: AssessmentId | undefined, limit: number): Promise<readonly ListedStudy[]> =>
    studies.listOf(userId, assessmentId, limit);

export type CancelStudyParts = {
  readonly studies: Pick<StudyStore, 'find' | 'odds' | 'cancel'>;
  readonly clock: Clock;
  readonly ids: Ids;
};

export type CancelStudy = { readonly studyId: StudyId; readonly userId: UserId; readonly trace: Trace };

/** Ends one's own study; one that has ended stays as it is. */
export const cancelStudy =
  ({ studies, clock, ids }: CancelStudyParts) =>
  async ({ studyId, userId, trace }: CancelStudy): Promise<Result<StudyView, 'study_unknown'>> => {
    const kept = await studies.find(studyId);
    if (kept?.userId !== userId) return unknownStudy();
    if (kept.endedAt === null) {
      const at = clock.now();
      const assessmentId = kept.subject?.kind === 'assessment' ? kept.subject.assessmentId : null;
      const message = studyEvent({ trace, at, ids }, { ...kept, assessmentId }, 'monte-carlo.cancelled', {});
      await studies.cancel(studyId, at, message);
    }
    return accept(await viewOf(studies, (await studies.find(studyId)) ?? kept));
  };

const unknownStudy = () => refuse('study_unknown', 'studyId', 'must be a study of yours');
