import type { AssessmentId, StudyId, TierId, UserId } from '../../../domain/kernel/ids';
import type { Instant } from '../../../domain/kernel/instant';
import type { Study } from '../../../domain/simulation/study/study';
import type { StudyOdds } from '../../../domain/simulation/study/study-odds';
import type { OutboxMessage } from '../events/outbox-message';

export type StudyStatus = 'requested' | 'running' | 'completed' | 'failed' | 'cancelled';

/**
 * `ray_unavailable`: it did not answer until the deadline; `deadline_passed`: it took too long, or nobody began it for
 * too long; `refused_by_kernel`: it plays this never; `internal_error`: a fault of ours.
 */
export type StudyFailure = 'ray_unavailable' | 'deadline_passed' | 'refused_by_kernel' | 'internal_error';

export type StudySubject =
  | { readonly kind: 'assessment'; readonly assessmentId: AssessmentId }
  | { readonly kind: 'tier'; readonly tierId: TierId };

export type StudyTrades = 'own' | 'file' | 'odds' | 'mix' | 'firm';

/** What was asked for, by whom, and how far it is. */
export type KeptStudy = {
  readonly studyId: StudyId;
  readonly userId: UserId;
  readonly scope: Study['asks']['scope'];
  /** Null: a tier that nobody has bought yet. */
  readonly subject: StudySubject | null;
  readonly tierName: string;
  readonly trades: StudyTrades;
  /** SHA-256 of the request as it was sent: the same id is good for the same request alone. */
  readonly askedHash: string;
  readonly status: StudyStatus;
  readonly failure: StudyFailure | null;
  /** Paths that are played, of those that are known to be needed. */
  readonly done: number;
  readonly of: number;
  readonly requestedAt: Instant;
  readonly endedAt: Instant | null;
};

export type NewStudy = Pick<
  KeptStudy,
  'studyId' | 'userId' | 'scope' | 'subject' | 'tierName' | 'trades' | 'askedHash' | 'of' | 'requestedAt'
> & {
  readonly study: Study;
  /** SHA-256 of all that its odds follow from: an equal one has the same answer. */
  readonly digest: string;
  /** `monte-carlo.requested`. */
  readonly message: OutboxMessage;
};

/** How many studies of one person may be open, and be asked for since an instant; failed ones do not count. */
export type StudyLimits = {
  readonly openMax: number;
  readonly askedMax: number;
  readonly askedSince: Instant;
  /** A study of the same digest that is not older answers in place of a new one. */
  readonly sameSince: Instant;
};

/** What one person has asked for: how many are open, and when those were asked for that did not fail, oldest first. */
export type StudyUse = { readonly open: number; readonly askedAt: readonly Instant[] };

/** What the API asks of the studies. */
export type StudyStore = {
  /**
   * The study and its message in one statement. `overtaken`: there is one of this id, or the same one within `limits`,
   * or as many as may be; nothing was written.
   */
  readonly request: (study: NewStudy, limits: StudyLimits) => Promise<'requested' | 'overtaken'>;
  readonly find: (id: StudyId) => Promise<KeptStudy | undefined>;
  /** The newest of this person with this digest that was asked for since then, and neither failed nor was cancelled. */
  readonly findSame: (userId: UserId, digest: string, since: Instant) => Promise<KeptStudy | undefined>;
  /** What a completed one was answered with. */
  readonly odds: (id: StudyId) => Promise<StudyOdds | undefined>;
  /** Newest first; those of one assessment where it is named. */
  readonly listOf: (
    userId: UserId,
    assessmentId: AssessmentId | undefined,
    limit: number,
  ) => Promise<readonly ListedStudy[]>;
  readonly use: (userId: UserId, since: Instant) => Promise<StudyUse>;
  /** Ends one that has not ended, with its message; whoever plays it notices. False: it had ended. */
  readonly cancel: (id: StudyId, at: Instant, message: OutboxMessage) => Promise<boolean>;
  /** Until when the last player that reached Ray answers for it; undefined: none ever did. */
  readonly readyUntil: () => Promise<Instant | undefined>;
};

export type ListedStudy = KeptStudy & { readonly passed: StudyOdds['passed'] | null };
