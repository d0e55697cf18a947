import type { Order } from '../../domain/account/orders/order';
import { type Edges, edgesOf, meets } from '../../domain/assessment/matching/order-edges';
import type { AccountId, InstrumentId } from '../../domain/kernel/ids';
import type { Quote } from '../../domain/market/book';
import type { VenueTrade } from '../../domain/market/venue-trade';

/** Which accounts have orders that a quote may set to work. */
export class OrderWatch {
  private readonly edges = new Map<InstrumentId, Map<AccountId, readonly Edges[]>>();
  private readonly instrumentsOf = new Map<AccountId, ReadonlySet<InstrumentId>>();

  put(id: AccountId, orders: readonly Order[]): void {
    this.remove(id);
    if (orders.length === 0) return;
    const instruments = new Set(orders.map(({ instrument }) => instrument));
    this.instrumentsOf.set(id, instruments);
    for (const instrument of instruments) {
      const known = this.edges.get(instrument) ?? new Map<AccountId, readonly Edges[]>();
      const own = orders.filter((order) => order.instrument === instrument);
      known.set(id, own.map(edgesOf));
      this.edges.set(instrument, known);
    }
  }

  remove(id: AccountId): void {
    for (const instrument of this.instrumentsOf.get(id) ?? []) {
      const known = this.edges.get(instrument);
      known?.delete(id);
      if (known?.size === 0) this.edges.delete(instrument);
    }
    this.instrumentsOf.delete(id);
  }

  /** Accounts whose orders this quote may set to work. */
  *reached(quote: Quote): Generator<AccountId> {
    const isMet = meets(quote);
    for (const [id, those] of this.edges.get(quote.instrument) ?? []) if (those.some(isMet)) yield id;
  }

  isReached(id: AccountId, quote: Quote): boolean {
    return (this.edges.get(quote.instrument)?.get(id) ?? []).some(meets(quote));
  }

  /** Accounts with orders that this trade of the venue may concern: it came to their price, or went through it. */
  *metBy({ instrument, price }: VenueTrade): Generator<AccountId> {
    const at = Number(price);
    for (const [id, those] of this.edges.get(instrument) ?? []) {
      if (those.some(({ tradeUntil, tradeFrom }) => at <= tradeUntil || at >= tradeFrom)) yield id;
    }
  }

  /** Accounts with orders in the instrument. */
  holdersOf(instrument: InstrumentId): readonly AccountId[] {
    return [...(this.edges.get(instrument)?.keys() ?? [])];
  }
}
