import type { AccountId, InstrumentId } from '../../domain/kernel/ids';
import type { AccountSnapshot } from '../../usecases/ports/account-store';
import { type Approximate, approximate, type ExitPrices, mayHaveBroken } from './approximate';

type Entry = { readonly snapshot: AccountSnapshot; readonly approximate: Approximate };

/**
 * Every open account and who holds what. Selection looks at the holders of one instrument one by one; a structure
 * ordered by the price at which each would break can take its place behind the same methods.
 */
export class AccountIndex {
  private readonly entries = new Map<AccountId, Entry>();
  private readonly holders = new Map<InstrumentId, Set<AccountId>>();

  get size(): number {
    return this.entries.size;
  }

  get(id: AccountId): AccountSnapshot | undefined {
    return this.entries.get(id)?.snapshot;
  }

  all(): readonly AccountSnapshot[] {
    return [...this.entries.values()].map((entry) => entry.snapshot);
  }

  /** Takes a newer state of an account; answers false and keeps what it has when it knows as much already. */
  put(snapshot: AccountSnapshot): boolean {
    const known = this.entries.get(snapshot.accountId);
    if (known && known.snapshot.version >= snapshot.version) return false;
    this.release(snapshot.accountId, known);
    this.entries.set(snapshot.accountId, { snapshot, approximate: approximate(snapshot) });
    for (const { instrument } of snapshot.account.positions) {
      this.holders.set(instrument, (this.holders.get(instrument) ?? new Set()).add(snapshot.accountId));
    }
    return true;
  }

  remove(id: AccountId): void {
    this.release(id, this.entries.get(id));
    this.entries.delete(id);
  }

  holdersOf(instrument: InstrumentId): Iterable<AccountId> {
    return this.holders.get(instrument) ?? [];
  }

  /** Holders of the instrument that may have crossed a limit. */
  *candidates(instrument: InstrumentId, pricesOf: (id: InstrumentId) => ExitPrices | undefined): Generator<AccountId> {
    for (const id of this.holdersOf(instrument)) {
      const entry = this.entries.get(id);
      if (entry && mayHaveBroken(entry.approximate, pricesOf)) yield id;
    }
  }

  private release(id: AccountId, entry: Entry | undefined): void {
    for (const { instrument } of entry?.snapshot.account.positions ?? []) {
      const holders = this.holders.get(instrument);
      holders?.delete(id);
      if (holders?.size === 0) this.holders.delete(instrument);
    }
  }
}
