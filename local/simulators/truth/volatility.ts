import type { SeededRandom } from './random';

/** Taken once: where tests run, a look at a global costs more than the sum itself. */
const { exp, sqrt } = Math;

/** How long the two parts remember, in seconds, and how far the logarithm of the volatility strays by each. */
const PARTS = [
  { memory: 15 * 60, spread: 0.3 },
  { memory: 6 * 3_600, spread: 0.35 },
] as const;

/**
 * Calm and wild hours, as one factor of all volatilities. Its logarithm reverts to the mean (Ornstein and Uhlenbeck),
 * solved exactly, so that steps of any length make the same market; its square is 1 on average. That is where a
 * GARCH(1,1) goes as its steps become short (Nelson, 1990), but for a variance that can never turn negative.
 */
export class Volatility {
  private readonly parts = PARTS.map(() => 0);

  constructor(private readonly random: SeededRandom) {}

  /** The factor after so many more seconds. */
  step(seconds: number): number {
    let logarithm = 0;
    for (const [at, { memory, spread }] of PARTS.entries()) {
      const kept = exp(-seconds / memory);
      const part = kept * (this.parts[at] ?? 0) + spread * sqrt(1 - kept * kept) * this.random.normal();
      this.parts[at] = part;
      logarithm += part - spread * spread;
    }
    return exp(logarithm);
  }
}
