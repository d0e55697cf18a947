import { ALWAYS, Bands } from './bands';
import { EdgeIndex } from './edge-index';
import type { Prices } from './prices';
import { LAYOUT, type Records } from './records';
import type { RowList } from './storage/growable-arrays';
import type { NamedRows } from './storage/named-rows';

const { HEAD, POSITION, STOP } = LAYOUT;
/** A side's price is the first of its two numbers. */
const QUOTED = 2;

/** The edge indexes of all sides, and what is done to all positions of one account. */
export class EdgeIndexes {
  readonly bands = new Bands();
  private readonly singles: EdgeIndex[] = [];
  private readonly several: EdgeIndex[] = [];

  constructor(
    private readonly records: Records,
    private readonly prices: Prices,
  ) {}

  /** Makes room for sides below `end`. */
  reserve(end: number): void {
    while (this.several.length < end) {
      this.singles.push(new EdgeIndex(this.bands, this.records, true));
      this.several.push(new EdgeIndex(this.bands, this.records, false));
    }
    this.prices.reserve(end);
  }

  /** Asks both indexes of the side: of accounts with one position, and of those with several. */
  tick(side: number, named: NamedRows, found: RowList): void {
    const price = this.prices.of(side);
    this.of(side, true).tick(price, named, found);
    this.of(side, false).tick(price, named, found);
  }

  *heldIn(side: number): Generator<number> {
    yield* this.of(side, true).held();
    yield* this.of(side, false).held();
  }

  /** Gives the account a slot in the index of this side. */
  add(side: number, account: number, isSingle: boolean): number {
    return this.of(side, isSingle).add(account);
  }

  remove(start: number): void {
    const { records } = this;
    const end = records.endOf(start);
    const isSingle = end === start + HEAD + POSITION;
    for (let at = start + HEAD; at < end; at += POSITION) {
      this.of(records.sideOf(at), isSingle).remove(records.slotOf(at));
    }
  }

  /** Makes every tick of the account's instruments look at it. */
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
      const price = quoted[records.sideOf(at) * QUOTED] as number;
      const down = Math.abs(price) * losing - price;
      bands.set(records.slotOf(at), stop < down ? stop : down, price + Math.abs(price) * gaining);
    }
  }

  /** What has no price has no band either: the first quote of it looks at the account. */
  await(start: number, now: number): void {
    const { records } = this;
    const end = records.endOf(start);
    for (let at = start + HEAD; at < end; at += POSITION) {
      if (!this.prices.isFresh(records.sideOf(at), now)) this.bands.set(records.slotOf(at), ALWAYS, ALWAYS);
    }
  }

  private of(side: number, isSingle: boolean): EdgeIndex {
    return (isSingle ? this.singles : this.several)[side] as EdgeIndex;
  }
}
