import type { InstrumentId } from '../../kernel/ids';
import type { Instant } from '../../kernel/instant';
import {
  absolute,
  addUsd,
  divide,
  type Price,
  price,
  type Qty,
  qty,
  type Rounding,
  subUsd,
  type Usd,
  usd,
  ZERO_USD,
} from '../../kernel/money';
import type { ClosingReason } from '../orders/order';
import { closingPart, type Position, type PositionMove, signedQty, trade } from './position';

/** One completed trade: a position from flat to flat, or through it. */
export type RoundTrip = {
  readonly instrument: InstrumentId;
  readonly direction: 'long' | 'short';
  readonly openedAt: Instant;
  readonly closedAt: Instant;
  /** Everything that was opened; all of it was closed. */
  readonly qty: Qty;
  /** Averages, rounded against the trader. For display: the money is `realizedUsd`. */
  readonly entryPrice: Price;
  readonly exitPrice: Price;
  readonly realizedUsd: Usd;
  readonly feesUsd: Usd;
  /** Realized less fees: what the trade did to the balance. */
  readonly netUsd: Usd;
  /** Why the desk closed it; absent where its trader did, or it settled. */
  readonly closedFor?: ClosingReason;
};

type Leg = { readonly qty: Qty; readonly cashUsd: Usd };

type OpenTrip = {
  readonly position: Position;
  readonly openedAt: Instant;
  readonly entry: Leg;
  readonly exit: Leg;
  readonly realizedUsd: Usd;
  readonly feesUsd: Usd;
};

const NOTHING: Leg = { qty: qty(0n), cashUsd: ZERO_USD };

/** A completed trade with what it was made of; a move that turned a position around is part of both its trades. */
export type TradeMoves = { readonly trip: RoundTrip; readonly moves: readonly PositionMove[] };

/** The completed trades of an account, in the order in which they closed; `moves` oldest first. */
export const roundTrips = (moves: readonly PositionMove[]): readonly RoundTrip[] =>
  tradesOf(moves).map(({ trip }) => trip);

/** The round trips of an account, each with its moves. */
export function tradesOf(moves: readonly PositionMove[]): readonly TradeMoves[] {
  const open = new Map<InstrumentId, { readonly trip: OpenTrip; readonly moves: readonly PositionMove[] }>();
  return moves.flatMap((move) => {
    const known = open.get(move.instrument);
    const made = [...(known?.moves ?? []), move];
    const { closed, still } = follow(known?.trip, move);
    if (still) open.set(move.instrument, { trip: still, moves: closed ? [move] : made });
    else open.delete(move.instrument);
    return closed ? [{ trip: closed, moves: made }] : [];
  });
}

type Followed = { readonly closed?: RoundTrip; readonly still?: OpenTrip | undefined };

function follow(trip: OpenTrip | undefined, move: PositionMove): Followed {
  const { cashUsd, feeUsd, filledAt } = move;
  const { position, realizedUsd, closedTrade } = trade(trip?.position, move);
  if (!trip) return { still: opened(position, filledAt, { qty: move.qty, cashUsd }, feeUsd) };
  if (trip.position.qty > 0n === signedQty(move) > 0n) {
    const entry = joined(trip.entry, move);
    return { still: { ...trip, ...(position && { position }), entry, feesUsd: addUsd(trip.feesUsd, feeUsd) } };
  }
  const closing = closingPart(trip.position, move);
  const reduced: OpenTrip = {
    ...trip,
    ...(position && { position }),
    exit: joined(trip.exit, closing),
    realizedUsd: addUsd(trip.realizedUsd, realizedUsd),
    feesUsd: addUsd(trip.feesUsd, closing.feeUsd),
  };
  if (!closedTrade) return { still: reduced };
  const closed = completed(trip.position, reduced, move);
  if (!position) return { closed };
  const rest = { qty: absolute(position.qty), cashUsd: subUsd(cashUsd, closing.cashUsd) };
  return { closed, still: opened(position, filledAt, rest, subUsd(feeUsd, closing.feeUsd)) };
}

const opened = (position: Position | undefined, openedAt: Instant, entry: Leg, feesUsd: Usd): OpenTrip | undefined =>
  position && { position, openedAt, entry, exit: NOTHING, realizedUsd: ZERO_USD, feesUsd };

const joined = (a: Leg, b: Leg): Leg => ({ qty: qty(a.qty + b.qty), cashUsd: addUsd(a.cashUsd, b.cashUsd) });

function completed(held: Position, trip: OpenTrip, { filledAt: closedAt, closedFor }: PositionMove): RoundTrip {
  const { openedAt, entry, exit, realizedUsd, feesUsd } = trip;
  const isLong = held.qty > 0n;
  return {
    instrument: held.instrument,
    direction: isLong ? 'long' : 'short',
    openedAt,
    closedAt,
    qty: entry.qty,
    entryPrice: average(entry, isLong ? 'ceil' : 'floor'),
    exitPrice: average(exit, isLong ? 'floor' : 'ceil'),
    realizedUsd,
    feesUsd,
    netUsd: subUsd(realizedUsd, feesUsd),
    ...(closedFor && { closedFor }),
  };
}

/** Dollars have six decimals, prices eight: eight of the quantity are made up and two are added. */
const PRICE_PER_CASH_UNIT = 10n ** 10n;

const average = (leg: Leg, rounding: Rounding): Price =>
  price(divide(absolute(usd(leg.cashUsd)) * PRICE_PER_CASH_UNIT, leg.qty, rounding));
