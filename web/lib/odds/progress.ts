import type { ServerMessage } from '../../../contracts/ws/messages';
import type { Study } from '../contract';

export type StudyChange = Extract<ServerMessage, { type: 'study-changed' }>;

export const hasEnded = ({ status }: Pick<Study, 'status'>): boolean => status !== 'requested' && status !== 'running';

/** Per mille of what is to be played, for the width of a bar. */
export const progressOf = ({ done, of }: Pick<Study, 'done' | 'of'>): number =>
  of <= 0 ? 0 : Math.min(1000, Math.floor((done * 1000) / of));

/**
 * The study after word of it. Word may come late or twice: progress never goes back, and what has ended stays so. An
 * end is only told here; what it came to is read.
 */
export function changedStudy(study: Study, { studyId, status, done, of }: Omit<StudyChange, 'type' | 'n'>): Study {
  if (studyId !== study.studyId || hasEnded(study) || hasEnded({ status })) return study;
  if (status === 'requested' && study.status === 'running') return study;
  return done < study.done ? study : { ...study, status, done, of };
}
