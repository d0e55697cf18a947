import { absolute, addUsd, notional, ONE_DOLLAR_PRICE, type Price, price, subUsd, type Usd } from '../../kernel/money';
import { feeOf, type Instrument } from '../../market/instrument';
import { toGrid } from '../../market/price-grid';
import type { Position } from './position';

/** The fee of an order that takes all of a position at one price. */
export const exitFee = ({ qty }: Position, { takerFee }: Instrument, at: Price): Usd =>
  feeOf(takerFee, [{ price: at, qty: absolute(qty) }]);

/** What a trade would have made in the end if its position were closed at this price, every fee included. */
export function netAt(position: Position, instrument: Instrument, at: Price): Usd {
  const { qty, costUsd, realizedUsd, feesUsd } = position;
  const gained = subUsd(addUsd(realizedUsd, notional(at, qty, 'floor')), costUsd);
  return subUsd(gained, addUsd(feesUsd, exitFee(position, instrument, at)));
}

/**
 * The exit price on the tick from which a position has lost nothing, its exit fee included: one tick worse, and it has.
 * Null where no price that can be traded is good enough.
 */
export function breakEvenPrice(position: Position, instrument: Instrument): Price | null {
  const { priceTick, kind } = instrument;
  const isGood = (ticks: bigint) => netAt(position, instrument, price(ticks * priceTick)) >= 0n;
  const last = kind === 'outcome' ? ONE_DOLLAR_PRICE / priceTick - 1n : null;
  const ticks = position.qty > 0n ? lowestGood(isGood, last) : highestGood(isGood, last);
  if (ticks === null) return null;
  const at = toGrid(instrument, price(ticks * priceTick), position.qty > 0n ? 'ceil' : 'floor');
  return kind === 'outcome' && at >= ONE_DOLLAR_PRICE ? null : at;
}

type IsGood = (ticks: bigint) => boolean;

/** Beyond so many doublings of a tick there is no price: a fee takes more than the price brings. */
const DOUBLINGS_MAX = 64;

function lowestGood(isGood: IsGood, last: bigint | null): bigint | null {
  const high = last ?? doubled((ticks) => isGood(ticks));
  if (high === null || !isGood(high)) return null;
  return between(0n, high, isGood);
}

function highestGood(isGood: IsGood, last: bigint | null): bigint | null {
  if (!isGood(1n)) return null;
  if (last !== null && isGood(last)) return last;
  const high = last ?? doubled((ticks) => !isGood(ticks));
  return high === null ? null : between(1n, high, (ticks) => !isGood(ticks)) - 1n;
}

function doubled(isThere: IsGood): bigint | null {
  for (let [ticks, times] = [1n, 0]; times < DOUBLINGS_MAX; times++, ticks *= 2n) if (isThere(ticks)) return ticks;
  return null;
}

/** The first that is, above `low`, which is not, up to `high`, which is. */
function between(low: bigint, high: bigint, isThere: IsGood): bigint {
  let [not, is] = [low, high];
  while (is - not > 1n) {
    const middle = (not + is) / 2n;
    if (isThere(middle)) is = middle;
    else not = middle;
  }
  return is;
}
