/** Further from the end than this, whole stretches are moved at once. */
const NEAR = 64;

/**
 * What stands on one side of a book, sorted by price in units of 10^-8. The best is the last: there the changes are,
 * and there they are cheap.
 */
export class SortedSide<Item> {
  /** Best last. */
  readonly items: Item[] = [];
  /** Rising: those of asks are negative. */
  private readonly keys: number[] = [];

  /** `direction`: which way is better, 1 for bids and -1 for asks. */
  constructor(private readonly direction: 1 | -1) {}

  get length(): number {
    return this.items.length;
  }

  /** What stands at this price. */
  at(price: number): Item | undefined {
    const place = this.placeOf(price);
    return this.isAt(place, price) ? this.items[place] : undefined;
  }

  /** The one at this place among the best, from 0. */
  best = (rank: number): Item | undefined => this.items[this.items.length - 1 - rank];

  /** Its place among the best, from 0. */
  put(price: number, item: Item): number {
    const place = this.placeOf(price);
    if (this.isAt(place, price)) this.items[place] = item;
    else {
      insert(this.items, place, item);
      insert(this.keys, place, price * this.direction);
    }
    return this.items.length - 1 - place;
  }

  /** Which place among the best it had; beyond all places where there was none. */
  remove(price: number): number {
    const place = this.placeOf(price);
    if (!this.isAt(place, price)) return Number.POSITIVE_INFINITY;
    const rank = this.items.length - 1 - place;
    take(this.items, place);
    take(this.keys, place);
    return rank;
  }

  /** The best of them, best first. */
  top(count: number): readonly Item[] {
    const { items } = this;
    const best: Item[] = [];
    for (let at = items.length - 1; at >= 0 && best.length < count; at--) best.push(items[at] as Item);
    return best;
  }

  /** Leaves the best of them, so many. */
  cutTo(count: number): void {
    const surplus = this.items.length - count;
    if (surplus <= 0) return;
    this.items.splice(0, surplus);
    this.keys.splice(0, surplus);
  }

  /** Takes these in the place of all that was there; no two are of one price. */
  fill(priced: readonly (readonly [price: number, item: Item])[]): void {
    const { direction } = this;
    const sorted = [...priced].sort(([a], [b]) => (a - b) * direction);
    this.items.length = 0;
    this.keys.length = 0;
    for (const [price, item] of sorted) {
      this.items.push(item);
      this.keys.push(price * direction);
    }
  }

  /** Where a price stands or belongs. */
  private placeOf(price: number): number {
    const { keys } = this;
    const key = price * this.direction;
    let low = 0;
    let high = keys.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((keys[middle] as number) < key) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  private isAt = (place: number, price: number): boolean => this.keys[place] === price * this.direction;
}

function insert<T>(list: T[], place: number, item: T): void {
  if (list.length - place > NEAR) list.splice(place, 0, item);
  else {
    list.push(item);
    for (let at = list.length - 1; at > place; at--) list[at] = list[at - 1] as T;
    list[place] = item;
  }
}

function take<T>(list: T[], place: number): void {
  if (list.length - place > NEAR) list.splice(place, 1);
  else {
    for (let at = place; at < list.length - 1; at++) list[at] = list[at + 1] as T;
    list.pop();
  }
}
