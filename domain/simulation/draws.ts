import { invariant } from '../kernel/invariant';
import { divide, MILLION } from '../kernel/money';
import { keyOf, lowWord, philox, scaledBy, type Words } from './philox';
import type { PastTrade, SizedTrades } from './strategy';

const WORD = 2n ** 32n;

/**
 * Draws the trades of one path in their order. The counter is the number of the trade in the path and the path's own:
 * what a trade draws depends on nothing else, whether or not the ones before it were made.
 */
export function drawsOf(trades: SizedTrades, seed: bigint, path: bigint): (nth: number) => PastTrade {
  const key = keyOf(seed);
  const [low, high] = keyOf(path);
  const wordsOf = (nth: number): Words => philox([nth, 0, low, high], key);
  if (trades.kind === 'odds') return (nth) => drawn(trades, wordsOf(nth));
  const { past, meanBlock } = trades;
  let last = -1;
  return (nth) => {
    const [, , index, run] = wordsOf(nth);
    // A run ends with the chance of one in its mean length.
    const begins = last < 0 || BigInt(run) * BigInt(meanBlock) < WORD;
    last = begins ? lowWord(scaledBy(index, BigInt(past.length))) : (last + 1) % past.length;
    const trade = past[last];
    invariant(trade !== undefined, `trade ${last} is one of ${past.length}`);
    return trade;
  };
}

function drawn(trades: SizedTrades & { readonly kind: 'odds' }, [outcome, against]: Words): PastTrade {
  const { winRate, winCents, lossCents, adverse, favourable } = trades;
  if (BigInt(outcome) * MILLION < winRate * WORD) {
    const worst = divide(scaledBy(against, lossCents) * adverse, MILLION, 'floor');
    return { resultCents: winCents, worstCents: -worst, bestCents: winCents };
  }
  const best = divide(scaledBy(against, winCents) * favourable, MILLION, 'floor');
  return { resultCents: -lossCents, worstCents: -lossCents, bestCents: best };
}

/** The prices that a trade visits before its close, by what it would bring there: against its result first. */
export function visitsOf({ resultCents, worstCents, bestCents }: PastTrade): readonly bigint[] {
  const [low, high] = resultCents > 0n ? [0n, resultCents] : [resultCents, 0n];
  const visits = resultCents > 0n ? [worstCents, bestCents] : [bestCents, worstCents];
  return visits.filter((cents) => cents < low || cents > high);
}
