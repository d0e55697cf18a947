import type { Account } from '../../account/account';
import { type Order, remaining } from '../../account/orders/order';
import type { Position } from '../../account/positions/position';
import { absolute, divide, type Price, type Qty, qty, type Usd, usd } from '../../kernel/money';
import { stopLevel } from '../context/trigger-price';
import { plannedLoss } from './stops';

/**
 * What a position loses if it leaves at its stops, as far as they reach; with the stop that its entry brings, where one
 * still works. Undefined while there is no stop: then there is no plan to measure.
 */
export function lossAtStops(account: Account, position: Position, entry?: Order): Usd | undefined {
  const stops = stopsOf(account, position, entry);
  const covered = qty(stops.reduce((sum, stop) => sum + stop.qty, 0n));
  return covered === 0n ? undefined : plannedLoss(coveredPart(position, covered), stops);
}

type Stop = { readonly price: Price; readonly qty: Qty };

/** The stops that a position leaves at, the worst first, together no more than the position. */
function stopsOf({ orders }: Account, position: Position, entry: Order | undefined): readonly Stop[] {
  const isLong = position.qty > 0n;
  const stops = orders.flatMap((order) => {
    const level = stopLevel(order);
    const protects = order.instrument === position.instrument && (order.side === 'sell') === isLong;
    return protects && level !== null ? [{ price: level, qty: remaining(order) }] : [];
  });
  const attached = entry?.attached?.stopLoss ?? null;
  if (entry && attached !== null) stops.push({ price: attached, qty: remaining(entry) });
  stops.sort((a, b) => (a.price === b.price ? 0 : a.price < b.price === isLong ? -1 : 1));
  let left: bigint = absolute(position.qty);
  return stops.flatMap((stop) => {
    const part = stop.qty < left ? stop.qty : qty(left);
    left -= part;
    return part > 0n ? [{ price: stop.price, qty: part }] : [];
  });
}

const coveredPart = (position: Position, covered: Qty): Position => {
  const whole = absolute(position.qty);
  if (covered === whole) return position;
  const costUsd = usd(divide(position.costUsd * covered, whole, 'ceil'));
  return { ...position, qty: qty(position.qty > 0n ? covered : -covered), costUsd };
};
