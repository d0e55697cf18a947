/** What a validation comes to. */
export type Finding = 'edge' | 'luck' | 'loses' | 'too_few';

type Tested = {
  readonly trades: number;
  readonly meanLowCents: bigint;
  readonly meanHighCents: bigint;
  readonly pPpm: number;
  readonly deflatedSharpePpm: number;
};

/** Fewer say little either way: whatever the test finds, a handful of trades moves it. */
const TRADES_MIN = 30;
/** An edge as large as this one comes by luck at most once in twenty times. */
const BY_LUCK_PPM_MAX = 50_000;
const REAL_PPM_MIN = 950_000;

/**
 * An edge has to pass all three tests: of the signs, of the mean, and of the Sharpe ratio after what the best of so
 * many trials would show by luck is taken off.
 */
export function findingOf({ trades, meanLowCents, meanHighCents, pPpm, deflatedSharpePpm }: Tested): Finding {
  if (trades < TRADES_MIN) return 'too_few';
  if (meanHighCents < 0n) return 'loses';
  const isEdge = meanLowCents > 0n && pPpm <= BY_LUCK_PPM_MAX && deflatedSharpePpm >= REAL_PPM_MIN;
  return isEdge ? 'edge' : 'luck';
}
