import type { LedgerAccount, LedgerEntry } from '../../../domain/account/positions/ledger';
import { invariant } from '../../../domain/kernel/invariant';

/** The columns of ledger_postings after its key, in their order. */
const COLUMNS: readonly LedgerAccount[] = ['cash', 'inventory', 'realized_pnl', 'fees', 'funding'];

/** One posting as its row: the instrument it is about, then an amount for each account of the books. */
export function postingValues(entries: readonly LedgerEntry[]): readonly unknown[] {
  const [instrument = null, ...others] = new Set(entries.flatMap((entry) => entry.instrument ?? []));
  invariant(others.length === 0, 'a posting is about one instrument');
  return [instrument, ...COLUMNS.map((column) => amountOf(entries, column))];
}

/** The posting as the record that `save_decision` reads; INT8 as text, for JSON's numbers are floats. */
export function postingRecord(entries: readonly LedgerEntry[], version: number) {
  const [instrument] = postingValues(entries);
  const text = (column: LedgerAccount) => `${amountOf(entries, column)}`;
  return {
    version,
    instrument,
    cash_usd: text('cash'),
    inventory_usd: text('inventory'),
    realized_pnl_usd: text('realized_pnl'),
    fees_usd: text('fees'),
    funding_usd: text('funding'),
  };
}

export function amountOf(entries: readonly LedgerEntry[], ledgerAccount: LedgerAccount): bigint {
  let amount = 0n;
  for (const entry of entries) if (entry.ledgerAccount === ledgerAccount) amount += entry.amountUsd;
  return amount;
}
