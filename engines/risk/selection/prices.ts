import { grownFloats, grownSize } from './storage/growable-arrays';

/** A side of an instrument has two numbers: its price, and when that came. */
const [QUOTED, RECEIVED_AT] = [2, 1];
const NO_TIME = Number.NEGATIVE_INFINITY;

/**
 * The latest price of each side: the bid for longs, the negative ask for shorts. A side without a price has one that
 * was received before all time.
 */
export class Prices {
  numbers = new Float64Array(0);

  constructor(private readonly staleAfterMs: number) {}

  /** Makes room for sides below `end`. */
  reserve(end: number): void {
    const before = this.numbers.length;
    this.numbers = grownFloats(this.numbers, grownSize(before, end * QUOTED));
    for (let at = before; at < this.numbers.length; at++) {
      this.numbers[at] = at % QUOTED === RECEIVED_AT ? NO_TIME : Number.NaN;
    }
  }

  take(side: number, price: number, now: number): void {
    this.numbers[side * QUOTED] = price;
    this.numbers[side * QUOTED + RECEIVED_AT] = now;
  }

  /** A price that counts as received before all time. */
  tell(side: number, price: number): void {
    this.take(side, price, NO_TIME);
  }

  of(side: number): number {
    return this.numbers[side * QUOTED] as number;
  }

  lose(side: number): void {
    this.numbers[side * QUOTED + RECEIVED_AT] = NO_TIME;
  }

  isFresh(side: number, now: number): boolean {
    return now - (this.numbers[side * QUOTED + RECEIVED_AT] as number) <= this.staleAfterMs;
  }
}
