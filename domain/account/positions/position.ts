import type { InstrumentId } from '../../kernel/ids';
import type { Instant } from '../../kernel/instant';
import {
  absolute,
  addUsd,
  divide,
  notional,
  type Price,
  type Qty,
  qty,
  subUsd,
  type Usd,
  usd,
  ZERO_USD,
} from '../../kernel/money';
import type { Quote } from '../../market/book';
import type { Fill } from '../orders/order';

/**
 * An open position. `costUsd` is what the open quantity cost, negative for a short (its proceeds), so cash plus the
 * costs of all positions is the balance: what the account is worth with unrealized profit left out.
 */
export type Position = {
  readonly instrument: InstrumentId;
  /** Negative when short; never zero: a flat position is absent. */
  readonly qty: Qty;
  readonly costUsd: Usd;
  /** Since the position was last flat: what its partial closings realized, and the fees of all its fills. */
  readonly realizedUsd: Usd;
  readonly feesUsd: Usd;
  /** When it last left flat. */
  readonly openedAt: Instant;
};

export type Traded = {
  /** Absent when the trade left the account flat in the instrument. */
  readonly position: Position | undefined;
  readonly realizedUsd: Usd;
  /** A position went to flat, or through it: one trade of the assessment is complete. */
  readonly closedTrade: boolean;
};

/**
 * What moves a position: a fill, or the settlement of a resolved outcome. `qty` has no sign, for `side` says it;
 * `cashUsd` is negative for a buy, and the fee is apart.
 */
export type PositionMove = Pick<
  Fill,
  'instrument' | 'side' | 'qty' | 'cashUsd' | 'feeUsd' | 'filledAt' | 'closedFor' | 'inNews'
>;

export const signedQty = ({ side, qty: amount }: Pick<PositionMove, 'side' | 'qty'>): Qty =>
  side === 'buy' ? amount : qty(-amount);

/** The part of a fill that closes what is held; a fill that reverses a position has more than this part. */
export type ClosingPart = { readonly qty: Qty; readonly cashUsd: Usd; readonly feeUsd: Usd };

/** Splits a fill against a position by quantity; the closing part of cash and fee is rounded down. */
export function closingPart(held: Position, { qty: size, cashUsd, feeUsd }: ClosingPart): ClosingPart {
  const open = absolute(held.qty);
  const closing = size < open ? size : open;
  return {
    qty: closing,
    cashUsd: usd(divide(cashUsd * closing, size, 'floor')),
    feeUsd: usd(divide(feeUsd * closing, size, 'floor')),
  };
}

/** A fill that reverses a position closes it first; what its closing part leaves opens the new one. */
export function trade(held: Position | undefined, move: PositionMove): Traded {
  const signed = signedQty(move);
  if (!held || held.qty > 0n === signed > 0n) {
    return { position: enlarge(held, move), realizedUsd: ZERO_USD, closedTrade: false };
  }
  const closing = closingPart(held, move);
  const closingCost = usd(divide(held.costUsd * closing.qty, absolute(held.qty), 'ceil'));
  const realizedUsd = subUsd(closing.cashUsd, closingCost);
  const left = qty(held.qty + signed);
  if (left === 0n) return { position: undefined, realizedUsd, closedTrade: true };
  if (left > 0n === held.qty > 0n) {
    const position: Position = {
      ...held,
      qty: left,
      costUsd: subUsd(held.costUsd, closingCost),
      realizedUsd: addUsd(held.realizedUsd, realizedUsd),
      feesUsd: addUsd(held.feesUsd, move.feeUsd),
    };
    return { position, realizedUsd, closedTrade: false };
  }
  const opening: PositionMove = {
    ...move,
    qty: absolute(left),
    cashUsd: subUsd(move.cashUsd, closing.cashUsd),
    feeUsd: subUsd(move.feeUsd, closing.feeUsd),
  };
  return { position: enlarge(undefined, opening), realizedUsd, closedTrade: true };
}

const enlarge = (held: Position | undefined, move: PositionMove): Position => ({
  instrument: move.instrument,
  qty: qty((held?.qty ?? 0n) + signedQty(move)),
  costUsd: subUsd(held?.costUsd ?? ZERO_USD, move.cashUsd),
  realizedUsd: held?.realizedUsd ?? ZERO_USD,
  feesUsd: addUsd(held?.feesUsd ?? ZERO_USD, move.feeUsd),
  openedAt: held?.openedAt ?? move.filledAt,
});

/** What a position would leave at: the bid for a long, the ask for a short; null while nobody quotes that side. */
export const exitPrice = (position: Position, quote: Quote | undefined): Price | null =>
  (position.qty > 0n ? quote?.bid : quote?.ask)?.price ?? null;

/** What closing at this price would bring (a long) or cost (a short, negative). */
export const valueAt = ({ qty: held }: Position, price: Price): Usd => notional(price, held, 'floor');

/** What closing at once would bring or cost; null while nobody quotes the side that it would leave at. */
export function exitValue(position: Position, quote: Quote | undefined): Usd | null {
  const price = exitPrice(position, quote);
  return price === null ? null : valueAt(position, price);
}
