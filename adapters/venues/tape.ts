import type { InstrumentId } from '../../domain/kernel/ids';
import type { Instant } from '../../domain/kernel/instant';
import type { VenueTrade } from '../../domain/market/venue-trade';
import { type TradeParts, tradeOf, type WireTrade } from './trade-of';

/** A trade of a venue that counts the trades of each instrument one by one. */
export type CountedTrade = Omit<WireTrade, 'tradeId'> & { readonly count: number };

/** One spot instrument's trades. The venue's count shows what came twice and what never came. */
export class Tape {
  private last: number | undefined;

  constructor(
    private readonly instrument: InstrumentId,
    private readonly parts: TradeParts,
  ) {}

  /**
   * The latest trades, sent after subscribing: they happened before the book was followed and fill nothing, so only
   * their counts matter. Another count than ours begins anew.
   */
  snapshot(trades: readonly CountedTrade[]): void {
    const newest = trades.reduce<number | undefined>((most, { count }) => Math.max(most ?? 0, count), undefined);
    if (newest === undefined) return;
    if (this.last !== undefined && newest > this.last) this.parts.counts.tradeGaps += 1;
    this.last = newest;
  }

  /** The trade, unless it was told before. Those between the last one and it are lost, and counted as a gap. */
  update({ count, ...trade }: CountedTrade, receivedAt: Instant): VenueTrade | undefined {
    const { last } = this;
    if (last !== undefined && count <= last) return undefined;
    if (last !== undefined && count > last + 1) this.parts.counts.tradeGaps += 1;
    this.last = count;
    return tradeOf({ ...trade, tradeId: `${count}` }, { id: this.instrument, kind: 'spot' }, receivedAt, this.parts);
  }
}
