import type { HoldKind } from '../../kernel/hold-kind';
import type { AccountId, AssessmentId } from '../../kernel/ids';
import type { Usd } from '../../kernel/money';
import { accept, type Refused, type Result, refuse } from '../../kernel/result';
import type { AssessmentStatus } from '../context/decision-context';
import { type Program, phaseOf } from './program';

/** Why an attempt was opened: the purchase itself, a phase passed, a free retry, a paid reset. */
export type AttemptOrigin = 'purchase' | 'advance' | 'retry' | 'reset';

/** Where in its program an assessment stands. Phases and the attempts at a phase count from 1. */
export type Place = { readonly phase: number; readonly attempt: number };

export type Attempt = Place & {
  readonly assessmentId: AssessmentId;
  readonly accountId: AccountId;
  readonly origin: AttemptOrigin;
  readonly status: AssessmentStatus;
  /** What became of the payment that opened it; null of one that none opened. */
  readonly hold: HoldKind | null;
};

/** The way of one purchase through its program: every attempt so far, in the order of phase and attempt. */
export type AttemptHistory = { readonly program: Program; readonly attempts: readonly Attempt[] };

export type RetryRefusal =
  | 'account_frozen'
  | 'account_refunded'
  | 'assessment_unknown'
  | 'assessment_not_failed'
  | 'retries_used';
export type ResetRefusal =
  | 'account_frozen'
  | 'account_refunded'
  | 'assessment_unknown'
  | 'assessment_not_failed'
  | 'assessment_superseded'
  | 'retry_left'
  | 'reset_unavailable';

export const attemptOf = (history: AttemptHistory, id: AssessmentId): Attempt | undefined =>
  history.attempts.find(({ assessmentId }) => assessmentId === id);

/**
 * Why an attempt may take no new risk, and nothing may follow from it: the payment of the tier, or of a reset that it
 * came by, is disputed or gone. It came by the last reset of its own phase, and of each phase before by the way to the
 * pass that opened the next; where several passed, one that stands is enough.
 */
export function holdOn(history: AttemptHistory, attempt: Attempt): HoldKind | null {
  const tier = history.attempts.find(({ origin }) => origin === 'purchase')?.hold ?? null;
  if (tier) return tier;
  const reset = history.attempts.findLast(
    ({ origin, phase, attempt: nth }) => origin === 'reset' && phase === attempt.phase && nth <= attempt.attempt,
  );
  if (reset?.hold) return reset.hold;
  const holds = history.attempts
    .filter(({ phase, status }) => phase === attempt.phase - 1 && status === 'passed')
    .map((passed) => holdOn(history, passed));
  return holds.includes(null) ? null : (holds[0] ?? null);
}

const HELD: Readonly<Record<HoldKind, Refused<'account_frozen' | 'account_refunded'>>> = {
  dispute: refuse(
    'account_frozen',
    'assessmentId',
    'has a payment that is disputed: nothing begins until that is decided',
  ),
  refund: refuse('account_refunded', 'assessmentId', 'has a payment that was given back'),
  chargeback: refuse('account_refunded', 'assessmentId', 'has a payment that was taken back'),
};

/** The phase that passing this assessment opens; undefined where it was the last, has not passed, or is held. */
export function placeAfterPass(history: AttemptHistory, id: AssessmentId): Place | undefined {
  const passed = attemptOf(history, id);
  if (passed?.status !== 'passed') return undefined;
  if (holdOn(history, passed)) return undefined;
  const phase = passed.phase + 1;
  return phaseOf(history.program, phase) && { phase, attempt: 1 };
}

/** The next attempt at a phase; whoever opens it first has it. */
export const nextAttemptAt = ({ attempts }: AttemptHistory, phase: number): Place => ({
  phase,
  attempt: attempts.reduce((last, one) => (one.phase === phase && one.attempt > last ? one.attempt : last), 0) + 1,
});

/** The attempt that followed this one in its phase. */
export const successorOf = (history: AttemptHistory, { phase, attempt }: Place): Attempt | undefined =>
  history.attempts.find((one) => one.phase === phase && one.attempt > attempt);

export const retriesLeft = ({ program, attempts }: AttemptHistory, phase: number): number =>
  program.retries - attempts.filter((one) => one.phase === phase && one.origin === 'retry').length;

/**
 * A failed phase begins anew for nothing. Asked again about the same failure, the answer is the attempt that has taken
 * its place.
 */
export function decideRetry(history: AttemptHistory, id: AssessmentId): Result<Place | Attempt, RetryRefusal> {
  const failed = attemptOf(history, id);
  if (!failed) return refuse('assessment_unknown', 'assessmentId', 'must be yours');
  if (failed.status !== 'failed') return notFailed;
  const successor = successorOf(history, failed);
  if (successor) return accept(successor);
  const hold = holdOn(history, failed);
  if (hold) return HELD[hold];
  if (retriesLeft(history, failed.phase) > 0) return accept(nextAttemptAt(history, failed.phase));
  const rule = history.program.retries === 0 ? 'is of a tier without free retries' : 'has no free retry left';
  return refuse('retries_used', 'assessmentId', rule);
}

/** What a fresh start of this failed phase costs, where one may be sold; once paid, it is granted in any case. */
export function decideReset(
  history: AttemptHistory,
  id: AssessmentId,
): Result<{ readonly priceUsd: Usd }, ResetRefusal> {
  const failed = attemptOf(history, id);
  if (!failed) return refuse('assessment_unknown', 'assessmentId', 'must be yours');
  if (failed.status !== 'failed') return notFailed;
  const hold = holdOn(history, failed);
  if (hold) return HELD[hold];
  const { resetPriceUsd } = history.program;
  if (resetPriceUsd === null) {
    return refuse('reset_unavailable', 'assessmentId', 'is of a tier that sells no resets');
  }
  if (successorOf(history, failed)) {
    return refuse('assessment_superseded', 'assessmentId', 'must be the latest attempt at its phase');
  }
  if (retriesLeft(history, failed.phase) > 0) {
    return refuse('retry_left', 'assessmentId', 'has a free retry left, which comes first');
  }
  return accept({ priceUsd: resetPriceUsd });
}

/** How an assessment may begin anew: so many free retries, or a reset for a price. Neither unless it has failed. */
export type Chances = { readonly retriesLeft: number; readonly resetPriceUsd: Usd | null };

export function chancesOf(history: AttemptHistory, id: AssessmentId): Chances {
  const [retry, reset] = [decideRetry(history, id), decideReset(history, id)];
  const isOpenToRetry = retry.ok && !('assessmentId' in retry.value);
  return {
    retriesLeft: isOpenToRetry ? retriesLeft(history, retry.value.phase) : 0,
    resetPriceUsd: reset.ok ? reset.value.priceUsd : null,
  };
}

const notFailed = refuse('assessment_not_failed', 'assessmentId', 'must have failed');
