import type { FillId } from '../kernel/ids';
import type { Instant } from '../kernel/instant';
import {
  addUsd,
  divide,
  notional,
  type Price,
  price,
  type Qty,
  qty,
  subUsd,
  sumUsd,
  type Usd,
  usd,
} from '../kernel/money';
import type { Book } from '../market/book';
import { feeOf, type Instrument } from '../market/instrument';
import type { Level } from '../market/level';
import { type Account, positionIn, withPosition } from './account';
import { fillEntries, type LedgerEntry } from './ledger';
import type { Fill, OrderTicket } from './order';
import { closingPart, type Position, trade } from './position';
import { afterTrade } from './standing';

/** What a fill is made of, beside its order. `part` counts the order's fills from 1. */
export type FillMade = {
  readonly fillId: FillId;
  readonly part: number;
  readonly liquidity: Fill['liquidity'];
  /** A trade that was open for less does not count towards the trades needed. */
  readonly tradeHeldMsMin: number;
  readonly at: Instant;
};

export type Filled = {
  readonly fill: Fill;
  readonly account: Account;
  readonly ledger: readonly LedgerEntry[];
};

/** Fills an order with these levels and carries it through position, cash, ledger and the day's counts. */
export function fillWith(
  account: Account,
  ticket: Pick<OrderTicket, 'orderId' | 'instrument' | 'side'>,
  instrument: Instrument,
  book: Pick<Book, 'sequence' | 'venueProof' | 'venueAt'>,
  levels: readonly Level[],
  made: FillMade,
): Filled {
  const isBuy = ticket.side === 'buy';
  const amount = qty(levels.reduce((sum, level) => sum + level.qty, 0n));
  const gross = sumUsd(levels.map((level) => notional(level.price, level.qty, isBuy ? 'ceil' : 'floor')));
  const feeUsd = feeOf(made.liquidity === 'taker' ? instrument.takerFee : instrument.makerFee, levels);
  const cashUsd = isBuy ? usd(-gross) : gross;
  const held = positionIn(account, ticket.instrument);
  const traded = trade(held, ticket.instrument, qty(isBuy ? amount : -amount), cashUsd, feeUsd, made.at);
  const { realizedUsd, position, closedTrade } = traded;
  const standing =
    held && closedTrade
      ? afterTrade(account.standing, {
          resultUsd: resultOf(held, qty(isBuy ? amount : -amount), cashUsd, feeUsd, realizedUsd),
          counts: made.at - held.openedAt >= made.tradeHeldMsMin,
        })
      : account.standing;
  const after: Account = {
    ...account,
    cashUsd: subUsd(addUsd(account.cashUsd, cashUsd), feeUsd),
    positions: withPosition(account.positions, ticket.instrument, position),
    tradesClosed: account.tradesClosed + (closedTrade ? 1 : 0),
    standing: {
      ...standing,
      activeAt: made.at,
      dayOpened: standing.dayOpened + (position && (!held || closedTrade) ? 1 : 0),
    },
  };
  const fill: Fill = {
    fillId: made.fillId,
    orderId: ticket.orderId,
    instrument: ticket.instrument,
    side: ticket.side,
    qty: amount,
    part: made.part,
    liquidity: made.liquidity,
    levels,
    price: averagePrice(levels, amount, isBuy),
    cashUsd,
    feeUsd,
    realizedUsd,
    filledAt: made.at,
    bookSequence: book.sequence,
    venueProof: book.venueProof,
    venueAt: book.venueAt,
  };
  return { fill, account: after, ledger: fillEntries({ instrument: ticket.instrument, cashUsd, realizedUsd, feeUsd }) };
}

/** Of a trade that this fill completes, since it left flat: realized less fees, of this fill the closing part's. */
const resultOf = (held: Position, signedQty: Qty, cashUsd: Usd, feeUsd: Usd, realizedUsd: Usd): Usd => {
  const closing = closingPart(held, signedQty, cashUsd, feeUsd);
  return subUsd(addUsd(held.realizedUsd, realizedUsd), addUsd(held.feesUsd, closing.feeUsd));
};

const averagePrice = (levels: readonly Level[], amount: Qty, isBuy: boolean): Price => {
  const weighted = levels.reduce((sum, level) => sum + level.price * level.qty, 0n);
  return price(divide(weighted, amount, isBuy ? 'ceil' : 'floor'));
};
