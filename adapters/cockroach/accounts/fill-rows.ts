import type { ClosingReason, Fill, Side } from '../../../domain/account/orders/order';
import type { FillId, InstrumentId, OrderId } from '../../../domain/kernel/ids';
import { type Instant, isoText } from '../../../domain/kernel/instant';
import { type Price, price, type Qty, qty, type Usd } from '../../../domain/kernel/money';
import type { Level } from '../../../domain/market/level';

/** A fill, its columns named so that they can stand beside an account's and a position's. */
export type FillRow = {
  readonly order_id: OrderId;
  readonly part: number;
  readonly fill_id: FillId;
  readonly fill_instrument: InstrumentId;
  readonly side: Side;
  readonly fill_qty: Qty;
  readonly liquidity: Fill['liquidity'];
  readonly price: Price;
  readonly fill_cash_usd: Usd;
  readonly fee_usd: Usd;
  readonly fill_realized_usd: Usd;
  readonly levels: string;
  readonly filled_at: Instant;
  readonly book_sequence: bigint;
  readonly venue_proof: string;
  readonly venue_at: Instant;
  readonly closed_for: ClosingReason | null;
  readonly in_news: boolean;
};

/** Levels as `price:qty price:qty …` in their units: exact, short, and never asked about by a query. */
export const levelColumn = (levels: readonly Level[]): string =>
  levels.map((level) => `${level.price}:${level.qty}`).join(' ');

export const levelsOf = (column: string): readonly Level[] =>
  column.split(' ').map((level) => {
    const [at = '', amount = ''] = level.split(':');
    return { price: price(BigInt(at)), qty: qty(BigInt(amount)) };
  });

export const fillOf = (row: FillRow): Fill => ({
  fillId: row.fill_id,
  orderId: row.order_id,
  instrument: row.fill_instrument,
  side: row.side,
  qty: row.fill_qty,
  part: row.part,
  liquidity: row.liquidity,
  levels: levelsOf(row.levels),
  price: row.price,
  cashUsd: row.fill_cash_usd,
  feeUsd: row.fee_usd,
  realizedUsd: row.fill_realized_usd,
  filledAt: row.filled_at,
  bookSequence: Number(row.book_sequence),
  venueProof: row.venue_proof,
  venueAt: row.venue_at,
  ...(row.closed_for && { closedFor: row.closed_for }),
  ...(row.in_news && { inNews: true }),
});

/** A fill as the record that `save_decision` reads; INT8 as text, for JSON's numbers are floats. */
export const fillRecord = (fill: Fill, version: number) => ({
  version,
  order_id: fill.orderId,
  part: fill.part,
  fill_id: fill.fillId,
  instrument: fill.instrument,
  side: fill.side,
  qty: `${fill.qty}`,
  liquidity: fill.liquidity,
  price: `${fill.price}`,
  cash_usd: `${fill.cashUsd}`,
  fee_usd: `${fill.feeUsd}`,
  realized_usd: `${fill.realizedUsd}`,
  levels: levelColumn(fill.levels),
  filled_at: isoText(fill.filledAt),
  book_sequence: `${fill.bookSequence}`,
  venue_proof: fill.venueProof,
  venue_at: isoText(fill.venueAt),
  closed_for: fill.closedFor ?? null,
  in_news: fill.inNews ?? false,
});
