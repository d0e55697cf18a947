import type { AccountId } from '../../domain/kernel/ids';
import type { Instant } from '../../domain/kernel/instant';
import type { Book, Quote } from '../../domain/market/book';
import type { VenueTrade } from '../../domain/market/venue-trade';
import type { AccountChange, AccountSnapshot, AccountStore, Fence } from '../../usecases/ports/accounts/account-store';

/** A change that was saved, and what the account was before it. */
export type SavedChange = {
  readonly before: AccountSnapshot;
  readonly change: AccountChange;
  readonly savedAt: Instant;
};

/** What nobody inside keeps, for the oracles: every change that was saved, every good quote and trade that was told. */
export class History {
  readonly changes = new Map<AccountId, SavedChange[]>();
  readonly quotes: Quote[] = [];
  readonly trades: VenueTrade[] = [];
  /** Every book that was told, whatever its quality, and every change that was saved, in their order. */
  readonly timeline: (Book | SavedChange)[] = [];

  constructor(private readonly now: () => Instant) {}

  /** The store, with every save that was written noted at the moment it was. */
  recording(store: AccountStore): AccountStore {
    return {
      ...store,
      save: async (snapshot: AccountSnapshot, change: AccountChange, fence?: Fence) => {
        const saved = await store.save(snapshot, change, fence);
        if (saved === 'saved') this.note(snapshot, change);
        return saved;
      },
    };
  }

  changesOf(id: AccountId): readonly SavedChange[] {
    return this.changes.get(id) ?? [];
  }

  private note(before: AccountSnapshot, change: AccountChange): void {
    const known = this.changes.get(before.accountId) ?? [];
    const saved = { before, change, savedAt: this.now() };
    known.push(saved);
    this.timeline.push(saved);
    this.changes.set(before.accountId, known);
  }
}
