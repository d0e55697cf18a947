import { grownFloats, grownSize } from './storage/growable-arrays';

/** A floor that follows a peak: the lesser of `cap + capRate × peak` and `rate × peak − width`. It never falls with it. */
export type Trail = {
  readonly cap: number;
  readonly capRate: number;
  readonly rate: number;
  readonly width: number;
};

const FIELDS = 4;
const TRAILS = 2;
const STRIDE = FIELDS * TRAILS;
const NO_TRAIL = 0;

/**
 * The floors that follow a peak, at most two together: of the whole assessment and of the day. They are those of a few
 * rule sets and shared by all accounts, so each is kept once, at hand whoever is looked at.
 */
export class Trails {
  private numbers = new Float64Array(STRIDE);
  private readonly known = new Map<string, number>();

  /** Answers the number of these trails; 0: there are none. */
  put(trails: readonly Trail[]): number {
    if (trails.length === 0) return NO_TRAIL;
    const text = trails.map(({ cap, capRate, rate, width }) => `${cap} ${capRate} ${rate} ${width}`).join();
    const known = this.known.get(text);
    if (known !== undefined) return known;
    const number = this.known.size + 1;
    this.known.set(text, number);
    this.numbers = grownFloats(this.numbers, grownSize(this.numbers.length / STRIDE, number + 1) * STRIDE);
    for (let at = 0; at < TRAILS; at++) {
      const { cap, capRate, rate, width } = trails[at] ?? ABSENT;
      this.numbers.set([cap, capRate, rate, width], number * STRIDE + at * FIELDS);
    }
    return number;
  }

  /** The highest of the floors once equity has peaked at `peak`. */
  floorAt(number: number, peak: number): number {
    return Math.max(this.edge(number * STRIDE, peak), this.edge(number * STRIDE + FIELDS, peak));
  }

  private edge(from: number, peak: number): number {
    const { numbers } = this;
    const capped = (numbers[from] as number) + (numbers[from + 1] as number) * peak;
    return Math.min(capped, (numbers[from + 2] as number) * peak - (numbers[from + 3] as number));
  }
}

const ABSENT: Trail = { cap: 0, capRate: 0, rate: 0, width: Number.POSITIVE_INFINITY };
