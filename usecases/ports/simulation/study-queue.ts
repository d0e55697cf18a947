import type { AssessmentId, StudyId, UserId } from '../../../domain/kernel/ids';
import type { Instant } from '../../../domain/kernel/instant';
import type { RunResult } from '../../../domain/simulation/study/run';
import type { Study } from '../../../domain/simulation/study/study';
import type { StudyOdds } from '../../../domain/simulation/study/study-odds';
import type { Trace } from '../clock-and-ids';
import type { OutboxMessage } from '../events/outbox-message';
import type { StudyFailure } from './study-store';

/** The right to play a study. Whoever claims it later has a higher epoch, and the earlier one writes nothing more. */
export type StudyFence = { readonly studyId: StudyId; readonly epoch: number };

export type ClaimedStudy = {
  readonly fence: StudyFence;
  readonly userId: UserId;
  readonly assessmentId: AssessmentId | null;
  readonly scope: Study['asks']['scope'];
  readonly requestedAt: Instant;
  /** When it was claimed for the first time. */
  readonly startedAt: Instant;
  readonly progress: StudyProgress;
  readonly trace: Trace;
};

export type StudyEnd =
  | { readonly status: 'completed'; readonly odds: StudyOdds }
  | { readonly status: 'failed'; readonly failure: StudyFailure };

export type StudyProgress = { readonly done: number; readonly of: number };

/**
 * What plays studies asks of the store. Everything that takes a fence answers false, and has written nothing, where the
 * study was claimed by another since, or has ended.
 */
export type StudyQueue = {
  /** Those that wait, and those whose claim has expired; oldest first. */
  readonly claim: (now: Instant, until: Instant, limit: number) => Promise<readonly ClaimedStudy[]>;
  /** Throws where it cannot be read: such a study is never playable. */
  readonly study: (id: StudyId) => Promise<Study>;
  readonly runs: (id: StudyId) => Promise<ReadonlyMap<string, RunResult>>;
  readonly keep: (fence: StudyFence, until: Instant) => Promise<boolean>;
  readonly saveRun: (fence: StudyFence, name: string, result: RunResult) => Promise<boolean>;
  readonly progress: (fence: StudyFence, progress: StudyProgress, message: OutboxMessage) => Promise<boolean>;
  /** The end and its message in one statement; what runs came to is no longer kept then. */
  readonly end: (fence: StudyFence, end: StudyEnd, at: Instant, message: OutboxMessage) => Promise<boolean>;
  /** Gives it back, for another to claim at once. */
  readonly release: (fence: StudyFence) => Promise<void>;
  /** Says to the API that what is asked for will be played. */
  readonly tellReady: (until: Instant) => Promise<void>;
  /** How many wait or are played, and since when the oldest has waited that nobody plays. */
  readonly waiting: (now: Instant) => Promise<{ readonly open: number; readonly oldestMs: number }>;
};
