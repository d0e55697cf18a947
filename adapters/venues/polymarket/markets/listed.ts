import { isDeepStrictEqual } from 'node:util';
import type { Instant } from '../../../../domain/kernel/instant';
import type { Price } from '../../../../domain/kernel/money';
import type { Instrument } from '../../../../domain/market/instrument';
import { advanced } from '../../outcomes/outcome-life';
import { venueTime } from '../../venue-time';

export type Listing = { readonly isNews: boolean; readonly isNewTick: boolean };

/** What the catalogue says of a tick may lag so far behind its own stamp. */
const CATALOGUE_LAG_MS = 60_000;

/** One instrument as the venue says it, and as we tell it: halted while its tick changes. */
export class Listed {
  instrument: Instrument;
  /** A book with the new tick is awaited. */
  private isChanging = false;
  /** When the CLOB itself said what the tick is. */
  private tickMs: number | undefined;

  constructor(
    /** As the venue said it last. */
    public read: Instrument,
  ) {
    this.instrument = read;
  }

  /**
   * What the catalogue, which said it at `saidMs` where it says when, or an event of the socket makes of it. A
   * catalogue that is older than the CLOB's own word of the tick does not put the tick of before back.
   */
  change(read: Instrument, saidMs?: number): Listing {
    const isOldTick = this.tickMs !== undefined && (saidMs ?? 0) <= this.tickMs + CATALOGUE_LAG_MS;
    return this.set(isOldTick ? { ...read, priceTick: this.read.priceTick } : read);
  }

  /** The CLOB's own word of the tick. */
  changeTick(priceTick: Price, saidMs: number, now: Instant): Listing {
    if (venueTime(saidMs, now).isOff || saidMs < (this.tickMs ?? 0)) return { isNews: false, isNewTick: false };
    this.tickMs = saidMs;
    return this.set({ ...this.read, priceTick });
  }

  /** A good book has come; whether that ends a change of the tick. */
  confirm(): boolean {
    const wasChanging = this.isChanging;
    this.isChanging = false;
    this.instrument = this.read;
    return wasChanging;
  }

  private set(read: Instrument): Listing {
    const before = this.instrument;
    this.read = advanced(this.read, read);
    const isNewTick = this.read.priceTick !== before.priceTick;
    this.isChanging ||= isNewTick;
    this.instrument = this.isChanging && this.read.status === 'open' ? { ...this.read, status: 'halted' } : this.read;
    return { isNews: !isDeepStrictEqual(this.instrument, before), isNewTick };
  }
}
