import type { FillId, InstrumentId, OrderId } from '../kernel/ids';
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
import type { Book, Level } from '../market/book';
import { walk } from '../market/book';
import { type Instrument, takerFee } from '../market/instrument';
import { type Account, balanceOf, positionIn, withPosition } from './account';
import { fillEntries, type LedgerEntry } from './ledger';
import { trade } from './position';

export type Side = 'buy' | 'sell';

/** The sender's command; `orderId` is also its idempotency key. */
export type OrderTicket = {
  readonly orderId: OrderId;
  readonly instrument: InstrumentId;
  readonly side: Side;
  readonly qty: Qty;
};

/** A market order's only fill: the levels it took of one state of the venue's book. */
export type Fill = OrderTicket & {
  readonly fillId: FillId;
  readonly levels: readonly Level[];
  /** Volume-weighted average of the levels, rounded against the trader. For display: the money is `cashUsd`. */
  readonly price: Price;
  /** Negative for a buy; the fee is apart. */
  readonly cashUsd: Usd;
  readonly feeUsd: Usd;
  readonly realizedUsd: Usd;
  readonly placedAt: Instant;
  readonly bookSequence: number;
  readonly venueProof: string;
  readonly venueAt: Instant;
};

export type Executed = {
  readonly fill: Fill;
  readonly account: Account;
  readonly ledger: readonly LedgerEntry[];
  readonly balanceUsd: Usd;
};

/** The levels that a market order would take, or nothing when the book is too thin within the slippage cap. */
export function takeable(book: Book, side: Side, amount: Qty): readonly Level[] | undefined {
  const levels = side === 'buy' ? book.asks : book.bids;
  const { levels: taken, filled } = walk(levels, amount);
  const [first, last] = [taken[0], taken.at(-1)];
  if (filled !== amount || !first || !last) return undefined;
  return absolute(last.price - first.price) * 100n <= first.price * SLIPPAGE_PERCENT_MAX ? taken : undefined;
}

/** A market order takes nothing further than this from the touch. */
const SLIPPAGE_PERCENT_MAX = 5n;

/** Fills the ticket from the levels and carries it through position, cash and ledger. */
export function execute(
  account: Account,
  ticket: OrderTicket,
  instrument: Instrument,
  book: Book,
  levels: readonly Level[],
  made: { readonly fillId: FillId; readonly at: Instant },
): Executed {
  const isBuy = ticket.side === 'buy';
  const gross = sumUsd(levels.map((level) => notional(level.price, level.qty, isBuy ? 'ceil' : 'floor')));
  const feeUsd = sumUsd(levels.map((level) => takerFee(instrument.takerFee, level.price, level.qty)));
  const cashUsd = isBuy ? usd(-gross) : gross;
  const signed = qty(isBuy ? ticket.qty : -ticket.qty);
  const traded = trade(positionIn(account, ticket.instrument), ticket.instrument, signed, cashUsd, feeUsd);
  const after: Account = {
    ...account,
    cashUsd: subUsd(addUsd(account.cashUsd, cashUsd), feeUsd),
    positions: withPosition(account.positions, ticket.instrument, traded.position),
    tradesClosed: account.tradesClosed + (traded.closedTrade ? 1 : 0),
  };
  const { realizedUsd } = traded;
  const fill: Fill = {
    ...ticket,
    fillId: made.fillId,
    levels,
    price: averagePrice(levels, ticket.qty, isBuy),
    cashUsd,
    feeUsd,
    realizedUsd,
    placedAt: made.at,
    bookSequence: book.sequence,
    venueProof: book.venueProof,
    venueAt: book.venueAt,
  };
  const ledger = fillEntries({ instrument: ticket.instrument, cashUsd, realizedUsd, feeUsd });
  return { fill, account: after, ledger, balanceUsd: balanceOf(after) };
}

const averagePrice = (levels: readonly Level[], amount: Qty, isBuy: boolean): Price => {
  const weighted = levels.reduce((sum, level) => sum + level.price * level.qty, 0n);
  return price(divide(weighted, amount, isBuy ? 'ceil' : 'floor'));
};
