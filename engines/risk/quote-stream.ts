import type { EventData } from '../../contracts/topics/events';
import type { InstrumentId } from '../../domain/kernel/ids';
import { type Instant, instant } from '../../domain/kernel/instant';
import type { MarkSource, Quote } from '../../domain/market/quote';
import { isNewer, type QuoteAge } from '../../domain/market/quote-age';

/** The quotes of the topic, each once and in its instrument's order. */
export class QuoteStream {
  private readonly latest = new Map<InstrumentId, QuoteAge>();
  /** When the latest quote of any instrument was received. */
  latestAt: Instant | undefined;

  /** The quote if it is news and good, less a side in doubt; `bad`: no side is left; `overtaken`: it is a repeat, or late. */
  take(data: EventData<'market-data.quote'>): Quote | 'bad' | 'overtaken' {
    const { instrument, venue, quality, bid, ask, sequence, venueProof, venueAt, receivedAt, doubts } = data;
    const { sources, confirmedSince } = data;
    if (!isNewer(data, this.latest.get(instrument))) return 'overtaken';
    this.latest.set(instrument, { sequence, receivedAt });
    if (this.latestAt === undefined || receivedAt > this.latestAt) this.latestAt = instant(receivedAt);
    const sides = { bid: doubts?.bid ? null : bid, ask: doubts?.ask ? null : ask };
    if (quality !== 'good' || (!sides.bid && !sides.ask)) return 'bad';
    const times = { venueAt: instant(venueAt), receivedAt: instant(receivedAt) };
    const quote = { instrument, venue, sequence, venueProof, ...times, ...sides };
    if (!sources) return quote;
    const since = confirmedSince === undefined ? {} : { confirmedSince: instant(confirmedSince) };
    return { ...quote, ...since, sources: sources.map(sourceOf) };
  }
}

type SourceData = NonNullable<EventData<'market-data.quote'>['sources']>[number];

const sourceOf = ({ rate, venueAt, receivedAt, ...source }: SourceData): MarkSource => ({
  ...source,
  venueAt: instant(venueAt),
  receivedAt: instant(receivedAt),
  ...(rate && { rate: { ...rate, sources: rate.sources.map(sourceOf) } }),
});
