import type { RoundTrip } from '../../account/positions/round-trip';
import type { Instant } from '../../kernel/instant';
import { absolute, divide, MILLION, type Ppm, ppm, subUsd, sumUsd, type Usd, usd, ZERO_USD } from '../../kernel/money';

export type EquitySample = { readonly at: Instant; readonly equityUsd: Usd };

/** Money is net of fees. What cannot be divided is undefined: no trade, no win, no loss. */
export type Performance = {
  readonly trades: number;
  readonly wins: number;
  readonly losses: number;
  readonly winRate: Ppm | undefined;
  /** What the winners made for each dollar that the losers lost, in millionths. */
  readonly profitFactor: Ppm | undefined;
  readonly netUsd: Usd;
  readonly averageWinUsd: Usd | undefined;
  readonly averageLossUsd: Usd | undefined;
  readonly bestUsd: Usd | undefined;
  readonly worstUsd: Usd | undefined;
};

export type Drawdown = {
  readonly deepestUsd: Usd;
  /** The share of the peak before it, rounded up. */
  readonly deepestOfPeak: Ppm;
  readonly peakUsd: Usd;
  readonly troughAt: Instant | undefined;
};

export function performanceOf(trips: readonly RoundTrip[]): Performance {
  const nets = trips.map((trip) => trip.netUsd);
  const [won, lost] = [nets.filter((net) => net > 0n), nets.filter((net) => net < 0n)];
  const [gain, loss] = [sumUsd(won), absolute(sumUsd(lost))];
  const ranked = [...nets].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
  return {
    trades: nets.length,
    wins: won.length,
    losses: lost.length,
    winRate: ratio(BigInt(won.length), BigInt(nets.length)),
    profitFactor: ratio(gain, loss),
    netUsd: sumUsd(nets),
    averageWinUsd: average(gain, won.length),
    averageLossUsd: average(usd(-loss), lost.length),
    bestUsd: ranked.at(-1),
    worstUsd: ranked[0],
  };
}

/** How far equity fell below its highest value before; `samples` oldest first. */
export function drawdownOf(samples: readonly EquitySample[]): Drawdown {
  let peak = samples[0]?.equityUsd ?? ZERO_USD;
  let deepest: Drawdown = { deepestUsd: ZERO_USD, deepestOfPeak: ppm(0n), peakUsd: peak, troughAt: undefined };
  for (const { at, equityUsd } of samples) {
    if (equityUsd > peak) peak = equityUsd;
    const fall = subUsd(peak, equityUsd);
    if (fall <= deepest.deepestUsd) continue;
    const ofPeak = peak > 0n ? ppm(divide(fall * MILLION, peak, 'ceil')) : ppm(MILLION);
    deepest = { deepestUsd: fall, deepestOfPeak: ofPeak, peakUsd: peak, troughAt: at };
  }
  return deepest;
}

/** The fall below the highest equity before, at every sample. */
export function underwater(samples: readonly EquitySample[]): readonly EquitySample[] {
  let peak = samples[0]?.equityUsd ?? ZERO_USD;
  return samples.map(({ at, equityUsd }) => {
    if (equityUsd > peak) peak = equityUsd;
    return { at, equityUsd: subUsd(equityUsd, peak) };
  });
}

/**
 * At most about `most` of the samples, oldest first: of each stretch of time that has more, its first, its lowest, its
 * highest and its last. No turning point that could be seen is lost.
 */
export function thinned(samples: readonly EquitySample[], most: number): readonly EquitySample[] {
  if (samples.length <= most) return samples;
  const stretch = Math.ceil((samples.length * KEPT_OF_STRETCH) / most);
  const kept: EquitySample[] = [];
  for (let from = 0; from < samples.length; from += stretch) {
    const part = samples.slice(from, from + stretch);
    let [low, high] = [0, 0];
    part.forEach(({ equityUsd }, nth) => {
      if (equityUsd < (part[low] as EquitySample).equityUsd) low = nth;
      if (equityUsd > (part[high] as EquitySample).equityUsd) high = nth;
    });
    const ends = [...new Set([0, low, high, part.length - 1])].sort((a, b) => a - b);
    kept.push(...ends.map((nth) => part[nth] as EquitySample));
  }
  return kept;
}

const KEPT_OF_STRETCH = 4;

const ratio = (part: bigint, whole: bigint): Ppm | undefined =>
  whole === 0n ? undefined : ppm(divide(part * MILLION, whole, 'floor'));

/** Rounded down: a win is never shown larger than it was, a loss never smaller. */
const average = (total: Usd, count: number): Usd | undefined =>
  count === 0 ? undefined : usd(divide(total, BigInt(count), 'floor'));
