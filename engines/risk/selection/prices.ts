import { grownFloats, grownSize } from './growable-arrays';

/** Of each ladder: the price it goes by, and when that came. */
const [QUOTED, RECEIVED_AT] = [2, 1];
const NO_TIME = Number.NEGATIVE_INFINITY;

/** The latest price of each ladder; one without a price has been received before all time. */
export class Prices {
  numbers = new Float64Array(0);

  constructor(private readonly staleAfterMs: number) {}

  /** Makes room for ladders below `end`. */
  reserve(end: number): void {
    const before = this.numbers.length;
    this.numbers = grownFloats(this.numbers, grownSize(before, end * QUOTED));
    for (let at = before; at < this.numbers.length; at++) {
      this.numbers[at] = at % QUOTED === RECEIVED_AT ? NO_TIME : Number.NaN;
    }
  }

  take(ladder: number, price: number, now: number): void {
    this.numbers[ladder * QUOTED] = price;
    this.numbers[ladder * QUOTED + RECEIVED_AT] = now;
  }

  of(ladder: number): number {
    return this.numbers[ladder * QUOTED] as number;
  }

  lose(ladder: number): void {
    this.numbers[ladder * QUOTED + RECEIVED_AT] = NO_TIME;
  }

  isFresh(ladder: number, now: number): boolean {
    return now - (this.numbers[ladder * QUOTED + RECEIVED_AT] as number) <= this.staleAfterMs;
  }
}
