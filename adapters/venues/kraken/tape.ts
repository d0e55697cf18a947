import type { Instant } from '../../../domain/kernel/instant';
import type { VenueTrade } from '../../../domain/market/venue-trade';
import { type TradeParts, tradeOf } from '../trade-of';
import { epochMsOf, type KrakenFrame } from './frames';
import { instrumentOf } from './instruments';

export type WireKrakenTrade = Extract<KrakenFrame, { channel: 'trade' }>['data'][number];

/** One symbol's trades. Kraken counts them one by one, which shows what came twice and what never came. */
export class Tape {
  private lastId: number | undefined;

  constructor(
    private readonly symbol: string,
    private readonly parts: TradeParts,
  ) {}

  /**
   * The latest trades, sent after subscribing: they happened before the book was followed and fill nothing, so only
   * their ids count. Another count than ours begins the count anew.
   */
  snapshot(trades: readonly WireKrakenTrade[]): void {
    const newest = trades.reduce<number | undefined>((id, { trade_id }) => Math.max(id ?? 0, trade_id), undefined);
    if (newest === undefined) return;
    if (this.lastId !== undefined && newest > this.lastId) this.parts.counts.tradeGaps += 1;
    this.lastId = newest;
  }

  /** The trade, unless it was told before. Those between the last one and it are lost, and counted as a gap. */
  update(trade: WireKrakenTrade, receivedAt: Instant): VenueTrade | undefined {
    const { lastId } = this;
    if (lastId !== undefined && trade.trade_id <= lastId) return undefined;
    if (lastId !== undefined && trade.trade_id > lastId + 1) this.parts.counts.tradeGaps += 1;
    this.lastId = trade.trade_id;
    const { price, qty, side: taker } = trade;
    const venueMs = epochMsOf(trade.timestamp);
    const market = { id: instrumentOf(this.symbol), kind: 'spot' } as const;
    return tradeOf({ tradeId: `${trade.trade_id}`, price, qty, taker, venueMs }, market, receivedAt, this.parts);
  }
}
