import type { InstrumentId } from '../kernel/ids';
import type { Instant } from '../kernel/instant';
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
} from '../kernel/money';
import type { Quote } from '../market/book';

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

/** The part of a fill that closes what is held; a fill that reverses a position has more than this part. */
export type ClosingPart = { readonly qty: Qty; readonly cashUsd: Usd; readonly feeUsd: Usd };

/** Splits a fill against a position by quantity; the closing part of cash and fee is rounded down. */
export function closingPart(held: Position, signedQty: Qty, cashUsd: Usd, feeUsd: Usd): ClosingPart {
  const [size, open] = [absolute(signedQty), absolute(held.qty)];
  const closing = size < open ? size : open;
  return {
    qty: closing,
    cashUsd: usd(divide(cashUsd * closing, size, 'floor')),
    feeUsd: usd(divide(feeUsd * closing, size, 'floor')),
  };
}

/**
 * Applies a fill of signed quantity whose signed cash flow (without fee) is `cashUsd`: negative for a buy.
 * A fill that reverses a position closes it first; what its closing part leaves opens the new one.
 */
export function trade(
  held: Position | undefined,
  instrument: InstrumentId,
  signedQty: Qty,
  cashUsd: Usd,
  feeUsd: Usd,
  at: Instant,
): Traded {
  if (!held || held.qty > 0n === signedQty > 0n) {
    return {
      position: enlarge(held, instrument, signedQty, cashUsd, feeUsd, at),
      realizedUsd: ZERO_USD,
      closedTrade: false,
    };
  }
  const closing = closingPart(held, signedQty, cashUsd, feeUsd);
  const closingCost = usd(divide(held.costUsd * closing.qty, absolute(held.qty), 'ceil'));
  const realizedUsd = subUsd(closing.cashUsd, closingCost);
  const left = qty(held.qty + signedQty);
  if (left === 0n) return { position: undefined, realizedUsd, closedTrade: true };
  if (left > 0n === held.qty > 0n) {
    const position: Position = {
      instrument,
      qty: left,
      costUsd: subUsd(held.costUsd, closingCost),
      realizedUsd: addUsd(held.realizedUsd, realizedUsd),
      feesUsd: addUsd(held.feesUsd, feeUsd),
      openedAt: held.openedAt,
    };
    return { position, realizedUsd, closedTrade: false };
  }
  const [openingCash, openingFee] = [subUsd(cashUsd, closing.cashUsd), subUsd(feeUsd, closing.feeUsd)];
  const opened = enlarge(undefined, instrument, left, openingCash, openingFee, at);
  return { position: opened, realizedUsd, closedTrade: true };
}

const enlarge = (
  held: Position | undefined,
  instrument: InstrumentId,
  signedQty: Qty,
  cashUsd: Usd,
  feeUsd: Usd,
  at: Instant,
): Position => ({
  instrument,
  qty: qty((held?.qty ?? 0n) + signedQty),
  costUsd: subUsd(held?.costUsd ?? ZERO_USD, cashUsd),
  realizedUsd: held?.realizedUsd ?? ZERO_USD,
  feesUsd: addUsd(held?.feesUsd ?? ZERO_USD, feeUsd),
  openedAt: held?.openedAt ?? at,
});

/** What closing at once would bring (a long) or cost (a short, negative): bid for longs, ask for shorts. */
export const exitValue = (position: Position, quote: Quote): Usd =>
  notional(exitPrice(position, quote), position.qty, 'floor');

export const exitPrice = (position: Position, quote: Quote): Price =>
  position.qty > 0n ? quote.bid.price : quote.ask.price;

export const unrealized = (position: Position, quote: Quote): Usd =>
  subUsd(exitValue(position, quote), position.costUsd);
