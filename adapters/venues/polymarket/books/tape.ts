import { hash } from 'node:crypto';
import type { Instant } from '../../../../domain/kernel/instant';
import type { Instrument } from '../../../../domain/market/instrument';
import type { VenueTrade } from '../../../../domain/market/venue-trade';
import { type TradeParts, tradeOf } from '../../trade-of';
import type { LastTrade } from '../wire/frames';
import { LONG_PAST_MS } from './known';

/** More than ever came back of one token after a reconnection. */
const REMEMBERED = 1_000;

/**
 * One token's trades. The venue numbers none, so a trade is known by all that it says; two that say the same in the
 * same millisecond count once, which may lose volume and never invents any. What was missed cannot be seen at all, and
 * one that is told long after a younger one is dropped: it would fill orders that were placed after it.
 */
export class Tape {
  private readonly seen = new Set<string>();
  private newestMs = Number.NEGATIVE_INFINITY;

  constructor(private readonly parts: TradeParts) {}

  /** The venue's clock stands elsewhere now. */
  restart(): void {
    this.newestMs = Number.NEGATIVE_INFINITY;
  }

  take(trade: LastTrade, { id, kind }: Pick<Instrument, 'id' | 'kind'>, receivedAt: Instant): VenueTrade | undefined {
    const tradeId = idOf(trade);
    if (this.seen.has(tradeId)) return undefined;
    this.seen.add(tradeId);
    const [oldest] = this.seen;
    if (oldest !== undefined && this.seen.size > REMEMBERED) this.seen.delete(oldest);
    const { price, size: qty, side, timestamp } = trade;
    const [taker, venueMs] = [side === 'BUY' ? 'buy' : 'sell', Number(timestamp)] as const;
    if (venueMs < this.newestMs - LONG_PAST_MS) {
      this.parts.counts.tradesDropped += 1;
      return undefined;
    }
    const taken = tradeOf({ tradeId, price, qty, taker, venueMs }, { id, kind }, receivedAt, this.parts);
    if (taken) this.newestMs = Math.max(this.newestMs, venueMs);
    return taken;
  }
}

const idOf = ({ asset_id, side, price, size, timestamp, transaction_hash }: LastTrade): string =>
  hash('sha256', `${asset_id} ${side} ${price} ${size} ${timestamp} ${transaction_hash ?? ''}`, 'hex').slice(0, 32);
