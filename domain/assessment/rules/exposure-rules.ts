import { ABOVE_ZERO, LARGE, LEVERAGE, LEVERAGE_MAX, LEVERAGE_MIN, LEVERAGES, SHARE_OF_ALL, STEPS } from './bounds';
import {
  added,
  bounded,
  choice,
  FLAG,
  group,
  INSTRUMENT,
  list,
  nullable,
  oneOf,
  QTY,
  SHARE,
  times,
  USD,
} from './field';
import { COUNT, POSITIVE_USD } from './field-kinds';

const LEVERAGE_OF_ONE = group({ instrument: INSTRUMENT, leverageMax: times(LEVERAGE_MIN, LEVERAGE_MAX) });

/** The most of one crypto position, units or notional, while a trading day began with this balance or more. */
const SIZE_STEP = group({
  /** Null: every instrument that no other step names. */
  instrument: nullable(INSTRUMENT),
  fromBalanceUsd: USD,
  most: bounded(
    oneOf({ units: group({ kind: choice('units'), units: QTY }), usd: group({ kind: choice('usd'), usd: USD }) }),
    LARGE,
  ),
});

/** Checked before an order, resting orders counted at their worst case; null: no cap. Never a violation. */
export const EXPOSURE = group({
  /** Notional of a crypto position over the margin that it binds: 2.5 is two and a half times. */
  leverageMax: bounded(times(LEVERAGE_MIN, LEVERAGE_MAX), LEVERAGE),
  positionsMax: nullable(bounded(COUNT, ABOVE_ZERO)),
  /** Notional of one crypto position. */
  positionUsdMax: nullable(POSITIVE_USD),
  /** What all outcomes of one event, or of one category, may cost together. */
  eventUsdMax: nullable(POSITIVE_USD),
  categoryUsdMax: nullable(POSITIVE_USD),
  /** Outcomes of one market that exclude one another: only the worse of the two counts. */
  netsOutcomes: FLAG,
  /** Whether YES and NO of one market may be held at the same time. */
  allowsBothOutcomes: FLAG,
  /** Outcomes are bought only at prices inside this band. */
  outcomePriceMin: bounded(SHARE, SHARE_OF_ALL),
  outcomePriceMax: SHARE,
  /** The opposite side of the book must be worth this much. */
  liquidityUsdMin: nullable(POSITIVE_USD),
  /** Crypto with a leverage of its own, by name in the order of the alphabet; all other has `leverageMax`. */
  leverageOf: bounded(list(LEVERAGE_OF_ONE, 100), ...LEVERAGES),
  /** What both outcomes of one market may cost together. */
  marketUsdMax: added(nullable(POSITIVE_USD), null),
  /** Positions that may be opened from flat in one trading day. */
  tradesPerDayMax: added(nullable(bounded(COUNT, ABOVE_ZERO)), null),
  /** A position of crypto grows with the balance; none: it does not depend on it. */
  sizeSteps: added(bounded(list(SIZE_STEP, 200), ...STEPS), []),
  /** The caps in dollars are those of the starting balance, or grow and shrink with the one of the day's beginning. */
  capsFollow: added(choice('start', 'day_balance'), 'start'),
});
