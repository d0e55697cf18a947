import { grownFloats, grownSize, Rows } from './growing';

/**
 * A floor that follows a peak: the lesser of `cap + capRate × peak` and `rate × peak − width`. The peak is never below
 * `base`.
 */
export type Trail = {
  readonly base: number;
  readonly cap: number;
  readonly capRate: number;
  readonly rate: number;
  readonly width: number;
};

const FIELDS = 5;
const TRAILS = 2;
const STRIDE = FIELDS * TRAILS;
const NO_TRAIL = 0;

/** The following floors of those accounts that have any, at most two each: of the whole assessment and of the day. */
export class Trails {
  private numbers = new Float64Array(0);
  private readonly rows = new Rows();

  constructor() {
    this.rows.take(); // Row 0 stands for no trail.
  }

  put(trails: readonly Trail[]): number {
    if (trails.length === 0) return NO_TRAIL;
    const row = this.rows.take();
    this.numbers = grownFloats(this.numbers, grownSize(this.numbers.length / STRIDE, this.rows.end) * STRIDE);
    for (let at = 0; at < TRAILS; at++) {
      const { base, cap, capRate, rate, width } = trails[at] ?? ABSENT;
      this.numbers.set([base, cap, capRate, rate, width], row * STRIDE + at * FIELDS);
    }
    return row;
  }

  remove(row: number): void {
    if (row !== NO_TRAIL) this.rows.giveBack(row);
  }

  /** The highest of the floors once equity has peaked at `peak`. */
  floorAt(row: number, peak: number): number {
    return Math.max(this.edge(row * STRIDE, peak), this.edge(row * STRIDE + FIELDS, peak));
  }

  private edge(from: number, peak: number): number {
    const { numbers } = this;
    const base = numbers[from] as number;
    const top = peak > base ? peak : base;
    const capped = (numbers[from + 1] as number) + (numbers[from + 2] as number) * top;
    return Math.min(capped, (numbers[from + 3] as number) * top - (numbers[from + 4] as number));
  }
}

const ABSENT: Trail = { base: 0, cap: 0, capRate: 0, rate: 0, width: Number.POSITIVE_INFINITY };
