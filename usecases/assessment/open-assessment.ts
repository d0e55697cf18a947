import { fundingEntries } from '../../domain/account/positions/ledger';
import type { AttemptOrigin, Place } from '../../domain/assessment/progression/attempts';
import { phaseOf } from '../../domain/assessment/progression/program';
import { tradingDayAt } from '../../domain/assessment/rules/trading-day';
import type { AccountId, AssessmentId, EventId, PurchaseId, UserId } from '../../domain/kernel/ids';
import { invariant } from '../../domain/kernel/invariant';
import { numbered } from '../events/to-outbox';
import type { AssessmentStore, KeptHistory, NewAssessment } from '../ports/assessments/assessment-store';
import type { Clock, Ids, Trace } from '../ports/clock-and-ids';
import type { AlignParts } from './align-holds';

/** What opening an attempt takes; what its payment says is aligned afterwards. */
export type OpeningParts = AlignParts & {
  readonly assessments: Pick<AssessmentStore, 'course' | 'create'>;
};

export type Opening = {
  readonly assessmentId: AssessmentId;
  readonly userId: UserId;
  /** The purchase of the tier. */
  readonly purchaseId: PurchaseId;
  readonly place: Place;
  readonly origin: AttemptOrigin;
  readonly trace: Trace;
};

type Pinned = Pick<KeptHistory, 'tierId' | 'tierName' | 'ruleSetVersion' | 'ruleSetHash' | 'program'>;

/**
 * An assessment at a place of a pinned program, with its funded virtual account under the rules of that phase. The
 * first day is anchored at the starting balance.
 */
export function openAssessment(
  { clock, ids }: { readonly clock: Clock; readonly ids: Ids },
  { tierId, tierName, ruleSetVersion, ruleSetHash, program }: Pinned,
  { assessmentId, userId, purchaseId, place, origin, trace }: Opening,
): NewAssessment {
  const phase = phaseOf(program, place.phase);
  invariant(phase !== undefined, `the program of ${purchaseId} has a phase ${place.phase}`);
  const { rules } = phase;
  const { startingUsd } = rules;
  const at = clock.now();
  const holder = { accountId: ids.next<AccountId>(), assessmentId, userId };
  const where = { ...place, phases: program.phases.length };
  const data = { ...holder, tierId, tierName, ruleSetVersion, ruleSetHash, startingUsd, ...where };
  return {
    ...holder,
    purchaseId,
    place: where,
    origin,
    pinned: { tierId, tierName, ruleSetVersion, ruleSetHash, rules },
    createdAt: at,
    cashUsd: startingUsd,
    day: tradingDayAt(at, rules).day,
    dayAnchorUsd: startingUsd,
    ledger: fundingEntries(startingUsd),
    messages: numbered(
      { accountId: holder.accountId, version: 0 },
      { trace, occurredAt: at, nextId: () => ids.next<EventId>() },
      [{ type: 'assessment.created', data }],
    ),
  };
}
