import type { Level } from '../../../../domain/market/level';
import { SortedSide } from '../../books/sorted-side';
import { priceOf } from '../../reading/units';
import type { Levels } from '../../teller';
import { priceOfLevel, qtyOfLevel, type WireLevel } from '../wire/level';

/** `size` as the venue wrote it. */
type Entry = { readonly size: string; readonly level: Level };
type Name = 'BUY' | 'SELL';

/** Deeper than any market order reaches within its slippage cap. */
const LEVELS_MAX = 50;

/** One outcome token's book: snapshots in any order of levels, then new aggregate sizes per price. */
export class PolymarketBook {
  private readonly bids = new SortedSide<Entry>(1);
  private readonly asks = new SortedSide<Entry>(-1);
  private told: { bids?: readonly Level[] | undefined; asks?: readonly Level[] | undefined } = {};

  /** `before`: an earlier state, of which most levels are as they were. */
  static of(bids: readonly WireLevel[], asks: readonly WireLevel[], before?: PolymarketBook): PolymarketBook {
    const book = new PolymarketBook();
    for (const level of bids) place(book.bids, level, before?.bids);
    for (const level of asks) place(book.asks, level, before?.asks);
    return book;
  }

  /** Throws on a level that is no probability or no size. */
  change(side: Name, level: WireLevel): void {
    const isBid = side === 'BUY';
    const rank = place(isBid ? this.bids : this.asks, level);
    if (rank < LEVELS_MAX) this.told[isBid ? 'bids' : 'asks'] = undefined;
  }

  /** Whether this change would change nothing. Throws as `change` does. */
  holds(side: Name, level: WireLevel): boolean {
    const there = (side === 'BUY' ? this.bids : this.asks).at(priceOfLevel(level));
    return (there?.level.qty ?? 0n) === qtyOfLevel(level);
  }

  equals = (other: PolymarketBook): boolean => isSame(this.bids, other.bids) && isSame(this.asks, other.asks);

  best = (side: Name): Level | undefined => (side === 'BUY' ? this.bids : this.asks).best(0)?.level;

  levels(): Levels {
    this.told.bids ??= levelsOf(this.bids);
    this.told.asks ??= levelsOf(this.asks);
    return { bids: this.told.bids, asks: this.told.asks };
  }
}

/** Which place among the best it is about. */
function place(side: SortedSide<Entry>, wire: WireLevel, before = side): number {
  const at = priceOfLevel(wire);
  const known = before.at(at);
  if (known?.size === wire.size) return before === side ? Number.POSITIVE_INFINITY : side.put(at, known);
  const qty = qtyOfLevel(wire);
  if (qty === 0n) return side.remove(at);
  return side.put(at, { size: wire.size, level: { price: known?.level.price ?? priceOf(at), qty } });
}

function levelsOf(side: SortedSide<Entry>): readonly Level[] {
  const levels: Level[] = [];
  const count = Math.min(side.length, LEVELS_MAX);
  for (let rank = 0; rank < count; rank++) levels.push((side.best(rank) as Entry).level);
  return levels;
}

const isSame = (these: SortedSide<Entry>, those: SortedSide<Entry>): boolean =>
  these.length === those.length &&
  these.items.every(({ level }, place) => {
    const other = those.items[place]?.level;
    return other?.price === level.price && other.qty === level.qty;
  });
