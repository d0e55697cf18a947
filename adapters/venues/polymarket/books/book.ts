import type { Price, Qty } from '../../../../domain/kernel/money';
import type { Level } from '../../../../domain/market/level';
import { levelOf, type WireLevel } from '../wire/level';

/** One outcome token's book: snapshots in any order of levels, then new aggregate sizes per price. */
export class PolymarketBook {
  private readonly bids = new Map<Price, Qty>();
  private readonly asks = new Map<Price, Qty>();

  static of(bids: readonly WireLevel[], asks: readonly WireLevel[]): PolymarketBook {
    const book = new PolymarketBook();
    for (const level of bids) book.change('BUY', level);
    for (const level of asks) book.change('SELL', level);
    return book;
  }

  /** Throws on a level that is no probability or no size. */
  change(side: 'BUY' | 'SELL', level: WireLevel): void {
    const { at, qty } = levelOf(level);
    const levels = side === 'BUY' ? this.bids : this.asks;
    if (qty === 0n) levels.delete(at);
    else levels.set(at, qty);
  }

  /** Whether this change would change nothing. Throws as `change` does. */
  holds(side: 'BUY' | 'SELL', level: WireLevel): boolean {
    const { at, qty } = levelOf(level);
    const there = (side === 'BUY' ? this.bids : this.asks).get(at);
    return qty === 0n ? there === undefined : there === qty;
  }

  equals = (other: PolymarketBook): boolean => isSame(this.bids, other.bids) && isSame(this.asks, other.asks);

  levels(): { readonly bids: readonly Level[]; readonly asks: readonly Level[] } {
    const sorted = (levels: ReadonlyMap<Price, Qty>, direction: 1 | -1) =>
      [...levels]
        .sort(([a], [b]) => (a < b ? -direction : direction))
        .slice(0, LEVELS_MAX)
        .map(([price, qty]): Level => ({ price, qty }));
    return { bids: sorted(this.bids, -1), asks: sorted(this.asks, 1) };
  }
}

const isSame = (these: ReadonlyMap<Price, Qty>, those: ReadonlyMap<Price, Qty>): boolean =>
  these.size === those.size && [...these].every(([price, qty]) => those.get(price) === qty);

/** Deeper than any market order reaches within its slippage cap. */
const LEVELS_MAX = 50;
