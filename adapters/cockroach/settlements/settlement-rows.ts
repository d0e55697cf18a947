import type { Settlement } from '../../../domain/account/account-event';
import type { ClosingReason, Fill } from '../../../domain/account/orders/order';
import type { BeforePayout } from '../../../domain/account/standing/standing';
import type { KeptEvent } from '../../../domain/assessment/settlement/account-moves';
import type { InstrumentId } from '../../../domain/kernel/ids';
import { type Instant, isoText } from '../../../domain/kernel/instant';
import { type Price, type Qty, type Usd, usd } from '../../../domain/kernel/money';

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
  readonly before: BeforeColumn;
};

/** Dollars as text of millionths, for JSON's numbers are floats. */
type BeforeColumn = Pick<BeforePayout, 'day' | 'isPaused' | 'warned'> & {
  readonly highWaterUsd: string;
  readonly dayPeakUsd: string;
};

export type FillMoveRow = {
  readonly version: number;
  readonly instrument: InstrumentId;
  readonly side: Fill['side'];
  readonly qty: Qty;
  readonly cash_usd: Usd;
  readonly fee_usd: Usd;
  readonly realized_usd: Usd;
  readonly filled_at: Instant;
  readonly closed_for: ClosingReason | null;
  readonly in_news: boolean;
};

export const fillMoveOf = ({ version, instrument, side, qty, ...row }: FillMoveRow): KeptEvent => ({
  kind: 'fill',
  version,
  fill: {
    instrument,
    side,
    qty,
    cashUsd: row.cash_usd,
    feeUsd: row.fee_usd,
    realizedUsd: row.realized_usd,
    filledAt: row.filled_at,
    ...(row.closed_for && { closedFor: row.closed_for }),
    ...(row.in_news && { inNews: true }),
  },
});

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
  before: {
    ...row.before,
    highWaterUsd: usd(BigInt(row.before.highWaterUsd)),
    dayPeakUsd: usd(BigInt(row.before.dayPeakUsd)),
  },
});

/** A settlement as the record that `save_decision` reads; INT8 as text, for JSON's numbers are floats. */
export const settlementRecord = ({ position, payout, before, ...paid }: Settlement, version: number) => ({
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
  before: { ...before, highWaterUsd: `${before.highWaterUsd}`, dayPeakUsd: `${before.dayPeakUsd}` },
});
