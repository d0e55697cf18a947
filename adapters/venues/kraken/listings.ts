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
 * What Kraken lists of the symbols that we follow or once followed. One that cannot be traded for a while is halted; one
 * that is delisted, renamed or refused is closed, and settled where it stays so. The reason is said once.
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
    const gone = this.reasonToClose(symbol, pair);
    const reason = gone ?? this.reasonToHalt(symbol, pair);
    // What was settled stays so until the venue lists it anew.
    if (!listed || (before?.status === 'resolved' && gone !== undefined)) return [];
    const status = reason === undefined ? 'open' : gone === undefined ? 'halted' : 'closed';
    const now: Instrument = { ...listed, status, payout: null };
    if (isDeepStrictEqual(now, before)) return [];
    this.told.set(symbol, now);
    if (reason !== undefined) this.parts.onTrouble(`kraken: ${symbol} is ${status}: ${reason}`);
    return [now];
  }

  /** Undefined of what the venue lists. Before the first snapshot nothing is known, and what was told stays. */
  private reasonToClose(symbol: string, pair: KrakenPair | undefined): string | undefined {
    if (!this.parts.symbols.includes(symbol)) return 'it is no longer followed';
    const refused = this.refused.get(symbol);
    if (refused !== undefined) return `the venue refused ${refused}`;
    const { status } = this.told.get(symbol) ?? {};
    const wasGone = status === 'closed' || status === 'resolved';
    if (!pair) return this.hasSnapshot || wasGone ? 'it is not listed' : undefined;
    return pair.status === 'delisted' ? 'its status is delisted' : undefined;
  }

  /** Undefined while it trades. */
  private reasonToHalt(symbol: string, pair: KrakenPair | undefined): string | undefined {
    if (!pair) return this.told.get(symbol)?.status === 'halted' ? 'nothing is known of it yet' : undefined;
    if (!instrumentFrom(pair)) return 'it is listed with steps that we cannot hold';
    if (this.system !== 'online') return `the venue is in ${this.system}`;
    if (pair.status !== 'online') return `its status is ${pair.status}`;
    return this.changing.has(symbol) ? 'its steps change' : undefined;
  }
}
