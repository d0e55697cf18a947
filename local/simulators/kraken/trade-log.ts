import type { SpotListing } from '../truth/listing';
import { decimalText, type TrueTrade } from '../truth/truth';

/** So many of the latest trades come with a subscription. */
const SNAPSHOT_MAX = 50;

/** The trades of each symbol in the frames of the `trade` channel, numbers with their full precision. */
export class TradeLog {
  private readonly latest = new Map<string, string[]>();

  /** Remembers the trade, and answers with its frame. */
  frame(spot: SpotListing, { id, taker, tick, size }: TrueTrade, at: string): string {
    const price = decimalText(tick, spot.priceDecimals);
    const qty = decimalText(size, spot.qtyDecimals);
    const text =
      `{"symbol":"${spot.symbol}","side":"${taker === 'bid' ? 'buy' : 'sell'}","price":${price},"qty":${qty},` +
      `"ord_type":"market","trade_id":${id},"timestamp":"${at}"}`;
    this.latest.set(spot.symbol, [...(this.latest.get(spot.symbol) ?? []), text].slice(-SNAPSHOT_MAX));
    return `{"channel":"trade","type":"update","data":[${text}]}`;
  }

  snapshot = (symbol: string): string =>
    `{"channel":"trade","type":"snapshot","data":[${(this.latest.get(symbol) ?? []).join(',')}]}`;
}
