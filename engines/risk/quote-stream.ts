import type { EventData } from '../../contracts/topics/events';
import type { InstrumentId } from '../../domain/kernel/ids';
import { type Instant, instant } from '../../domain/kernel/instant';
import type { Quote } from '../../domain/market/book';
import { isNewer, type QuoteAge } from '../../domain/market/quote-age';

/** The quotes of the topic, each once and in its instrument's order. */
export class QuoteStream {
  private readonly latest = new Map<InstrumentId, QuoteAge>();
  /** When the latest quote of any instrument was received. */
  latestAt: Instant | undefined;

  /** The quote if it is news and good; `bad`: its book is anything but good, or a side of it in doubt; `overtaken`: it is a repeat, or late. */
  take(data: EventData<'market-data.quote'>): Quote | 'bad' | 'overtaken' {
    const { instrument, venue, quality, bid, ask, sequence, venueProof, venueAt, receivedAt, doubts } = data;
    if (!isNewer(data, this.latest.get(instrument))) return 'overtaken';
    this.latest.set(instrument, { sequence, receivedAt });
    if (this.latestAt === undefined || receivedAt > this.latestAt) this.latestAt = instant(receivedAt);
    if (quality !== 'good' || !bid || !ask || doubts) return 'bad';
    const times = { venueAt: instant(venueAt), receivedAt: instant(receivedAt) };
    return { instrument, venue, sequence, venueProof, ...times, bid, ask };
  }
}
