import { randomUUID } from 'node:crypto';
import { type EventId, idOf, type UserId } from '../../../../domain/kernel/ids';
import type { Instant } from '../../../../domain/kernel/instant';
import type { OutboxMessage } from '../../../../usecases/ports/events/outbox-message';

/** Somebody’s mail on its way to whoever sends it. */
export function mailRequested(occurredAt: Instant, userId = idOf<UserId>(randomUUID())): OutboxMessage {
  const eventId = idOf<EventId>(randomUUID());
  return {
    type: 'identity.mail-requested',
    eventId,
    key: eventId,
    accountVersion: null,
    occurredAt,
    correlationId: 'c-1',
    traceparent: null,
    data: { kind: 'password-changed', userId },
  };
}
