import type { InstrumentId } from '../../../domain/kernel/ids';
import type { VenueTrade } from '../../../domain/market/venue-trade';

/** More than two connections are ever apart. */
const REMEMBERED = 2_000;

/** Each trade once, whichever connection brings it first. */
export class MergedTrades {
  private readonly seen = new Map<InstrumentId, Set<string>>();

  isNew({ instrument, tradeId }: VenueTrade): boolean {
    const seen = this.seen.get(instrument) ?? new Set<string>();
    this.seen.set(instrument, seen);
    if (seen.has(tradeId)) return false;
    seen.add(tradeId);
    const [oldest] = seen;
    if (oldest !== undefined && seen.size > REMEMBERED) seen.delete(oldest);
    return true;
  }
}
