import type { Settlement } from '../../domain/assessment/happening';
import type { InstrumentId } from '../../domain/kernel/ids';
import { type Instant, isoText } from '../../domain/kernel/instant';
import type { Price, Qty, Usd } from '../../domain/kernel/money';

export type SettlementRow = {
  readonly instrument: InstrumentId;
  readonly payout_price: Price | null;
  readonly corrects: boolean;
  readonly cash_usd: Usd;
  readonly realized_usd: Usd;
  readonly qty: Qty;
  readonly cost_usd: Usd;
  readonly position_realized_usd: Usd;
  readonly fees_usd: Usd;
  readonly opened_at: Instant;
  readonly settled_at: Instant;
};

export const settlementOf = (row: SettlementRow): Settlement => ({
  instrument: row.instrument,
  payout: row.payout_price === null ? { kind: 'void' } : { kind: 'pays', price: row.payout_price },
  position: {
    instrument: row.instrument,
    qty: row.qty,
    costUsd: row.cost_usd,
    realizedUsd: row.position_realized_usd,
    feesUsd: row.fees_usd,
    openedAt: row.opened_at,
  },
  cashUsd: row.cash_usd,
  realizedUsd: row.realized_usd,
  corrects: row.corrects,
  settledAt: row.settled_at,
});

/** A settlement as the record that `save_decision` reads; INT8 as text, for JSON's numbers are floats. */
export const settlementRecord = ({ position, payout, ...paid }: Settlement, version: number) => ({
  version,
  instrument: paid.instrument,
  payout_price: payout.kind === 'pays' ? `${payout.price}` : null,
  corrects: paid.corrects,
  cash_usd: `${paid.cashUsd}`,
  realized_usd: `${paid.realizedUsd}`,
  qty: `${position.qty}`,
  cost_usd: `${position.costUsd}`,
  position_realized_usd: `${position.realizedUsd}`,
  fees_usd: `${position.feesUsd}`,
  opened_at: isoText(position.openedAt),
  settled_at: isoText(paid.settledAt),
});
