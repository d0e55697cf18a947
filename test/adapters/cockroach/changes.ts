import { type Account, balanceOf, positionIn, withOrder } from '../../../domain/account/account';
import { fillWith } from '../../../domain/account/fill';
import type { Fill, Order, OrderTicket } from '../../../domain/account/order';
import type { AccountEvent } from '../../../domain/assessment/context/account-event';
import { idOf } from '../../../domain/kernel/ids';
import { instant } from '../../../domain/kernel/instant';
import { ppm, type Qty, qty } from '../../../domain/kernel/money';
import { uuidIds } from '../../../runtime/edge';
import { changeOf, type DecidedChange } from '../../../usecases/events/to-outbox';
import type { AccountChange, AccountSnapshot } from '../../../usecases/ports/accounts/account-store';
import { bitcoin, bookAt, NOW, trace } from '../../fixtures/stored-account';

/** Where a change has got to: what happened so far, and the account after it. */
export type Step = { readonly account: Account; readonly events: readonly AccountEvent[] };

export const from = ({ account }: Pick<AccountSnapshot, 'account'>): Step => ({ account, events: [] });

const then = (step: Step, account: Account, event: AccountEvent): Step => ({
  account,
  events: [...step.events, event],
});

export const newDay = (step: Step, day = '2026-03-15'): Step => {
  const dayAnchorUsd = step.account.cashUsd;
  return then(step, { ...step.account, day, dayAnchorUsd }, { kind: 'day_opened', day, dayAnchorUsd });
};

/** An order that rests. */
export const resting = (ticket: OrderTicket, changes: Partial<Order> = {}): Order => ({
  ...ticket,
  status: 'open',
  cancelReason: null,
  placedAt: NOW,
  filledQty: qty(0n),
  parts: 0,
  bookSequence: 7,
  tapeSeenAt: NOW,
  triggeredAt: null,
  bestPrice: null,
  queueAhead: null,
  entryId: null,
  origin: 'trader',
  ...changes,
});

export function placed(step: Step, ticket: OrderTicket, order?: Order): Step {
  if (!order) return then(step, step.account, { kind: 'order_placed', ticket });
  const account = { ...step.account, orders: withOrder(step.account.orders, order) };
  return then(step, account, { kind: 'order_placed', ticket, order });
}

export const changed = (step: Step, kind: 'order_amended' | 'order_triggered' | 'order_cancelled', order: Order) =>
  then(step, { ...step.account, orders: withOrder(step.account.orders, order) }, { kind, order });

/** Fills a part of an order at the story's price; of one that rests, what is left of it goes on. */
export function filled(step: Step, ticket: OrderTicket, amount: Qty, part = 1, liquidity: Fill['liquidity'] = 'taker') {
  const book = bookAt(NOW);
  const [level] = ticket.side === 'buy' ? book.asks : book.bids;
  if (!level) throw new Error('the book of the stories has both sides');
  const levels = [{ price: level.price, qty: amount }];
  const made = {
    fillId: idOf<Fill['fillId']>(uuidIds.next()),
    part,
    liquidity,
    terms: { tradeHeldMsMin: 0, daySizeShareMin: ppm(0n), shortWins: 'count' } as const,
    at: instant(NOW + part),
  };
  const { fill, ledger, account } = fillWith(step.account, ticket, bitcoin, book, levels, made);
  const rested = account.orders.find(({ orderId }) => orderId === ticket.orderId);
  const filledQty = qty((rested?.filledQty ?? 0n) + amount);
  const status = filledQty === ticket.qty ? 'filled' : 'open';
  const orders = rested ? withOrder(account.orders, { ...rested, filledQty, parts: part, status }) : account.orders;
  const after = { ...account, orders };
  return then(step, after, {
    kind: 'order_filled',
    fill,
    ledger,
    cashUsd: after.cashUsd,
    balanceUsd: balanceOf(after),
    tradesClosed: after.tradesClosed,
    position: positionIn(after, bitcoin.id),
  });
}

/** A market order that fills whole. */
export const marketFill = (step: Step, ticket: OrderTicket): Step => filled(placed(step, ticket), ticket, ticket.qty);

/** The change that a step makes of a snapshot, announced as the use cases announce it. */
export const changeTo = (snapshot: AccountSnapshot, step: Step, more: Partial<DecidedChange> = {}): AccountChange =>
  changeOf(snapshot, trace, () => uuidIds.next(), { account: step.account, at: NOW, before: step.events, ...more });
