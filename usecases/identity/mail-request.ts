import type { EventId } from '../../domain/kernel/ids';
import type { Instant } from '../../domain/kernel/instant';
import type { Ids, Trace } from '../ports/clock-and-ids';
import type { OutboxMessage, RequestedMail } from '../ports/events/outbox-message';

/**
 * A mail that is to be written, on its way to the function that sends it. No request waits for the mail server: how
 * long it takes would tell who has an account. Each is a key of its own: none waits behind another.
 */
export function mailRequest(ids: Ids, at: Instant, trace: Trace, data: RequestedMail): OutboxMessage {
  const eventId = ids.next<EventId>();
  const { correlationId, traceparent } = trace;
  return {
    type: 'identity.mail-requested',
    eventId,
    key: eventId,
    accountVersion: null,
    occurredAt: at,
    correlationId,
    traceparent,
    data,
  };
}
