import { setImmediate as whatHasCome } from 'node:timers/promises';
import type { InstrumentId } from '../../domain/kernel/ids';
import { type Instant, instant } from '../../domain/kernel/instant';
import type { VenueTrade } from '../../domain/market/venue-trade';
import type { TapeSource } from '../../usecases/ports/market-data/market-data';

/** Orders have counted a trade long before it is this old, or followed by so many: then it is forgotten. */
const KEPT_MS = 2 * 3_600_000;
const KEPT_MAX = 100_000;
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

  /** The trades that were received after `seenAt`, in their order. */
  after(instrument: InstrumentId, seenAt: Instant): readonly VenueTrade[] {
    const trades = this.trades.get(instrument) ?? [];
    let from = trades.length;
    while (from > 0 && (trades[from - 1]?.receivedAt ?? seenAt) > seenAt) from--;
    return trades.slice(from);
  }

  /** The trades of one message have one time and must be counted together, so the rest of a message is awaited. */
  async since(ids: readonly InstrumentId[], from: Instant): Promise<ReadonlyMap<InstrumentId, readonly VenueTrade[]>> {
    await whatHasCome();
    return new Map([...new Set(ids)].map((id) => [id, this.after(id, instant(from - 1))] as const));
  }
}
