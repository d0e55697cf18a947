import type { AccountId } from '../../domain/kernel/ids';
import { type Instant, instant } from '../../domain/kernel/instant';
import type { AccountSnapshot } from '../../usecases/ports/accounts/account-store';
import { uncounted } from './trade-fill';
import type { TradeTape } from './trade-tape';

/** Progress in a queue is saved at the latest when its oldest uncounted trade is this old. */
const SAVED_AFTER_MS = 30_000;

/**
 * Accounts with trades that only memory has counted. A successor reads the topic again from the first of them on, so
 * that the progress of a queue is as durable as the account.
 */
export class QueueProgress {
  private readonly since = new Map<AccountId, Instant>();

  constructor(private readonly tape: TradeTape) {}

  /** Answers whether the account is to be judged at once: a trade fills, or what is not saved has grown old. */
  look(snapshot: AccountSnapshot, now: Instant): boolean {
    const found = uncounted(snapshot, this.tape);
    if (!found) {
      this.since.delete(snapshot.accountId);
      return false;
    }
    this.since.set(snapshot.accountId, found.since);
    return found.fills || isOld(found.since, now);
  }

  forget(id: AccountId): void {
    this.since.delete(id);
  }

  /** Whose progress is to be saved by now. */
  *due(now: Instant): Generator<AccountId> {
    for (const [id, since] of this.since) if (isOld(since, now)) yield id;
  }

  /** The latest instant until when every trade that concerns an order is saved with it, `until` at most. */
  savedUntil(until: Instant): Instant {
    let saved: number = until;
    for (const since of this.since.values()) saved = Math.min(saved, since - 1);
    return instant(saved);
  }
}

const isOld = (since: Instant, now: Instant): boolean => now - since >= SAVED_AFTER_MS;
