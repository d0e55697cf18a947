import type { AccountId } from '../../../domain/kernel/ids';
import type { Instant } from '../../../domain/kernel/instant';

/** An event as it was written when it became true; `data` is its JSON. */
export type JournaledEvent = {
  readonly eventId: string;
  readonly correlationId: string;
  readonly type: string;
  readonly occurredAt: Instant;
  readonly data: unknown;
};

/** A place in an account's stream: what stands there, or why that cannot be read. */
export type JournalEntry = ToldEntry | { readonly version: number; readonly fault: string };

export type ToldEntry = { readonly version: number; readonly event: JournaledEvent };

/** Every event of every account, kept for good by the save that made it true. */
export type AccountJournal = {
  /** What follows the version `after`, in its order: `limit` saves at most, nothing at the end. */
  readonly page: (id: AccountId, after: number, limit: number) => Promise<readonly JournalEntry[]>;
};
