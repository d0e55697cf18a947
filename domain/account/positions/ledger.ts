import type { InstrumentId } from '../../kernel/ids';
import { invariant } from '../../kernel/invariant';
import { sumUsd, type Usd, usd, ZERO_USD } from '../../kernel/money';

/** The books of one virtual account. `inventory` is held per instrument at cost. */
export type LedgerAccount = 'cash' | 'inventory' | 'realized_pnl' | 'fees' | 'funding';

/** Debits are positive, credits negative; the entries of one posting sum to zero. */
export type LedgerEntry = {
  readonly ledgerAccount: LedgerAccount;
  readonly instrument?: InstrumentId;
  readonly amountUsd: Usd;
};

const negative = (amount: Usd): Usd => usd(-amount);

/** The firm's virtual money arrives. */
export const fundingEntries = (amountUsd: Usd): readonly LedgerEntry[] =>
  balanced([
    { ledgerAccount: 'cash', amountUsd },
    { ledgerAccount: 'funding', amountUsd: negative(amountUsd) },
  ]);

/** A part of the profit leaves the account for good. */
export const payoutEntries = (amountUsd: Usd): readonly LedgerEntry[] => fundingEntries(negative(amountUsd));

/** What a fill, or a payout, moved. */
type Moved = { readonly instrument: InstrumentId; readonly cashUsd: Usd; readonly realizedUsd: Usd };

/** One fill: cash moves against inventory at cost, the difference is realized profit, the fee leaves cash. */
export function fillEntries(fill: Moved & { readonly feeUsd: Usd }): readonly LedgerEntry[] {
  const { instrument, cashUsd, realizedUsd, feeUsd } = fill;
  return balanced([
    { ledgerAccount: 'cash', amountUsd: usd(cashUsd - feeUsd) },
    { ledgerAccount: 'inventory', instrument, amountUsd: usd(realizedUsd - cashUsd) },
    { ledgerAccount: 'realized_pnl', instrument, amountUsd: negative(realizedUsd) },
    { ledgerAccount: 'fees', instrument, amountUsd: feeUsd },
  ]);
}

/** One payout: it closes what was held as a fill would, without a fee. */
export const settlementEntries = ({ instrument, cashUsd, realizedUsd }: Moved): readonly LedgerEntry[] =>
  fillEntries({ instrument, cashUsd, realizedUsd, feeUsd: ZERO_USD });

function balanced(entries: readonly LedgerEntry[]): readonly LedgerEntry[] {
  invariant(sumUsd(entries.map((entry) => entry.amountUsd)) === 0n, 'a posting must sum to zero');
  return entries.filter((entry) => entry.amountUsd !== 0n);
}
