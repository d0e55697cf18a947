import {
  absolute,
  addUsd,
  divide,
  MILLION,
  ONE_DOLLAR_PRICE,
  type Ppm,
  type Price,
  portion,
  ppm,
  price,
  subUsd,
  type Usd,
} from '../../kernel/money';
import type { LastLevel, Quote } from '../../market/book';
import { kindOf } from '../../market/instrument';
import { exitValue, type Position, valueAt } from './position';

/**
 * What something is worth at least, as far as is known, and at most. With a good, fresh price all three are one.
 */
export type Bounds = { readonly worstUsd: Usd; readonly expectedUsd: Usd; readonly bestUsd: Usd };

export type Bound = keyof Bounds;

/** Crypto without a price is taken to be worth this share more or less than at its last good one. */
export const UNPRICED_BAND: Ppm = ppm(500_000n);

export const exactly = (value: Usd): Bounds => ({ worstUsd: value, expectedUsd: value, bestUsd: value });

/** What closing a position would bring or cost: exact while somebody quotes the side that it would leave at. */
export function boundsOf(position: Position, quote: Quote | undefined): Bounds {
  const value = exitValue(position, quote);
  return value === null ? unpricedBounds(position, quote) : exactly(value);
}

/**
 * An outcome pays between nothing and a dollar a share. Crypto may have moved by the band since its last good price.
 * What is expected is the last good price, however old; without any, which no fill leaves behind, what it cost.
 */
export function unpricedBounds(position: Position, quote: Quote | undefined): Bounds {
  const last = lastExit(position, quote);
  const expectedUsd = last ? valueAt(position, last.price) : position.costUsd;
  if (kindOf(position.instrument) === 'outcome') {
    const { worstUsd, bestUsd } = between(position, price(0n), ONE_DOLLAR_PRICE);
    return { worstUsd, expectedUsd: clamped(worstUsd, expectedUsd, bestUsd), bestUsd };
  }
  if (last) return { ...between(position, lowered(last.price), raised(last.price)), expectedUsd };
  const moved = portion(absolute(expectedUsd), UNPRICED_BAND, 'ceil');
  return { worstUsd: subUsd(expectedUsd, moved), expectedUsd, bestUsd: addUsd(expectedUsd, moved) };
}

const lowered = (last: Price): Price => price(divide(last * (MILLION - UNPRICED_BAND), MILLION, 'floor'));
const raised = (last: Price): Price => price(divide(last * (MILLION + UNPRICED_BAND), MILLION, 'ceil'));

function between(position: Position, low: Price, high: Price): Pick<Bounds, 'worstUsd' | 'bestUsd'> {
  const [atLow, atHigh] = [valueAt(position, low), valueAt(position, high)];
  return position.qty > 0n ? { worstUsd: atLow, bestUsd: atHigh } : { worstUsd: atHigh, bestUsd: atLow };
}

/** The last good level of the side that a position would leave at; null where none is known. */
export const lastExit = ({ qty }: Position, quote: Quote | undefined): LastLevel | null =>
  (qty > 0n ? quote?.last?.bid : quote?.last?.ask) ?? null;

const clamped = (low: Usd, value: Usd, high: Usd): Usd => (value < low ? low : value > high ? high : value);
