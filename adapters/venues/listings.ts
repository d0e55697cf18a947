import { isDeepStrictEqual } from 'node:util';
import type { Price, Qty } from '../../domain/kernel/money';
import type { Instrument, Venue } from '../../domain/market/instrument';
import type { VenueSession } from './session';

/** What a venue says of one symbol. The reasons are the ends of sentences: `its status is delisted`. */
export type Listing = {
  readonly symbol: string;
  /** As an open instrument; undefined when its steps are no decimals that we can hold. */
  readonly instrument: Instrument | undefined;
  /** Why it is gone for good. */
  readonly gone?: string | undefined;
  /** Why it cannot be traded for a while. */
  readonly halted?: string | undefined;
};

/** What venues say of a coin each in their own words; a step that is no decimal we can hold is undefined. */
type SpotTerms = Pick<Instrument, 'id' | 'venue' | 'venueSymbol' | 'title' | 'takerFee' | 'makerFee'> & {
  readonly priceTick: Price | undefined;
  readonly qtyStep: Qty | undefined;
  readonly qtyMin: Qty | undefined;
};

/** A coin as an open instrument; undefined where its steps are not all above zero. */
export function spotInstrument({ priceTick, qtyStep, qtyMin, ...terms }: SpotTerms): Instrument | undefined {
  if (!priceTick || !qtyStep || !qtyMin || priceTick < 0n || qtyStep < 0n || qtyMin < 0n) return undefined;
  return { ...terms, kind: 'spot', priceTick, qtyStep, qtyMin, status: 'open', payout: null };
}

export type ListingsParts = {
  readonly venue: Venue;
  readonly symbols: readonly string[];
  /** Who listens to it is told. */
  readonly session: Pick<VenueSession, 'listener'>;
  /** The steps of a symbol changed: its book has to be had anew before anything trades by it. */
  readonly onNewSteps: (symbol: string) => void;
};

/**
 * What a venue lists of the symbols that we follow or once followed. One that cannot be traded for a while is halted;
 * one that is delisted, renamed or refused is closed, and settled where it stays so. The reason is said once.
 */
export class Listings {
  private readonly listed = new Map<string, Listing>();
  private readonly told = new Map<string, Instrument>();
  private readonly refused = new Map<string, string>();
  private readonly changing = new Set<string>();
  private hasSnapshot = false;
  /** Why the whole venue trades nothing. */
  private venueHalted: string | undefined;

  constructor(private readonly parts: ListingsParts) {}

  /** The catalogue as an earlier run left it. */
  hold(instruments: readonly Instrument[]): void {
    for (const held of instruments) if (!this.told.has(held.venueSymbol)) this.told.set(held.venueSymbol, held);
    this.publish();
  }

  /** A snapshot is all that the venue lists. */
  take(type: 'snapshot' | 'update', listings: readonly Listing[]): void {
    if (type === 'snapshot') {
      this.hasSnapshot = true;
      this.listed.clear();
      this.refused.clear();
    }
    for (const listing of listings) {
      if (!this.parts.symbols.includes(listing.symbol)) continue;
      this.listed.set(listing.symbol, listing);
      if (!this.hasNewSteps(listing)) continue;
      this.changing.add(listing.symbol);
      this.parts.onNewSteps(listing.symbol);
    }
    this.publish();
  }

  /** The venue as a whole trades nothing, because of this; undefined: it does again. */
  haltVenue(reason: string | undefined): void {
    this.venueHalted = reason;
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

  private hasNewSteps({ symbol, instrument }: Listing): boolean {
    const before = this.told.get(symbol);
    return before !== undefined && instrument !== undefined && before.priceTick !== instrument.priceTick;
  }

  private publish(): void {
    const symbols = new Set([...this.parts.symbols, ...this.told.keys()]);
    const changed = [...symbols].flatMap((symbol) => this.changed(symbol));
    if (changed.length > 0) this.parts.session.listener.onInstruments(changed);
  }

  private changed(symbol: string): readonly Instrument[] {
    const listing = this.listed.get(symbol);
    const before = this.told.get(symbol);
    const listed = listing?.instrument ?? before;
    const gone = this.reasonToClose(symbol, listing);
    const reason = gone ?? this.reasonToHalt(symbol, listing);
    // What was settled stays so until the venue lists it anew.
    if (!listed || (before?.status === 'resolved' && gone !== undefined)) return [];
    const status = reason === undefined ? 'open' : gone === undefined ? 'halted' : 'closed';
    const now: Instrument = { ...listed, status, payout: null };
    if (isDeepStrictEqual(now, before)) return [];
    this.told.set(symbol, now);
    const { venue, session } = this.parts;
    if (reason !== undefined) session.listener.onTrouble(`${venue}: ${symbol} is ${status}: ${reason}`);
    return [now];
  }

  /** Undefined of what the venue lists. Before the first snapshot nothing is known, and what was told stays. */
  private reasonToClose(symbol: string, listing: Listing | undefined): string | undefined {
    if (!this.parts.symbols.includes(symbol)) return 'it is no longer followed';
    const refused = this.refused.get(symbol);
    if (refused !== undefined) return `the venue refused ${refused}`;
    const { status } = this.told.get(symbol) ?? {};
    const wasGone = status === 'closed' || status === 'resolved';
    if (!listing) return this.hasSnapshot || wasGone ? 'it is not listed' : undefined;
    return listing.gone;
  }

  /** Undefined while it trades. */
  private reasonToHalt(symbol: string, listing: Listing | undefined): string | undefined {
    if (!listing) return this.told.get(symbol)?.status === 'halted' ? 'nothing is known of it yet' : undefined;
    if (!listing.instrument) return 'it is listed with steps that we cannot hold';
    if (this.venueHalted !== undefined) return this.venueHalted;
    if (listing.halted !== undefined) return listing.halted;
    return this.changing.has(symbol) ? 'its steps change' : undefined;
  }
}
