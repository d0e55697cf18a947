import { type Account, equityOf, type Marks } from '../../account/account';
import { isThrough, marketableLevels } from '../../account/orders/liquidity';
import type { Attached, OrderTicket, Terms } from '../../account/orders/order';
import { absolute, type Price } from '../../kernel/money';
import { accept, type Refused, type Result, refuse } from '../../kernel/result';
import { type Book, isFresh, type Quote, quoteOf } from '../../market/book';
import { believed, undoubted } from '../../market/doubt';
import type { Instrument } from '../../market/instrument';
import { SOURCES_MIN } from '../../market/mark';
import type { Market } from '../../market/market';
import { after } from '../context/after';
import { type DecisionContext, STALE_AFTER_MS } from '../context/decision-context';
import { bestExitPrice } from '../context/trigger-price';
import { missedAt } from '../judging/deadlines';
import { roomsWithPlan } from '../judging/planned-room';
import { correctStops } from '../judging/stop-corrections';
import { stopDueAt, unprotected } from '../judging/stops';
import { brokenForGood, touchDueAt } from '../judging/touched-limits';
import { firstBroken, isBroken } from '../rules/limits';
import { pausesBy } from '../rules/loss-layers';

export type TradabilityRefusal =
  | 'market_closed'
  | 'price_unavailable'
  | 'mark_unconfirmed'
  | 'limit_broken'
  | 'exits_invalid'
  | 'order_too_many';

/** Each of them is looked at with every price. */
export const OPEN_ORDERS_MAX = 100;

/**
 * The market that an instrument trades on now: open, its book good and fresh, without a side that may be wrong. A coin
 * trades at one venue only while others confirm what it is worth, and that venue's price among theirs.
 */
export function tradable(
  { books, at }: Pick<DecisionContext, 'books' | 'at'>,
  instrument: Instrument,
): Result<Market, 'market_closed' | 'price_unavailable' | 'mark_unconfirmed'> {
  if (instrument.status !== 'open') return refuse('market_closed', 'instrument', `the market is ${instrument.status}`);
  const book = books.get(instrument.id);
  if (book?.mark && !quoteOf(book)) return refuse('mark_unconfirmed', 'instrument', unconfirmedRule(book.mark));
  if (book?.doubts?.bid?.why === 'disagrees') {
    return refuse('price_unavailable', 'instrument', `the other venues do not confirm the price of ${book.venue}`);
  }
  if (book?.quality === 'good' && isFresh(book.receivedAt, at, STALE_AFTER_MS)) {
    return accept({ instrument, book: believed(book), isShared: false });
  }
  return refuse('price_unavailable', 'instrument', `no book that passed its checks within ${STALE_AFTER_MS / 1000} s`);
}

/** Which venues were asked, and what is wrong with each that is no part of the mark. */
function unconfirmedRule({ sources = [] }: Quote): string {
  const told = sources.map(({ venue, state }) => `${venue} ${state.replace('_', ' ')}`).join(', ');
  return `fewer than ${SOURCES_MIN} venues agree on its price (${told || 'none is heard'}): nobody trades or is judged by it`;
}

/**
 * An account that has already met a limit, or missed a deadline, waits for its verdict: no command may come before
 * it, and none may wipe it out. What has no price counts at its best: in doubt whoever holds may still get out. A
 * limit that is touched, and has not been for long enough, is waited for by whatever adds risk; what only reduces
 * goes on: it leaves no more than the prices that break it.
 */
