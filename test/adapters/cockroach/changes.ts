import { type Account, orderOf } from '../../../domain/account/account';
import type { AccountEvent } from '../../../domain/account/account-event';
import { evolve } from '../../../domain/account/evolve';
import { fillOf, orderFilled } from '../../../domain/account/fill';
import type { Fill, Order, OrderTicket } from '../../../domain/account/order';
import { idOf } from '../../../domain/kernel/ids';
import { instant } from '../../../domain/kernel/instant';
import { type Qty, qty } from '../../../domain/kernel/money';
import { uuidIds } from '../../../runtime/edge';
import { changeOf, type DecidedChange } from '../../../usecases/events/to-outbox';
import type { AccountChange, AccountSnapshot } from '../../../usecases/ports/accounts/account-store';
import { bitcoin, bookAt, NOW, trace } from '../../fixtures/stored-account';

/** Where a change has got to: what happened so far, and the account after it. */
export type Step = {
  readonly rules: AccountSnapshot['rules'];
  readonly account: Account;
  readonly events: readonly AccountEvent[];
};

export const from = ({ rules, account }: Pick<AccountSnapshot, 'rules' | 'account'>): Step => ({
  rules,
  account,
  events: [],
});

const then = ({ rules, account, events }: Step, event: AccountEvent): Step => ({
  rules,
  account: evolve(rules, account, event),
  events: [...events, event],
});

export const newDay = (step: Step, day = '2026-03-15'): Step => {
  const { cashUsd } = step.account;
  return then(step, { kind: 'day_opened', day, dayAnchorUsd: cashUsd, dayPeakUsd: cashUsd });
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

export const placed = (step: Step, ticket: OrderTicket, order: Order = resting(ticket)): Step =>
  order.triggeredAt === null
    ? then(step, { kind: 'order_placed', order })
    : changed(placed(step, ticket, { ...order, triggeredAt: null }), 'order_triggered', order);

export const changed = (
  step: Step,
  kind: 'order_amended' | 'order_advanced' | 'order_triggered' | 'order_cancelled',
  order: Order,
): Step => then(step, { kind, order });

/** Fills a part of an order at the story's price; of one that rests, what is left of it goes on. */
export function filled(
  step: Step,
  ticket: OrderTicket,
  amount: Qty,
  { part = 1, liquidity = 'taker' }: Partial<Pick<Fill, 'part' | 'liquidity'>> = {},
) {
  const book = bookAt(NOW);
  const [level] = ticket.side === 'buy' ? book.asks : book.bids;
  const order = orderOf(step.account, ticket.orderId);
  if (!level || !order) throw new Error('the book of the stories has both sides, and the order was placed');
  const levels = [{ price: level.price, qty: amount }];
  const fillId = idOf<Fill['fillId']>(uuidIds.next());
  const made = { fillId, part, liquidity, levels, at: instant(NOW + part) };
  const fill = fillOf(step.account, ticket, { instrument: bitcoin, book }, made);
  return then(step, orderFilled(step, fill, { ...order, consumesBook: false }));
}

/** A market order that fills whole. */
export const marketFill = (step: Step, ticket: OrderTicket): Step => filled(placed(step, ticket), ticket, ticket.qty);

/** The change that a step makes of a snapshot, with its messages as the use cases make them. */
export const changeTo = (snapshot: AccountSnapshot, step: Step, more: Partial<DecidedChange> = {}): AccountChange =>
  changeOf(snapshot, trace, () => uuidIds.next(), { at: NOW, before: step.events, ...more });
