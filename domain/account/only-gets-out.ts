import { absolute } from '../kernel/money';
import { type Account, orderOf, positionIn } from './account';

/**
 * Whether what happened in between can only have made an account smaller: no position has grown or turned, none is new,
 * every order that works now did so before as it is, or reduces only, and nothing was paid out.
 */
export const onlyGetsOut = (before: Account, now: Account): boolean =>
  now.standing.payouts.taken === before.standing.payouts.taken &&
  now.positions.every((position) => {
    const held = positionIn(before, position.instrument)?.qty ?? 0n;
    return held > 0n === position.qty > 0n && absolute(position.qty) <= absolute(held as typeof position.qty);
  }) &&
  now.orders.every((order) => order.reduceOnly || orderOf(before, order.orderId) === order);
