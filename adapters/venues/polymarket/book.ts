import { type Price, parsePrice, parseQty, type Qty } from '../../../domain/kernel/money';
import type { Level } from '../../../domain/market/level';

export type WireLevel = { readonly price: string; readonly size: string };

/** One outcome token's book: snapshots in any order of levels, then new aggregate sizes per price. */
export class PolymarketBook {
  private readonly bids = new Map<Price, Qty>();
  private readonly asks = new Map<Price, Qty>();

  snapshot(bids: readonly WireLevel[], asks: readonly WireLevel[]): void {
    this.bids.clear();
    this.asks.clear();
    for (const level of bids) this.change('BUY', level);
    for (const level of asks) this.change('SELL', level);
  }

  /** Throws on a level that is no probability or no size. */
  change(side: 'BUY' | 'SELL', { price, size }: WireLevel): void {
    const [at, qty] = [parsePrice(price), parseQty(size)];
    if (at === undefined || qty === undefined || at <= 0n || at >= ONE || qty < 0n) {
      throw new Error(`level ${price} × ${size} is not a probability and a size`);
    }
    const levels = side === 'BUY' ? this.bids : this.asks;
    if (qty === 0n) levels.delete(at);
    else levels.set(at, qty);
  }

  levels(): { readonly bids: readonly Level[]; readonly asks: readonly Level[] } {
    const sorted = (levels: ReadonlyMap<Price, Qty>, direction: 1 | -1) =>
      [...levels]
        .sort(([a], [b]) => (a < b ? -direction : direction))
        .slice(0, LEVELS_MAX)
        .map(([price, qty]): Level => ({ price, qty }));
    return { bids: sorted(this.bids, -1), asks: sorted(this.asks, 1) };
  }
}

const ONE = 10n ** 8n;
/** Deeper than any market order reaches within its slippage cap. */
const LEVELS_MAX = 50;
