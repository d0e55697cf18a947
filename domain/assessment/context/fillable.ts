import { type Account, positionIn } from '../../account/account';
import { wholeSteps } from '../../account/orders/liquidity';
import { type Order, remaining } from '../../account/orders/order';
import { absolute, type Qty, qty } from '../../kernel/money';
import type { Instrument } from '../../market/instrument';

/** What of an order may fill now: an order that only reduces, or sells an outcome, no more than what is held. */
export function fillable(account: Account, order: Order, { kind, qtyStep }: Instrument): Qty {
  const left = remaining(order);
  if (!order.reduceOnly && !(kind === 'outcome' && order.side === 'sell')) return wholeSteps(left, qtyStep);
  const held = heldAgainst(account, order);
  return held <= left ? held : wholeSteps(left, qtyStep);
}

/** The quantity held that an order of this side makes smaller. */
export function heldAgainst(account: Account, { instrument, side }: Pick<Order, 'instrument' | 'side'>): Qty {
  const held = positionIn(account, instrument)?.qty ?? 0n;
  return held !== 0n && held > 0n === (side === 'sell') ? absolute(qty(held)) : qty(0n);
}
