import type { FillId } from '../kernel/ids';
import type { Instant } from '../kernel/instant';
import { divide, notional, type Price, price, type Qty, qty, sumUsd, usd, ZERO_USD } from '../kernel/money';
import type { Book } from '../market/book';
import { chargeOf, type Fee, type Instrument } from '../market/instrument';
import type { Level } from '../market/level';
import { type Account, balanceOf, positionIn } from './account';
import type { FilledPlace, OrderFilled } from './account-event';
import type { AccountRules } from './account-rules';
import { afterFill } from './after-fill';
import type { ClosingReason, Fill, Order, OrderTicket } from './orders/order';
import { fillEntries } from './positions/ledger';
import { trade } from './positions/position';

/** What a fill is made of, beside its order. `part` counts the order's fills from 1. */
export type FillMade = {
  readonly fillId: FillId;
  readonly part: number;
  readonly liquidity: Fill['liquidity'];
  readonly levels: readonly Level[];
  readonly at: Instant;
  readonly closedFor?: ClosingReason;
  readonly inNews?: true;
};

/** Where it was filled: of the book only the state's name is kept. */
export type FilledAt = {
  readonly instrument: Instrument;
  readonly book: Pick<Book, 'sequence' | 'venueProof' | 'venueAt'>;
};

/** Fills an order with these levels: what that moves, and the fee of it. */
export function fillOf(
  { positions }: Pick<Account, 'positions'>,
  { orderId, side, exactFee }: Pick<OrderTicket, 'orderId' | 'side'> & Pick<Order, 'exactFee'>,
  { instrument, book }: FilledAt,
  { fillId, part, liquidity, levels, at, closedFor, inNews }: FillMade,
): Fill {
  const isBuy = side === 'buy';
  const amount = qty(levels.reduce((sum, level) => sum + level.qty, 0n));
  const gross = sumUsd(levels.map((level) => notional(level.price, level.qty, isBuy ? 'ceil' : 'floor')));
  const fill: Fill = {
    fillId,
    orderId,
    instrument: instrument.id,
    side,
    qty: amount,
    part,
    liquidity,
    levels,
    price: averagePrice(levels, amount, isBuy),
    cashUsd: isBuy ? usd(-gross) : gross,
    feeUsd: chargeOf(feeFor(instrument, liquidity), levels, exactFee).feeUsd,
    realizedUsd: ZERO_USD,
    filledAt: at,
    bookSequence: book.sequence,
    venueProof: book.venueProof,
    venueAt: book.venueAt,
    ...(closedFor && { closedFor }),
    ...(inNews && { inNews }),
  };
  const held = positions.find((position) => position.instrument === instrument.id);
  return { ...fill, realizedUsd: trade(held, fill).realizedUsd };
}

export const feeFor = ({ takerFee, makerFee }: Instrument, liquidity: Fill['liquidity']): Fee =>
  liquidity === 'taker' ? takerFee : makerFee;

/** The event of a fill, with what it makes of the account. */
export function orderFilled(
  { rules, account }: { readonly rules: AccountRules; readonly account: Account },
  fill: Fill,
  { queueAhead, tapeSeenAt, exactFee, consumesBook, tookLevels, tookTrades }: FilledPlace,
): OrderFilled {
  const after = afterFill(rules, account, fill);
  return {
    kind: 'order_filled',
    fill,
    ledger: fillEntries(fill),
    cashUsd: after.cashUsd,
    balanceUsd: balanceOf(after),
    tradesClosed: after.tradesClosed,
    position: positionIn(after, fill.instrument),
    queueAhead,
    tapeSeenAt,
    ...(exactFee !== undefined && { exactFee }),
    consumesBook,
    ...(tookLevels && { tookLevels }),
    ...(tookTrades && { tookTrades }),
  };
}

const averagePrice = (levels: readonly Level[], amount: Qty, isBuy: boolean): Price => {
  const weighted = levels.reduce((sum, level) => sum + level.price * level.qty, 0n);
  return price(divide(weighted, amount, isBuy ? 'ceil' : 'floor'));
};
