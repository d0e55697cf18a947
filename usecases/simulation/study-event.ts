import type { AssessmentId, EventId, StudyId, UserId } from '../../domain/kernel/ids';
import type { Instant } from '../../domain/kernel/instant';
import type { Ids, Trace } from '../ports/clock-and-ids';
import type { IntegrationEvents, OutboxMessage } from '../ports/events/outbox-message';

type StudyEvents = Pick<
  IntegrationEvents,
  | 'monte-carlo.requested'
  | 'monte-carlo.progressed'
  | 'monte-carlo.completed'
  | 'monte-carlo.failed'
  | 'monte-carlo.cancelled'
>;

type Studied = { readonly studyId: StudyId; readonly userId: UserId; readonly assessmentId: AssessmentId | null };

type Stamp = { readonly trace: Trace; readonly at: Instant; readonly ids: Ids };

/** An event of one study, which is its key: what becomes of it is told in order. */
export function studyEvent<K extends keyof StudyEvents>(
  { trace, at, ids }: Stamp,
  { studyId, userId, assessmentId }: Studied,
  type: K,
  told: Omit<StudyEvents[K], keyof Studied>,
): OutboxMessage {
  return {
    correlationId: trace.correlationId,
    traceparent: trace.traceparent,
    eventId: ids.next<EventId>(),
    type,
    key: studyId,
    accountVersion: null,
    occurredAt: at,
    data: { studyId, userId, assessmentId, ...told },
  } as OutboxMessage;
}
