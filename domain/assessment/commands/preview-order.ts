import { type Account, type Marks, orderOf, positionIn } from '../../account/account';
import type { AccountEvent } from '../../account/account-event';
import { type Fill, type Order, type OrderTicket, remaining } from '../../account/orders/order';
import { type Ppm, type Qty, qty, type Usd } from '../../kernel/money';
import { accept, type Result, refuse } from '../../kernel/result';
import { after } from '../context/after';
import type { DecisionContext } from '../context/decision-context';
import { marksAt } from '../context/marks';
import { judge } from '../judging/judge';
import { correctStops } from '../judging/stop-corrections';
import { atOnce } from '../judging/touched-limits';
import { leverageOf, marginOf } from '../pre-trade/exposure';
import { type Amendment, type AmendRefusal, amendOrder } from './amend-order';
import { decideOrder, type OrderRefusal } from './decide-order';
import { netOf, type PlannedFill, plannedFill } from './planned-fill';
import { type ShownRoom, shownRooms } from './shown-rooms';
import { type Consequence, consequenceOf, type WayOut, waysOut } from './way-out';

/** What an order would do now, and what it would leave. Nothing is reserved. */
export type Preview = Consequence & {
  /** Null while it would rest. */
  readonly fill: PreviewedFill | null;
  readonly restingQty: Qty;
  readonly marginUsedUsd: Usd;
  readonly marginMaxUsd: Usd;
  /** How many times its margin the instrument's position may be worth; null for an outcome, which is paid in full. */
  readonly leverageMax: Ppm | null;
  readonly equityUsd: Usd;
  readonly rooms: readonly ShownRoom[];
  /** Everything that would be held then, closed again at once. */
  readonly ifClosed: WayOut;
  /** What of it would rest, once that fills; null: nothing, or at a price that is not known yet. */
  readonly whenFilled: PlannedFill | null;
  /** The exits that would begin to work with it. */
  readonly exits: readonly PlannedFill[];
};

export type PreviewedFill = Pick<Fill, 'price' | 'qty' | 'feeUsd' | 'realizedUsd' | 'levels'> & {
  /** What the trade has made that it closes, or makes smaller, every fee included; null of one that it opens. */
  readonly netUsd: Usd | null;
};

/** Decides the order as it would be decided, and judges the account that it would leave. */
export function previewOrder(context: DecisionContext, ticket: OrderTicket): Result<Preview, OrderRefusal> {
  const decided = decideOrder(context, ticket);
  return decided.ok ? previewOf(context, decided.value, ticket) : decided;
}

/** What a change to an order that works would do: `restingQty` is what would go on working. */
export function previewAmendment(
  context: DecisionContext,
  order: Previewed,
  change: Amendment,
): Result<Preview, AmendRefusal> {
  const decided = amendOrder(context, order.orderId, change);
  return decided.ok ? previewOf(context, decided.value, order) : decided;
}

type Previewed = Pick<OrderTicket, 'orderId' | 'instrument'>;

/** What a decision about one order leaves; of none that happens, how things stand. */
export function previewOf(
  context: DecisionContext,
  events: readonly AccountEvent[],
  { orderId, instrument }: Previewed,
): Result<Preview, 'price_unavailable'> {
  const { rules, instruments, at } = context;
  const marks = marksAt(context.books, at);
  const left = after(context, events);
  const spared = after(left, correctStops(rules, left.account, marks, at));
  const judged = judge(atOnce(rules), spared.account, marks, at);
  const margin = marginOf(left, marks);
  if (!margin)
    return refuse('price_unavailable', 'instrument', 'what an order may open needs a fresh price for a preview');
  const fill = events.flatMap((event) => (event.kind === 'order_filled' ? [event.fill] : []))[0];
  const isOutcome = instruments.get(instrument)?.kind === 'outcome';
  const order = orderOf(left.account, orderId);
  const { equityUsd } = judged;
  return accept({
    fill: fill ? shown(context.account, fill) : null,
    restingQty: order ? remaining(order) : qty(0n),
    marginUsedUsd: margin.usedUsd,
    marginMaxUsd: margin.maxUsd,
    leverageMax: isOutcome ? null : leverageOf(rules, instrument),
    equityUsd,
    rooms: shownRooms(spared, equityUsd, marks),
    ifClosed: waysOut(spared, marks).all,
    whenFilled: (order && plannedFill(spared, order, marks)) ?? null,
    exits: exitsOf(spared, orderId, marks),
    ...consequenceOf(context.account, judged),
  });
}

const exitsOf = (context: DecisionContext, entryId: Order['orderId'], marks: Marks): readonly PlannedFill[] =>
  context.account.orders.flatMap((order) =>
    order.entryId === entryId ? (plannedFill(context, order, marks) ?? []) : [],
  );

const shown = (before: Account, fill: Fill): PreviewedFill => {
  const { price, qty: amount, feeUsd, realizedUsd, levels } = fill;
  return { price, qty: amount, feeUsd, realizedUsd, levels, netUsd: netOf(positionIn(before, fill.instrument), fill) };
};
