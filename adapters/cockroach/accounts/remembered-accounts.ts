import type { AccountId } from '../../../domain/kernel/ids';
import type { AccountChange, AccountSnapshot } from '../../../usecases/ports/accounts/account-store';

export type RememberedAccounts = {
  readonly recall: (id: AccountId) => AccountSnapshot | undefined;
  readonly remember: (snapshot: AccountSnapshot) => void;
  readonly forget: (id: AccountId) => void;
};

/**
 * The snapshots that one process last loaded or saved, the least recently used forgotten first. Another process may
 * have gone on since: what is remembered is a guess that the version guard of a save proves or refutes, so an order
 * that fits needs one round trip. Nothing may be refused on its word.
 */
export function rememberAccounts(limit: number): RememberedAccounts {
  const kept = new Map<AccountId, AccountSnapshot>();
  return {
    recall: (id) => kept.get(id),
    remember: (snapshot) => {
      const { accountId } = snapshot;
      const known = kept.get(accountId);
      // A load that began before a save may end after it.
      if (known && known.version > snapshot.version) return;
      kept.delete(accountId);
      const [oldest] = kept.size >= limit ? kept.keys() : [];
      if (oldest) kept.delete(oldest);
      kept.set(accountId, snapshot.prior ? { ...snapshot, prior: undefined } : snapshot);
    },
    forget: (id) => {
      kept.delete(id);
    },
  };
}

/** The snapshot that a load would show after the change was saved. */
export const advanced = (snapshot: AccountSnapshot, change: AccountChange): AccountSnapshot => ({
  ...snapshot,
  version: snapshot.version + change.messages.length,
  status: change.status,
  account: change.account,
  prior: undefined,
});
