import type { Listing } from './listing';
import type { SeededRandom } from './random';

export type Side = 'bid' | 'ask';
/** A price in ticks and a size in the listing's smallest unit. */
export type TrueLevel = { readonly tick: number; readonly size: number };
/** The new size of a level; 0 when it is gone. */
export type Change = TrueLevel & { readonly side: Side };

/** Sizes behind this many levels keep changing while the price stands still: the touch stays, the feed lives. */
const FLUTTER_FROM = 6;
/** Trades eat the best level; somebody quotes again when less than this share of the smallest size is left of it. */
const THIN_SHARE = 0.25;

/** The true order book of one market. Levels keep their size while the price moves across them. */
export class TruthBook {
  private sides: Readonly<Record<Side, Map<number, number>>> = { bid: new Map(), ask: new Map() };
  private readonly tickMax: number;
  /** Sorted once, however many venues look. */
  private readonly sorted: Record<Side, readonly TrueLevel[] | undefined> = { bid: undefined, ask: undefined };

  constructor(
    private readonly listing: Listing,
    private readonly random: SeededRandom,
  ) {
    this.tickMax = listing.kind === 'outcome' ? 10 ** listing.priceDecimals - 1 : Number.MAX_SAFE_INTEGER;
  }

  /** Best first. */
  levels(side: Side): readonly TrueLevel[] {
    const known = this.sorted[side];
    if (known) return known;
    const levels = [...this.sides[side]].map(([tick, size]) => ({ tick, size }));
    levels.sort((a, b) => (side === 'bid' ? b.tick - a.tick : a.tick - b.tick));
    this.sorted[side] = levels;
    return levels;
  }

  /** Puts the best bid at `bidTick` and the best ask one tick above it; answers what became different. */
  moveTo(bidTick: number): readonly Change[] {
    const bid = Math.max(1, Math.min(bidTick, this.tickMax - 1));
    const target = { bid: this.ticks(bid, -1), ask: this.ticks(bid + 1, 1) };
    return [...this.reshape('bid', target.bid), ...this.reshape('ask', target.ask)];
  }

  /** Gives one deep level of each side another size. */
  flutter(): readonly Change[] {
    return (['bid', 'ask'] as const).flatMap((side) => {
      const deep = this.levels(side).slice(FLUTTER_FROM);
      const level = deep[this.random.whole(0, deep.length - 1)];
      return level ? [this.set(side, level.tick, this.drawSize())] : [];
    });
  }

  /** Fills best levels again that trades have left thin. */
  restock(): readonly Change[] {
    const thin = THIN_SHARE * this.listing.size[0] * 10 ** this.listing.qtyDecimals;
    return (['bid', 'ask'] as const).flatMap((side) => {
      const [touch] = this.levels(side);
      return touch && touch.size < thin ? [this.set(side, touch.tick, this.drawSize())] : [];
    });
  }

  /** Takes `size` from the best level on: what each level gave. */
  take(side: Side, size: number): readonly TrueLevel[] {
    const taken: TrueLevel[] = [];
    let missing = size;
    for (const { tick, size: there } of this.levels(side)) {
      if (missing <= 0) break;
      const part = Math.min(there, missing);
      this.set(side, tick, there - part);
      taken.push({ tick, size: part });
      missing -= part;
    }
    return taken;
  }

  /** Takes `size` at one price, whatever is there; levels that are better have gone before it. */
  takeAt(side: Side, tick: number, size: number): readonly Change[] {
    const isBetter = (other: number) => (side === 'ask' ? other < tick : other > tick);
    const gone = this.levels(side).filter((level) => isBetter(level.tick));
    const there = this.sides[side].get(tick);
    return [
      ...gone.map((level) => this.set(side, level.tick, 0)),
      ...(there === undefined ? [] : [this.set(side, tick, Math.max(0, there - size))]),
    ];
  }

  sizeAt = (side: Side, tick: number): number => this.sides[side].get(tick) ?? 0;

  /** What a venue shows of a market that has closed. */
  clear(): readonly Change[] {
    return (['bid', 'ask'] as const).flatMap((side) => this.levels(side).map(({ tick }) => this.set(side, tick, 0)));
  }

  /** Sets one level, however absurd: the next move puts it right. */
  set(side: Side, tick: number, size: number): Change {
    this.sorted[side] = undefined;
    if (size === 0) this.sides[side].delete(tick);
    else this.sides[side].set(tick, size);
    return { side, tick, size };
  }

  private reshape(side: Side, target: readonly number[]): readonly Change[] {
    const wanted = new Set(target);
    const gone = [...this.sides[side].keys()].filter((tick) => !wanted.has(tick));
    const added = target.filter((tick) => !this.sides[side].has(tick));
    return [
      ...gone.map((tick) => this.set(side, tick, 0)),
      ...added.map((tick) => this.set(side, tick, this.drawSize())),
    ];
  }

  /** The best tick, then the multiples of the gap behind it. */
  private ticks(best: number, step: 1 | -1): readonly number[] {
    const { levelGap, levels } = this.listing;
    const ticks = [best];
    let tick = step === 1 ? Math.ceil((best + 1) / levelGap) * levelGap : Math.floor((best - 1) / levelGap) * levelGap;
    while (ticks.length < levels && tick >= 1 && tick <= this.tickMax) {
      ticks.push(tick);
      tick += step * levelGap;
    }
    return ticks;
  }

  private drawSize(): number {
    const [low, high] = this.listing.size;
    const units = 10 ** this.listing.qtyDecimals;
    return Math.max(1, Math.round(this.random.between(low, high) * units));
  }
}