export function verdictDue(
  context: DecisionContext,
  marks: Marks,
  reduces: boolean,
): Refused<'limit_broken'> | undefined {
  const { rules, account, at } = context;
  // What a correction will spare is no verdict to wait for.
  const spared = after(context, correctStops(rules, account, marks, at)).account;
  const missed = missedAt(rules, spared, marks, at);
  if (missed) return refuse('limit_broken', 'accountId', `${missed.rule}: the verdict on it comes first`);
  const dueAt = touchDueAt(rules, account);
  if (dueAt !== undefined && dueAt <= at) {
    return refuse(
      'limit_broken',
      'accountId',
      'a limit was touched for as long as the rules ask: the verdict comes first',
    );
  }
  const rooms = roomsWithPlan(rules, account, equityOf(account, marks).bestUsd, marks, 'bestUsd');
  const pause = rooms.find((room) => pausesBy(rules, room.rule) && isBroken(rules, room));
  const failing = reduces ? brokenForGood(rules, account, rooms, at) : firstBroken(rules, rooms);
  const broken = failing ?? (account.standing.day.isPaused ? undefined : pause);
  if (broken) return refuse('limit_broken', 'accountId', `${broken.rule}: the verdict on it comes first`);
  return isClosedForStop({ ...context, account: spared }, marks)
    ? refuse('limit_broken', 'accountId', 'stop_missing: the position is closed first')
    : undefined;
}

/** Whether the tier closes a position for its missing stop now: its book holds all of it. */
function isClosedForStop(context: DecisionContext, marks: Marks): boolean {
  const { rules, account, instruments, at } = context;
  if (rules.riskPerTrade?.stopSeverity !== 'close' || rules.riskPerTrade.stopWithinMs === null) return false;
  const { stopWithinMs } = rules.riskPerTrade;
  return unprotected(account).some((position) => {
    const instrument = instruments.get(position.instrument);
    if (!instrument || stopDueAt(stopWithinMs, account, position, marks.get(position.instrument)) > at) return false;
    const market = tradable(context, instrument);
    const side = position.qty > 0n ? 'sell' : 'buy';
    return market.ok && marketableLevels(undoubted(market.value.book), side, absolute(position.qty)) !== undefined;
  });
}

/** Counts the exits that entries will bring as well, so that they always find a place. */
export function tooMany({ orders }: Account, ticket: OrderTicket): Refused<'order_too_many'> | undefined {
  const counted = orders.reduce((sum, order) => sum + 1 + exitsOf(order.attached), exitsOf(ticket.attached));
  if (counted + (ticket.terms.type === 'market' ? 0 : 1) <= OPEN_ORDERS_MAX) return undefined;
  return refuse('order_too_many', 'orderId', `at most ${OPEN_ORDERS_MAX} orders may work, exits counted`);
}

const exitsOf = (attached: Attached | null): number =>
  attached === null ? 0 : (attached.takeProfit === null ? 0 : 1) + (attached.stopLoss === null ? 0 : 1);

/** A take-profit lies on the winning side of the price of its entry, a stop-loss on the losing one. */
export function invalidExits(ticket: OrderTicket, book: Book): Refused<'exits_invalid'> | undefined {
  const { attached, side, reduceOnly, terms } = ticket;
  if (attached === null) return undefined;
  if (reduceOnly) return refuse('exits_invalid', 'reduceOnly', 'an order that only reduces has no exits');
  const entry = entryPrice(terms) ?? bestExitPrice(book, side);
  if (entry === null) return undefined;
  const [above, below] = side === 'buy' ? (['above', 'below'] as const) : (['below', 'above'] as const);
  const { takeProfit, stopLoss } = attached;
  if (takeProfit !== null && !isThrough(side, entry, takeProfit)) {
    return refuse('exits_invalid', 'takeProfit', `must lie ${above} the price of the entry`);
  }
  if (stopLoss !== null && !isThrough(side, stopLoss, entry)) {
    return refuse('exits_invalid', 'stopLoss', `must lie ${below} the price of the entry`);
  }
  return undefined;
}

/** The price that the terms name; without one the touch stands for it. */
function entryPrice(terms: Terms): Price | undefined {
  switch (terms.type) {
    case 'limit':
    case 'stop_limit':
      return terms.limitPrice;
    case 'stop':
      return terms.stopPrice;
    case 'market':
    case 'trailing_stop':
      return undefined;
  }
}
