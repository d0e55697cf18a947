import type { Trail } from './trails';

/** One position in floating point; the instrument by its number. */
export type Holding = {
  readonly instrument: number;
  /** Negative when short. */
  readonly qty: number;
  /** The exit price at which the position's own loss reaches its limit; NaN without such a limit. */
  readonly stopPrice: number;
};

/** What floating point must know of an account to tell when exact numbers may decide something about it. */
export type Watched = {
  readonly cashUsd: number;
  /** At or below it a rule may break; -Infinity: none. */
  readonly floorUsd: number;
  /** At or above it the account may pass, or be closed; Infinity: none. */
  readonly ceilingUsd: number;
  /** The highest equity that the rules remember: what is above it is a new peak. Infinity: they remember none. */
  readonly peakUsd: number;
  /** Floors that follow the peak. */
  readonly trails: readonly Trail[];
  readonly holdings: readonly Holding[];
};
