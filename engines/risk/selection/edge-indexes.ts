import { ALWAYS, Bands, NEVER } from './bands';
import { EdgeIndex } from './edge-index';
import type { RowList } from './growable-arrays';
import type { NamedRows } from './named-rows';
import type { Prices } from './prices';
import { LAYOUT, type Records } from './records';

const { HEAD, POSITION, STOP } = LAYOUT;
/** Of each ladder: the price it goes by and when that came. */
const QUOTED = 2;

/** All ladders by their numbers, and what is done to all positions of one account. */
export class EdgeIndexes {
  readonly bands = new Bands();
  private readonly singles: EdgeIndex[] = [];
  private readonly several: EdgeIndex[] = [];

  constructor(
    private readonly records: Records,
    private readonly prices: Prices,
  ) {}

  /** Makes room for ladders below `end`. */
  reserve(end: number): void {
    while (this.several.length < end) {
      this.singles.push(new EdgeIndex(this.bands, this.records, true));
      this.several.push(new EdgeIndex(this.bands, this.records, false));
    }
    this.prices.reserve(end);
  }

  /** The ladders of this number, of accounts with one position and of those with several. */
  tick(number: number, named: NamedRows, found: RowList): void {
    const price = this.prices.of(number);
    this.of(number, true).tick(price, named, found);
    this.of(number, false).tick(price, named, found);
  }

  *heldIn(number: number): Generator<number> {
    yield* this.of(number, true).held();
    yield* this.of(number, false).held();
  }

  /** Gives the account a slot in the ladder of this number. */
  add(number: number, account: number, isSingle: boolean): number {
    return this.of(number, isSingle).add(account);
  }

  remove(start: number): void {
    const { records } = this;
    const end = records.endOf(start);
    const isSingle = end === start + HEAD + POSITION;
    for (let at = start + HEAD; at < end; at += POSITION) {
      this.of(records.ladderOf(at), isSingle).remove(records.slotOf(at));
    }
  }

  /** Every tick of one of them looks at the account. */
  heat(start: number): void {
    const { records } = this;
    const end = records.endOf(start);
    for (let at = start + HEAD; at < end; at += POSITION) this.bands.set(records.slotOf(at), ALWAYS, ALWAYS);
  }

  /** Gives every position the band in which its price may move by these rates: losing, and gaining. */
  band(start: number, losing: number, gaining: number): void {
    const { bands, records } = this;
    const { numbers } = records;
    const quoted = this.prices.numbers;
    const end = records.endOf(start);
    for (let at = start + HEAD; at < end; at += POSITION) {
      const stop = numbers[at + STOP] as number;
      const price = quoted[records.ladderOf(at) * QUOTED] as number;
      const down = Math.abs(price) * losing - price;
      bands.set(records.slotOf(at), stop < down ? stop : down, price + Math.abs(price) * gaining);
    }
  }

  /** Beyond an edge, but unpriced: the next quote of what has no price looks at it, nothing else needs to. */
  park(start: number, now: number): void {
    const { records } = this;
    const end = records.endOf(start);
    for (let at = start + HEAD; at < end; at += POSITION) {
      const edge = this.prices.isFresh(records.ladderOf(at), now) ? NEVER : ALWAYS;
      this.bands.set(records.slotOf(at), edge, edge);
    }
  }

  private of(number: number, isSingle: boolean): EdgeIndex {
    return (isSingle ? this.singles : this.several)[number] as EdgeIndex;
  }
}
