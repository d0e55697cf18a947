import { decodeEvent } from './envelope';

/** What a record says of an event, its data still as JSON: whoever folds an account reads those. */
export type Journaled = {
  readonly eventId: string;
  readonly correlationId: string;
  readonly type: string;
  readonly accountVersion: number | null;
  readonly occurredAt: number;
  readonly data: unknown;
};

/** Reads a stored record. Never throws: one that no topic would take names its reason. */
export function journaledEvent(
  text: string,
): { readonly ok: true; readonly event: Journaled } | { readonly ok: false; readonly reason: string } {
  const decoded = decodeEvent(text);
  if (!decoded.ok) return decoded;
  const { eventId, correlationId, type, accountVersion, occurredAt } = decoded.event;
  const { data } = JSON.parse(text) as { readonly data: unknown };
  return { ok: true, event: { eventId, correlationId, type, accountVersion, occurredAt, data } };
}
