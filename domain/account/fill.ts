import type { FillId } from '../kernel/ids';
import type { Instant } from '../kernel/instant';
import {
  absolute,
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
import { closingPart, type Position, type Traded, trade } from './position';
import { afterReduction, afterTrade, type Standing, type TradeTerms } from './standing';

/** What a fill is made of, beside its order. `part` counts the order's fills from 1. */
export type FillMade = {
  readonly fillId: FillId;
  readonly part: number;
  readonly liquidity: Fill['liquidity'];
  readonly terms: TradeTerms;
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
  const signedQty = qty(isBuy ? amount : -amount);
  const held = positionIn(account, ticket.instrument);
  const traded = trade(held, ticket.instrument, signedQty, cashUsd, feeUsd, made.at);
  const { realizedUsd, position, closedTrade } = traded;
  const standing = held ? standingAfter(account, held, traded, made, { signedQty, cashUsd, feeUsd }) : account.standing;
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

type Flow = { readonly signedQty: Qty; readonly cashUsd: Usd; readonly feeUsd: Usd };

function standingAfter(account: Account, held: Position, traded: Traded, made: FillMade, flow: Flow): Standing {
  const { standing, tradesClosed } = account;
  const { position, closedTrade, realizedUsd } = traded;
  if (closedTrade) {
    const resultUsd = resultOf(held, flow, realizedUsd);
    return afterTrade(standing, made.terms, {
      position: held,
      resultUsd,
      closedAt: made.at,
      closedBefore: tradesClosed,
    });
  }
  const isReduced = position !== undefined && absolute(position.qty) < absolute(held.qty);
  return isReduced ? afterReduction(standing, held) : standing;
}

/** Of a trade that this fill completes, since it left flat: realized less fees, of this fill the closing part's. */
const resultOf = (held: Position, { signedQty, cashUsd, feeUsd }: Flow, realizedUsd: Usd): Usd => {
  const closing = closingPart(held, signedQty, cashUsd, feeUsd);
  return subUsd(addUsd(held.realizedUsd, realizedUsd), addUsd(held.feesUsd, closing.feeUsd));
};

const averagePrice = (levels: readonly Level[], amount: Qty, isBuy: boolean): Price => {
  const weighted = levels.reduce((sum, level) => sum + level.price * level.qty, 0n);
  return price(divide(weighted, amount, isBuy ? 'ceil' : 'floor'));
};
