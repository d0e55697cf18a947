import type { LedgerAccount, LedgerEntry } from '../../domain/account/ledger';
import { invariant } from '../../domain/kernel/invariant';
import { sumUsd } from '../../domain/kernel/money';

/** The columns of ledger_postings after its key, in their order. */
const COLUMNS: readonly LedgerAccount[] = ['cash', 'inventory', 'realized_pnl', 'fees', 'funding'];

/** One posting as its row: the instrument it is about, then an amount for each account of the books. Nulls for none. */
export function postingValues(entries: readonly LedgerEntry[]): readonly unknown[] {
  if (entries.length === 0) return [null, ...COLUMNS.map(() => null)];
  const [instrument = null, ...others] = new Set(entries.flatMap((entry) => entry.instrument ?? []));
  invariant(others.length === 0, 'a posting is about one instrument');
  const amountOf = (account: LedgerAccount) =>
    sumUsd(entries.filter(({ ledgerAccount }) => ledgerAccount === account).map(({ amountUsd }) => amountUsd));
  return [instrument, ...COLUMNS.map(amountOf)];
}
