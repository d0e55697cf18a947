import { orderOf } from '../account/account';
import type { Fill, OrderTicket } from '../account/order';
import { remaining } from '../account/order';
import { type Qty, qty, type Usd } from '../kernel/money';
import { accept, type Result, refuse } from '../kernel/result';
import { type Amendment, type AmendRefusal, amendOrder } from './amend-order';
import { decideOrder, type OrderRefusal } from './decide-order';
import type { Desk } from './desk';
import { leverageOf, marginOf } from './exposure';
import type { Decided } from './happening';
import { judge } from './judge';
import { marksAt } from './marks';
import type { RuleName, RuleRoom } from './rules';
import { correctStops } from './stop-corrections';

/** What an order would do now, and what it would leave. Nothing is reserved. */
export type Preview = {
  /** Null while it would rest. */
  readonly fill: Pick<Fill, 'price' | 'qty' | 'feeUsd' | 'realizedUsd' | 'levels'> | null;
  readonly restingQty: Qty;
  readonly marginUsedUsd: Usd;
  readonly marginMaxUsd: Usd;
  /** How many times its margin the instrument's position may be worth; null for an outcome, which is paid in full. */
  readonly leverageMax: number | null;
  readonly equityUsd: Usd;
  readonly rooms: readonly RuleRoom[];
  /** The rule that the account would break at once. */
  readonly breach: RuleName | null;
};

/** Decides the order as it would be decided, and judges the account that it would leave. */
export function previewOrder(desk: Desk, ticket: OrderTicket): Result<Preview, OrderRefusal> {
  const decided = decideOrder(desk, ticket);
  return decided.ok ? previewOf(desk, decided.value, ticket) : decided;
}

/** The same of a change to an order that works: `restingQty` is what would go on working. */
export function previewAmendment(desk: Desk, order: Previewed, change: Amendment): Result<Preview, AmendRefusal> {
  const decided = amendOrder(desk, order.orderId, change);
  return decided.ok ? previewOf(desk, decided.value, order) : decided;
}

type Previewed = Pick<OrderTicket, 'orderId' | 'instrument'>;

/** What a decision about one order leaves; of none that happens, how things stand. */
export function previewOf(
  desk: Desk,
  { account, happenings }: Decided,
  { orderId, instrument }: Previewed,
): Result<Preview, 'price_unavailable'> {
  const marks = marksAt(desk.books, desk.at);
  const spared = correctStops(desk.rules, account, desk.at).account;
  const judged = judge(desk.rules, spared, marks, desk.at);
  const margin = marginOf(desk, account, marks);
  if ('unpriced' in judged || !margin) {
    return refuse('price_unavailable', 'instrument', 'every open position needs a fresh price for a preview');
  }
  const fill = happenings.flatMap((happening) => (happening.kind === 'order_filled' ? [happening.fill] : []))[0];
  const isOutcome = desk.instruments.get(instrument)?.kind === 'outcome';
  const order = orderOf(account, orderId);
  const { verdict, rooms, equityUsd } = judged;
  return accept({
    fill: fill ? shown(fill) : null,
    restingQty: order ? remaining(order) : qty(0n),
    marginUsedUsd: margin.usedUsd,
    marginMaxUsd: margin.maxUsd,
    leverageMax: isOutcome ? null : leverageOf(desk.rules, instrument),
    equityUsd,
    rooms,
    breach: verdict.kind === 'failed' ? verdict.broken.rule : null,
  });
}

const shown = ({ price, qty: amount, feeUsd, realizedUsd, levels }: Fill): Preview['fill'] => ({
  price,
  qty: amount,
  feeUsd,
  realizedUsd,
  levels,
});
