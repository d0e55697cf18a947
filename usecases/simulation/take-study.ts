import type { StudyId, UserId } from '../../domain/kernel/ids';
import { accept, type Refused, type Result, refuse } from '../../domain/kernel/result';
import { pathsOf } from '../../domain/simulation/study/plan';
import type { RunResult } from '../../domain/simulation/study/run';
import type { Study } from '../../domain/simulation/study/study';
import { questionText } from '../../domain/simulation/study/study-codec';
import type { Clock, Digest, Ids, Trace } from '../ports/clock-and-ids';
import type { KeptStudy, StudyStore } from '../ports/simulation/study-store';
import { type StudyView, viewOf } from './read-studies';
import { studyEvent } from './study-event';
import { studyLimits, type TooMany, tooMany } from './study-limits';

export type TakeParts = {
  readonly studies: Omit<StudyStore, 'listOf' | 'cancel'>;
  readonly digest: Digest;
  readonly clock: Clock;
  readonly ids: Ids;
};

export type Sender = {
  readonly studyId: StudyId;
  readonly userId: UserId;
  readonly isAdmin: boolean;
  readonly trace: Trace;
};

/** What a request comes to. */
export type Composed = Pick<KeptStudy, 'subject' | 'tierName' | 'trades'> & {
  readonly study: Study;
  /** The seed that the sender named; without one another study with another seed answers as well. */
  readonly namedSeed: bigint | null;
};

/** `isReplay`: it was asked for before. */
export type TakenStudy = { readonly study: StudyView; readonly isReplay: boolean };

export type TakeRefusal = 'study_id_reused' | 'simulation_unavailable';

type Taken<R extends string> = Result<TakenStudy, R | TakeRefusal> | TooMany;

/** Others of this person that ask at the same moment may go first so often. */
const ATTEMPTS_MAX = 3;

/**
 * Keeps a study to be played, once: the same id gives the same study, and so does the same question of the same person
 * within a day. `asked` is the request as text.
 */
export async function takeStudy<R extends string>(
  parts: TakeParts,
  sender: Sender,
  asked: string,
  compose: () => Promise<Result<Composed, R>>,
): Promise<Taken<R>> {
  const askedHash = parts.digest.sha256(asked);
  let composed: Composed | undefined;
  for (let attempt = 1; attempt <= ATTEMPTS_MAX; attempt++) {
    const known = await parts.studies.find(sender.studyId);
    if (known) return answerKnown(parts, sender, known, askedHash);
    if (!composed) {
      const made = await compose();
      if (!made.ok) return made;
      composed = made.value;
    }
    const taken = await take(parts, sender, composed, askedHash);
    if (taken !== 'overtaken') return taken;
  }
  return overtaken;
}

/** Only others of the same person can go first. */
const overtaken: TooMany = {
  ok: false,
  refusal: 'studies_open_max',
  fault: { field: 'studyId', rule: 'must wait: others of yours were asked for at the same moment' },
  retryAfterS: 1,
};

async function answerKnown(
  { studies }: TakeParts,
  { userId }: Sender,
  known: KeptStudy,
  askedHash: string,
): Promise<Result<TakenStudy, 'study_id_reused'>> {
  if (known.userId !== userId || known.askedHash !== askedHash) {
    return refuse('study_id_reused', 'studyId', 'was used for another study');
  }
  return accept({ study: await viewOf(studies, known), isReplay: true });
}

/** Nobody is let wait for what does not run. */
async function unavailability({ studies, clock }: TakeParts): Promise<Refused<'simulation_unavailable'> | undefined> {
  const readyUntil = await studies.readyUntil();
  if (readyUntil !== undefined && readyUntil > clock.now()) return undefined;
  return refuse('simulation_unavailable', 'studyId', 'must wait until Ray runs: it does not answer at the moment');
}

async function take(
  parts: TakeParts,
  { studyId, userId, isAdmin, trace }: Sender,
  { study, namedSeed, ...told }: Composed,
  askedHash: string,
): Promise<Result<TakenStudy, 'simulation_unavailable'> | TooMany | 'overtaken'> {
  const { studies, clock, ids } = parts;
  const at = clock.now();
  const limits = studyLimits(isAdmin, at);
  const digest = parts.digest.sha256(`${JSON.stringify(told)}\n${questionText(study, namedSeed)}`);
  const same = await studies.findSame(userId, digest, limits.sameSince);
  if (same) return accept({ study: await viewOf(studies, same), isReplay: true });
  const unavailable = await unavailability(parts);
  if (unavailable) return unavailable;
  const full = tooMany(await studies.use(userId, limits.askedSince), limits, at);
  if (full) return full;
  const { scope } = study.asks;
  const assessmentId = told.subject?.kind === 'assessment' ? told.subject.assessmentId : null;
  const kept = { ...told, studyId, userId, scope, askedHash, requestedAt: at };
  const message = studyEvent({ trace, at, ids }, { studyId, userId, assessmentId }, 'monte-carlo.requested', { scope });
  const { of } = pathsOf(study, NOTHING);
  const requested = await studies.request({ ...kept, of, study, digest, message }, limits);
  if (requested === 'overtaken') return requested;
  const fresh = { status: 'requested', failure: null, done: 0, of, endedAt: null, odds: null } as const;
  return accept({ study: { ...kept, ...fresh }, isReplay: false });
}

const NOTHING: ReadonlyMap<string, RunResult> = new Map();
