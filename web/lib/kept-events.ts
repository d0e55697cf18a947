import type { AccountEvent, Snapshot } from './contract';

/** The part of a browser's storage that is used, so that tests bring their own. */
export type Store = Pick<Storage, 'getItem' | 'setItem' | 'removeItem' | 'key' | 'length'>;

const PREFIX = 'pg-events:';
type Known = Pick<Snapshot, 'accountId' | 'version'>;

/** As many as the feed shows. */
const KEPT_MAX = 60;

/**
 * The events of an account that this tab has shown, newest first: a reload finds them again. They are for the eye
 * alone; the account's state always comes from the platform. What cannot be read counts as nothing.
 */
export function keptEvents(store: Store, { accountId, version }: Known): readonly AccountEvent[] {
  try {
    const kept: unknown = JSON.parse(store.getItem(PREFIX + accountId) ?? '[]');
    // What the account does not know of yet will be told again.
    return Array.isArray(kept) ? kept.filter(isEvent).filter(({ accountVersion }) => accountVersion <= version) : [];
  } catch {
    return [];
  }
}

/** A full or forbidden store loses the events of the next reload, and nothing else. */
export function keepEvents(store: Store, accountId: string, events: readonly AccountEvent[]): void {
  try {
    store.setItem(PREFIX + accountId, JSON.stringify(events.slice(0, KEPT_MAX)));
  } catch {
    store.removeItem(PREFIX + accountId);
  }
}

/** Whoever signs in next at this browser sees nothing of it. */
export function forgetEvents(store: Store): void {
  const keys = Array.from({ length: store.length }, (_, index) => store.key(index));
  for (const key of keys) if (key?.startsWith(PREFIX)) store.removeItem(key);
}

const isEvent = (kept: unknown): kept is AccountEvent =>
  typeof kept === 'object' &&
  kept !== null &&
  'eventId' in kept &&
  typeof kept.eventId === 'string' &&
  'accountVersion' in kept &&
  typeof kept.accountVersion === 'number' &&
  'occurredAt' in kept &&
  typeof kept.occurredAt === 'number' &&
  'event' in kept &&
  'data' in kept &&
  typeof kept.data === 'object';
