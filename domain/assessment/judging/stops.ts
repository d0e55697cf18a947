import type { Account } from '../../account/account';
import type { Order } from '../../account/orders/order';
import type { Position } from '../../account/positions/position';
import type { StopCorrection } from '../../account/standing/standing';
import { type Instant, instant, plusMs } from '../../kernel/instant';
import { absolute, addUsd, notional, type Price, type Qty, qty, subUsd, type Usd } from '../../kernel/money';
import { kindOf } from '../../market/instrument';
import type { Quote } from '../../market/quote';

/** Positions of crypto whose whole quantity has no stop working against it. */
export const unprotected = (account: Account): readonly Position[] =>
  account.positions.filter(
    (position) => kindOf(position.instrument) === 'spot' && stoppedQty(account, position) < absolute(position.qty),
  );

/**
 * When a position has to have its stop: so long after its opening, or when its correction ends, and never sooner than
 * so long after its coin was last unconfirmed, for meanwhile no stop could be placed.
 */
export function stopDueAt(withinMs: number, account: Account, position: Position, quote?: Quote): Instant {
  const dueAt = correctionOf(account, position)?.dueAt ?? plusMs(position.openedAt, withinMs);
  const since = quote?.confirmedSince;
  return since === undefined ? dueAt : instant(Math.max(dueAt, since + withinMs));
}

/** What was begun for the position since it was last flat. */
export const correctionOf = ({ standing }: Account, { instrument, openedAt }: Position): StopCorrection | undefined =>
  standing.stopCorrections.find((begun) => begun.instrument === instrument && begun.openedAt === openedAt);

const stoppedQty = ({ orders }: Account, position: Position): bigint =>
  orders.reduce((sum, order) => (protects(order, position) ? sum + order.qty - order.filledQty : sum), 0n);

const protects = (order: Order, { instrument, qty: signed }: Position): boolean =>
  order.instrument === instrument &&
  order.side === (signed > 0n ? 'sell' : 'buy') &&
  (order.terms.type === 'stop' || order.terms.type === 'stop_limit' || order.terms.type === 'trailing_stop');

/**
 * What a position loses if it leaves at its stops, its fees included and what its partial closings realized counted
 * against it: the risk that was planned with it. Rounded against the trader; negative where the stops lock in a profit.
 */
export function plannedLoss(position: Position, stops: readonly { readonly price: Price; readonly qty: Qty }[]): Usd {
  const sign = position.qty > 0n ? 1n : -1n;
  const proceeds = stops.reduce<Usd>(
    (sum, stop) => addUsd(sum, notional(stop.price, qty(sign * stop.qty), 'floor')),
    position.realizedUsd,
  );
  return subUsd(addUsd(position.costUsd, position.feesUsd), proceeds);
}
