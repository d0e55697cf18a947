import type { Instant } from '../../../../domain/kernel/instant';
import type { VenueRest } from '../../rest';
import type { MessageOf } from '../wire/frames';
import { fetchEvent, fetchSeries, type KalshiEvent, type KalshiSeries } from '../wire/rest';

/** A series changes its fees now and then, and its events say theirs themselves. */
const SERIES_AGAIN_MS = 600_000;

/** The events and series of the markets that are followed, asked for as seldom as they change. */
export class KnownEvents {
  private readonly events = new Map<string, KalshiEvent>();
  private readonly series = new Map<string, { readonly is: KalshiSeries; readonly readAt: Instant }>();

  constructor(private readonly rest: VenueRest) {}

  learn(events: readonly KalshiEvent[]): void {
    for (const event of events) this.events.set(event.event_ticker, event);
  }

  async event(ticker: string): Promise<KalshiEvent> {
    const known = this.events.get(ticker) ?? (await fetchEvent(this.rest, ticker));
    this.events.set(ticker, known);
    return known;
  }

  async seriesOf(ticker: string, now: Instant): Promise<KalshiSeries> {
    const known = this.series.get(ticker);
    if (known && now - known.readAt < SERIES_AGAIN_MS) return known.is;
    const is = await fetchSeries(this.rest, ticker);
    this.series.set(ticker, { is, readAt: now });
    return is;
  }

  /** An event has fees of its own from now on, or those of its series again; undefined of one that is not known. */
  takeFees(said: MessageOf<'event_fee_update'>): KalshiEvent | undefined {
    const { event_ticker, fee_type_override = null, fee_multiplier_override = null } = said;
    const known = this.events.get(event_ticker);
    if (!known) return undefined;
    const event = { ...known, fee_type_override, fee_multiplier_override };
    this.events.set(event_ticker, event);
    return event;
  }
}
