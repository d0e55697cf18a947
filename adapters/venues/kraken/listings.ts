import { isDeepStrictEqual } from 'node:util';
import type { Instrument } from '../../../domain/market/instrument';
import type { KrakenPair } from './frames';
import { instrumentFrom } from './instruments';

export type ListingsParts = {
  readonly symbols: readonly string[];
  readonly onInstruments: (instruments: readonly Instrument[]) => void;
  readonly onTrouble: (what: string) => void;
  /** The steps of a pair changed: its book has to be had anew before anything trades by it. */
  readonly onNewSteps: (symbol: string) => void;
};

/**
 * What Kraken lists of the symbols that we follow or once followed. A symbol that is delisted, renamed, refused or
 * whose steps change is halted, with its reason said once; what accounts hold of it stays.
 */
export class Listings {
  private readonly pairs = new Map<string, KrakenPair>();
  private readonly told = new Map<string, Instrument>();
  private readonly refused = new Map<string, string>();
  private readonly changing = new Set<string>();
  private hasSnapshot = false;
  private system = 'online';

  constructor(private readonly parts: ListingsParts) {}

  /** The catalogue as an earlier run left it. */
  hold(instruments: readonly Instrument[]): void {
    for (const held of instruments) if (!this.told.has(held.venueSymbol)) this.told.set(held.venueSymbol, held);
    this.publish();
  }

  takePairs(type: 'snapshot' | 'update', pairs: readonly KrakenPair[]): void {
    if (type === 'snapshot') {
      this.hasSnapshot = true;
      this.pairs.clear();
      this.refused.clear();
    }
    for (const pair of pairs) {
      if (!this.parts.symbols.includes(pair.symbol)) continue;
      this.pairs.set(pair.symbol, pair);
      if (!this.hasNewSteps(pair)) continue;
      this.changing.add(pair.symbol);
      this.parts.onNewSteps(pair.symbol);
    }
    this.publish();
  }

  takeSystem(system: string): void {
    this.system = system;
    this.publish();
  }

  refuse(symbol: string, error: string): void {
    this.refused.set(symbol, error);
    this.publish();
  }

  /** A good book has come: it has the steps that the venue has now. */
  confirm(symbol: string): void {
    if (this.changing.delete(symbol)) this.publish();
  }

  private hasNewSteps(pair: KrakenPair): boolean {
    const [before, now] = [this.told.get(pair.symbol), instrumentFrom(pair)];
    return before !== undefined && now !== undefined && before.priceTick !== now.priceTick;
  }

  private publish(): void {
    const symbols = new Set([...this.parts.symbols, ...this.told.keys()]);
    const changed = [...symbols].flatMap((symbol) => this.changed(symbol));
    if (changed.length > 0) this.parts.onInstruments(changed);
  }

  private changed(symbol: string): readonly Instrument[] {
    const pair = this.pairs.get(symbol);
    const before = this.told.get(symbol);
    const listed = (pair && instrumentFrom(pair)) ?? before;
    const reason = this.reasonToHalt(symbol, pair);
    if (!listed) return [];
    const now: Instrument = { ...listed, status: reason === undefined ? 'open' : 'halted' };
    if (isDeepStrictEqual(now, before)) return [];
    this.told.set(symbol, now);
    if (reason !== undefined) this.parts.onTrouble(`kraken: ${symbol} is halted: ${reason}`);
    return [now];
  }

  /** Undefined while it trades. Before the first snapshot nothing is known, and what was told stays. */
  private reasonToHalt(symbol: string, pair: KrakenPair | undefined): string | undefined {
    if (!this.parts.symbols.includes(symbol)) return 'it is no longer followed';
    const refused = this.refused.get(symbol);
    if (refused !== undefined) return `the venue refused ${refused}`;
    if (!pair) return this.hasSnapshot || this.told.get(symbol)?.status === 'halted' ? 'it is not listed' : undefined;
    if (!instrumentFrom(pair)) return 'it is listed with steps that we cannot hold';
    if (this.system !== 'online') return `the venue is in ${this.system}`;
    if (pair.status !== 'online') return `its status is ${pair.status}`;
    return this.changing.has(symbol) ? 'its steps change' : undefined;
  }
}
