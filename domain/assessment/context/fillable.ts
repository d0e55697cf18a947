import { type Account, positionIn } from '../../account/account';
import { wholeSteps } from '../../account/orders/liquidity';
import { type Order, remaining } from '../../account/orders/order';
import { absolute, type Qty, qty } from '../../kernel/money';
import type { Instrument } from '../../market/instrument';

/**
 * What of an order may fill now: an order that only reduces, or sells an outcome, no more than what is held. What makes a
 * position smaller may be of any size, to the last crumb; everything else moves in whole steps.
 */
export function fillable(account: Account, order: Order, instrument: Instrument): Qty {
  const left = remaining(order);
  const held = heldAgainst(account, order);
  if (left <= held) return left;
  return endsUnheld(order, instrument) ? held : wholeSteps(left, instrument.qtyStep);
}

/** Whether an order ends once nothing is held against it: it only reduces, or sells an outcome. */
export const endsUnheld = (
  { reduceOnly, side }: Pick<Order, 'reduceOnly' | 'side'>,
  { kind }: Pick<Instrument, 'kind'>,
): boolean => reduceOnly || (kind === 'outcome' && side === 'sell');

/** The quantity held that an order of this side makes smaller. */
export function heldAgainst(account: Account, { instrument, side }: Pick<Order, 'instrument' | 'side'>): Qty {
  const held = positionIn(account, instrument)?.qty ?? 0n;
  return held !== 0n && held > 0n === (side === 'sell') ? absolute(qty(held)) : qty(0n);
}
