import type { EventData } from '../../contracts/topics/events';
import type { InstrumentId } from '../../domain/kernel/ids';
import { type Instant, instant } from '../../domain/kernel/instant';
import type { Quote } from '../../domain/market/book';
import { isNewer, type QuoteAge } from '../../runtime/quote-age';
import type { ExitPrices } from './approximate';

/** `quote` is absent while the book is anything but good. */
type Cached = QuoteAge & { readonly quote?: Quote; readonly exit?: ExitPrices };

/** The latest state of each instrument. One that went bad has no price until it is good again; a stale one has none. */
export class QuoteCache {
  private readonly latest = new Map<InstrumentId, Cached>();

  constructor(private readonly staleAfterMs: number) {}

  /** Answers whether accounts may be looked at because of it. A repeat, or one that was overtaken, changes nothing. */
  take(data: EventData<'market-data.quote'>, now: Instant): boolean {
    const { instrument, quality, bid, ask, sequence, receivedAt } = data;
    if (!isNewer(data, this.latest.get(instrument))) return false;
    if (quality !== 'good' || !bid || !ask) {
      this.latest.set(instrument, { sequence, receivedAt });
      return false;
    }
    const { venue, venueProof, venueAt } = data;
    const times = { venueAt: instant(venueAt), receivedAt: instant(receivedAt) };
    const quote: Quote = { instrument, venue, sequence, venueProof, ...times, bid, ask };
    const exit = { bid: Number(bid.price) / 1e8, ask: Number(ask.price) / 1e8 };
    this.latest.set(instrument, { sequence, receivedAt, quote, exit });
    return now - receivedAt <= this.staleAfterMs;
  }

  /** For selection only. */
  exitPrices(instrument: InstrumentId, now: Instant): ExitPrices | undefined {
    const cached = this.latest.get(instrument);
    return cached && now - cached.receivedAt <= this.staleAfterMs ? cached.exit : undefined;
  }

  /** Those of `instruments` that are good and fresh. */
  fresh(instruments: readonly InstrumentId[], now: Instant): readonly Quote[] {
    return instruments.flatMap((instrument) => {
      const quote = this.latest.get(instrument)?.quote;
      return quote && now - quote.receivedAt <= this.staleAfterMs ? [quote] : [];
    });
  }
}
