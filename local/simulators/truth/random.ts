/** Taken once: where tests run, a look at a global costs more than the sum itself. */
const { cos, exp, floor, imul, log, PI, sqrt } = Math;

/** Numbers in [0, 1) that are the same for the same seed (mulberry32), and what is drawn from them. */
export class SeededRandom {
  private state: number;

  constructor(seed: number) {
    this.state = seed >>> 0;
  }

  next(): number {
    this.state = (this.state + 0x6d2b79f5) >>> 0;
    let mixed = this.state;
    mixed = imul(mixed ^ (mixed >>> 15), mixed | 1);
    mixed ^= mixed + imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }

  between(low: number, high: number): number {
    return low + (high - low) * this.next();
  }

  /** Whole numbers from `low` to `high`, both included. */
  whole(low: number, high: number): number {
    return floor(this.between(low, high + 1));
  }

  /** Standard normal, by Box and Muller. */
  normal(): number {
    return sqrt(-2 * log(1 - this.next())) * cos(2 * PI * this.next());
  }

  /** How many of something happen when `mean` are expected (Knuth); at most 50. */
  poisson(mean: number): number {
    const limit = exp(-mean);
    let product = this.next();
    let count = 0;
    for (; product > limit && count < 50; count++) product *= this.next();
    return count;
  }

  hex(digits: number): string {
    return Array.from({ length: digits }, () => this.whole(0, 15).toString(16)).join('');
  }

  digits(count: number): string {
    return Array.from({ length: count }, (_, at) => this.whole(at === 0 ? 1 : 0, 9)).join('');
  }
}
