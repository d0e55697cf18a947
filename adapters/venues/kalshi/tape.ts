import type { InstrumentId } from '../../../domain/kernel/ids';
import type { Instant } from '../../../domain/kernel/instant';
import type { VenueTrade } from '../../../domain/market/venue-trade';
import { type TradeParts, tradeOf } from '../trade-of';
import { complement } from './book';
import type { MessageOf } from './wire/frames';

/** More than ever came twice. */
const REMEMBERED = 1_000;

/** One market's trades, each told once for either outcome. */
export class Tape {
  private readonly seen = new Set<string>();

  constructor(
    private readonly ids: { readonly yes: InstrumentId; readonly no: InstrumentId },
    private readonly parts: TradeParts,
  ) {}

  /**
   * Who takes YES buys it, and sells NO to whoever bids for that; it is one trade, and counts as one. A block trade was
   * agreed beside the book: it fills nothing.
   */
  take(trade: MessageOf<'trade'>, receivedAt: Instant): readonly VenueTrade[] {
    const { trade_id: tradeId, yes_price_dollars: price, count_fp: qty, ts_ms: venueMs } = trade;
    if (trade.is_block_trade || this.seen.has(tradeId)) return [];
    this.seen.add(tradeId);
    const [oldest] = this.seen;
    if (oldest !== undefined && this.seen.size > REMEMBERED) this.seen.delete(oldest);
    const isYes = (trade.taker_outcome_side ?? trade.taker_side) === 'yes';
    const wire = { tradeId, price, qty, taker: isYes ? 'buy' : 'sell', venueMs } as const;
    const yes = tradeOf(wire, { id: this.ids.yes, kind: 'outcome' }, receivedAt, this.parts);
    if (!yes) return [];
    const no = { instrument: this.ids.no, price: complement(yes.price), taker: isYes ? 'sell' : 'buy' } as const;
    return [yes, { ...yes, ...no, isMirrored: true }];
  }
}
