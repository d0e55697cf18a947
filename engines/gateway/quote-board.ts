import type { EventData } from '../../contracts/topics/events';
import type { InstrumentId } from '../../domain/kernel/ids';
import { isNewer } from '../../domain/market/quote-age';
import type { Connection } from './connection';
import { type Body, quotesBody, quoteText } from './frames';

export type QuoteData = EventData<'market-data.quote'>;

type Posted = { readonly quote: QuoteData; text?: string };

type QuoteBoardParts = {
  /** Called once for each quote that is sent, with the time when it was received from the venue. */
  readonly onSent: (receivedAt: number) => void;
};

/** The latest quote of each instrument and who follows it. Quotes between two flushes replace one another. */
export class QuoteBoard {
  private readonly latest = new Map<InstrumentId, Posted>();
  private readonly followers = new Map<InstrumentId, Set<Connection>>();
  private readonly changed = new Set<InstrumentId>();

  constructor(private readonly parts: QuoteBoardParts) {}

  has(instrument: InstrumentId): boolean {
    return this.latest.has(instrument);
  }

  /** Takes a quote; true when somebody waits for the next flush because of it. Repeats and stragglers are dropped. */
  post(quote: QuoteData): boolean {
    if (!isNewer(quote, this.latest.get(quote.instrument)?.quote)) return false;
    this.latest.set(quote.instrument, { quote });
    if (!this.followers.has(quote.instrument)) return false;
    this.changed.add(quote.instrument);
    return true;
  }

  /** Fills in what was known before this process began to listen; never over a quote that it heard itself. */
  seed(quote: QuoteData): void {
    if (!this.latest.has(quote.instrument)) this.latest.set(quote.instrument, { quote });
  }

  follow(connection: Connection, instruments: readonly InstrumentId[]): void {
    for (const instrument of instruments) {
      connection.instruments.add(instrument);
      const followers = this.followers.get(instrument) ?? new Set();
      this.followers.set(instrument, followers.add(connection));
    }
    const known = instruments.flatMap((instrument) => this.latest.get(instrument) ?? []);
    if (known.length > 0) connection.send(quotesBody(known.map(textOf)));
  }

  unfollow(connection: Connection, instruments: Iterable<InstrumentId>): void {
    for (const instrument of [...instruments]) {
      connection.instruments.delete(instrument);
      const followers = this.followers.get(instrument);
      followers?.delete(connection);
      if (followers?.size === 0) this.followers.delete(instrument);
    }
  }

  /** Sends a message to all followers of the instrument at once: unlike a quote, no later one replaces it. */
  tell(instrument: InstrumentId, body: Body): void {
    for (const connection of [...(this.followers.get(instrument) ?? [])]) connection.send(body);
  }

  /** Sends each follower one frame with all that changed for it. */
  flush(): void {
    const frames = new Map<Connection, string[]>();
    for (const instrument of this.changed) {
      const posted = this.latest.get(instrument);
      const followers = this.followers.get(instrument);
      if (!posted || !followers) continue;
      const text = textOf(posted);
      for (const connection of followers) {
        const quotes = frames.get(connection);
        if (quotes) quotes.push(text);
        else frames.set(connection, [text]);
      }
      this.parts.onSent(posted.quote.receivedAt);
    }
    this.changed.clear();
    for (const [connection, quotes] of frames) connection.send(quotesBody(quotes));
  }
}

const textOf = (posted: Posted): string => {
  posted.text ??= quoteText(posted.quote);
  return posted.text;
};
