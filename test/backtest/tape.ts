import { type Instant, instant } from '../../domain/kernel/instant';
import { cornersOf } from '../../local/candles/corners';
import type { CandleFile } from '../../local/candles/read-candles';

/** Mid prices in time. Four steps a minute: open, the nearer extreme, the farther one, close. */
export type Tape = {
  readonly at: Float64Array;
  readonly mid: Float64Array;
  readonly minutes: number;
};

export const STEPS_PER_MINUTE = 4;
const STEP_MS = 15_000;

/** The steps of candles; a minute that is missing has none. */
export function tapeOf({ candles }: CandleFile): Tape {
  const at = new Float64Array(candles.length * STEPS_PER_MINUTE);
  const mid = new Float64Array(candles.length * STEPS_PER_MINUTE);
  for (const [minute, candle] of candles.entries()) {
    for (const [step, price] of cornersOf(candle).entries()) {
      at[minute * STEPS_PER_MINUTE + step] = candle.at + step * STEP_MS;
      mid[minute * STEPS_PER_MINUTE + step] = price;
    }
  }
  return { at, mid, minutes: candles.length };
}

export const instantOf = (tape: Tape, step: number): Instant => instant(tape.at[step] ?? 0);
