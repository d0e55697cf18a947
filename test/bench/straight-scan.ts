import type { InstrumentId } from '../../domain/kernel/ids';
import type { Quote } from '../../domain/market/book';
import { Trails } from '../../engines/risk/selection/trails';
import { watchedOf } from '../../engines/risk/selection/watched-account';
import type { AccountSnapshot } from '../../usecases/ports/accounts/account-store';

/**
 * What the ordered structures are measured against: the same accounts in the same kind of arrays, and on each quote
 * every holder of its instrument is valued, one after the other.
 */
export class StraightScan {
  private readonly numbers = new Map<InstrumentId, number>();
  private readonly holders: number[][] = [];
  private readonly columns: Uint32Array[] = [];
  private readonly bids: Float64Array;
  private readonly asks: Float64Array;
  private readonly first: Uint32Array;
  private readonly bounds: Float64Array;
  private readonly instrumentOf: Uint32Array;
  private readonly sizes: Float64Array;
  private readonly isGone: Uint8Array;
  private readonly trails = new Trails();
  private readonly trailOf: Uint32Array;

  constructor(accounts: readonly AccountSnapshot[], positionsMax: number) {
    this.first = new Uint32Array(accounts.length + 1);
    this.bounds = new Float64Array(accounts.length * 4);
    this.instrumentOf = new Uint32Array(positionsMax);
    this.sizes = new Float64Array(positionsMax * 2);
    this.isGone = new Uint8Array(accounts.length);
    this.trailOf = new Uint32Array(accounts.length);
    let position = 0;
    accounts.forEach(({ rules, account }, row) => {
      const watched = watchedOf(rules, account, (id) => this.numberOf(id));
      const { cashUsd, floorUsd, ceilingUsd, peakUsd, holdings } = watched;
      this.trailOf[row] = this.trails.put(watched.trails);
      this.first[row] = position;
      this.bounds.set([cashUsd, floorUsd, ceilingUsd, peakUsd], row * 4);
      for (const { instrument, qty, stopPrice } of holdings) {
        this.instrumentOf[position] = instrument;
        this.sizes.set([qty, stopPrice], position * 2);
        const holders = this.holders[instrument] ?? [];
        this.holders[instrument] = holders;
        holders.push(row);
        position++;
      }
      this.first[row + 1] = position;
    });
    for (const rows of this.holders) this.columns.push(Uint32Array.from(rows ?? []));
    this.bids = new Float64Array(this.numbers.size).fill(Number.NaN);
    this.asks = new Float64Array(this.numbers.size).fill(Number.NaN);
  }

  remove(row: number): void {
    this.isGone[row] = 1;
  }

  select({ instrument, bid, ask }: Quote, selected: number[]): void {
    const number = this.numbers.get(instrument);
    if (number === undefined) return;
    this.bids[number] = bid ? Number(bid.price) / 1e8 : Number.NaN;
    this.asks[number] = ask ? Number(ask.price) / 1e8 : Number.NaN;
    const rows = this.columns[number] as Uint32Array;
    for (let at = 0; at < rows.length; at++) {
      const row = rows[at] as number;
      if (this.isGone[row] === 0 && this.isBeyond(row)) selected.push(row);
    }
  }

  private isBeyond(row: number): boolean {
    const { bounds, first, instrumentOf, sizes, bids, asks } = this;
    const base = row * 4;
    let equity = bounds[base] as number;
    let weight = Math.abs(equity);
    let isStopped = false;
    const end = first[row + 1] as number;
    for (let at = first[row] as number; at < end; at++) {
      const qty = sizes[at * 2] as number;
      const stop = sizes[at * 2 + 1] as number;
      const number = instrumentOf[at] as number;
      const price = (qty > 0 ? bids[number] : asks[number]) as number;
      const value = qty * price;
      equity += value;
      weight += Math.abs(value);
      if (qty > 0 ? price <= stop : price >= stop) isStopped = true;
    }
    const margin = 1e-4 + 1e-12 * weight;
    if (equity > (bounds[base + 3] as number)) {
      bounds[base + 3] = equity;
      const trail = this.trailOf[row] as number;
      if (trail !== 0) bounds[base + 1] = Math.max(bounds[base + 1] as number, this.trails.floorAt(trail, equity));
    }
    if (equity <= (bounds[base + 1] as number) + margin) return true;
    return isStopped || equity >= (bounds[base + 2] as number) - margin;
  }

  private numberOf(instrument: InstrumentId): number {
    const known = this.numbers.get(instrument);
    if (known !== undefined) return known;
    this.numbers.set(instrument, this.numbers.size);
    return this.numbers.size - 1;
  }
}
