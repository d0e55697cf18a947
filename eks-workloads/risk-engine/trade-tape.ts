import type { InstrumentId } from '../../domain/kernel/ids';
import type { Instant } from '../../domain/kernel/instant';
import type { VenueTrade } from '../../domain/market/venue-trade';
import type { TapeSource } from '../../usecases/ports/market-data';

/** What is older than both of these is forgotten: an order's queue is then as long as it was. */
const KEPT_MS = 2 * 3_600_000;
const KEPT_MAX = 20_000;
const FORGOTTEN_MIN = 1_000;

/** The venues' trades as far as resting orders may need them, each once. */
export class TradeTape implements TapeSource {
  private readonly trades = new Map<InstrumentId, VenueTrade[]>();
  private readonly known = new Map<InstrumentId, Set<string>>();

  /** False: it was there already. */
  push(trade: VenueTrade): boolean {
    const { instrument, tradeId, receivedAt } = trade;
    const ids = this.known.get(instrument) ?? new Set<string>();
    if (ids.has(tradeId)) return false;
    this.known.set(instrument, ids.add(tradeId));
    const trades = this.trades.get(instrument) ?? [];
    this.trades.set(instrument, trades);
    trades.push(trade);
    const old = trades.findIndex((one, at) => one.receivedAt > receivedAt - KEPT_MS && trades.length - at <= KEPT_MAX);
    if (old >= FORGOTTEN_MIN) for (const gone of trades.splice(0, old)) ids.delete(gone.tradeId);
    return true;
  }

  of(instrument: InstrumentId): readonly VenueTrade[] {
    return this.trades.get(instrument) ?? [];
  }

  async since(ids: readonly InstrumentId[], from: Instant): Promise<ReadonlyMap<InstrumentId, readonly VenueTrade[]>> {
    return new Map(
      [...new Set(ids)].map((id) => [id, this.of(id).filter(({ receivedAt }) => receivedAt >= from)] as const),
    );
  }
}
