import type { EventData } from '../../contracts/topics/events';
import type { InstrumentId } from '../../domain/kernel/ids';
import { isNewer } from '../../domain/market/quote-age';
import type { Connection } from './connection';
import { type Body, quotesBody, quoteText } from './frames';

export type QuoteData = EventData<'market-data.quote'>;

type Posted = { readonly quote: QuoteData; text?: string };

/** Those who follow just these instruments: what is new for one of them is new for all, in one text. */
type Audience = {
  readonly key: string;
  readonly instruments: ReadonlySet<InstrumentId>;
  readonly connections: Set<Connection>;
};

type QuoteBoardParts = {
  readonly nowMs: () => number;
  /** Called once for each quote that is sent, with the time when it was received from the venue. */
  readonly onSent: (receivedAt: number) => void;
};

/** The latest quote of each instrument and who follows it. Quotes between two flushes replace one another. */
export class QuoteBoard {
  private readonly latest = new Map<InstrumentId, Posted>();
  private readonly audiences = new Map<string, Audience>();
  private readonly audienceOf = new Map<Connection, Audience>();
  private readonly following = new Map<InstrumentId, Set<Audience>>();
  private readonly changed = new Set<InstrumentId>();
  /** What those have not been sent yet who could not take it, or want fewer frames. */
  private readonly owed = new Map<Connection, Set<InstrumentId>>();

  constructor(private readonly parts: QuoteBoardParts) {}

  has(instrument: InstrumentId): boolean {
    return this.latest.has(instrument);
  }

  /** Takes a quote; true when somebody waits for the next flush because of it. Repeats and stragglers are dropped. */
  post(quote: QuoteData): boolean {
    if (!isNewer(quote, this.latest.get(quote.instrument)?.quote)) return false;
    this.latest.set(quote.instrument, { quote });
    if (!this.following.has(quote.instrument)) return false;
    this.changed.add(quote.instrument);
    return true;
  }

  /** Fills in what was known before this process began to listen; never over a quote that it heard itself. */
  seed(quote: QuoteData): void {
    if (!this.latest.has(quote.instrument)) this.latest.set(quote.instrument, { quote });
  }

  follow(connection: Connection, instruments: readonly InstrumentId[]): void {
    this.move(connection, (followed) => {
      for (const instrument of instruments) followed.add(instrument);
    });
    const known = instruments.flatMap((instrument) => this.latest.get(instrument) ?? []);
    if (known.length > 0) connection.send(quotesBody(known.map(textOf)));
  }

  unfollow(connection: Connection, instruments: Iterable<InstrumentId>): void {
    this.move(connection, (followed) => {
      for (const instrument of [...instruments]) {
        connection.instruments.delete(instrument);
        followed.delete(instrument);
      }
    });
  }

  /** Sends a message to all followers of the instrument at once: unlike a quote, no later one replaces it. */
  tell(instrument: InstrumentId, body: Body): void {
    const audiences = [...(this.following.get(instrument) ?? [])];
    for (const connection of audiences.flatMap(({ connections }) => [...connections])) connection.send(body);
  }

  /** Sends each follower one frame with all that changed for it; `owing`: some of them are to be tried again. */
  flush(): 'done' | 'owing' {
    const now = this.parts.nowMs();
    const owing = [...this.owed.keys()];
    for (const [audience, instruments] of this.news()) {
      const body = this.bodyOf(instruments);
      for (const connection of audience.connections) {
        if (this.owed.has(connection) || !connection.sendQuotes(body, now)) this.owe(connection, instruments);
      }
    }
    for (const connection of owing) this.payOff(connection, now);
    return this.owed.size > 0 ? 'owing' : 'done';
  }

  /** What changed, for each audience that follows some of it. */
  private news(): ReadonlyMap<Audience, readonly InstrumentId[]> {
    const news = new Map<Audience, InstrumentId[]>();
    for (const instrument of this.changed) {
      for (const audience of this.following.get(instrument) ?? []) {
        const instruments = news.get(audience);
        if (instruments) instruments.push(instrument);
        else news.set(audience, [instrument]);
      }
      const posted = this.latest.get(instrument);
      if (posted) this.parts.onSent(posted.quote.receivedAt);
    }
    this.changed.clear();
    return news;
  }

  private owe(connection: Connection, instruments: readonly InstrumentId[]): void {
    if (!connection.isOpen) return;
    const owed = this.owed.get(connection) ?? new Set();
    for (const instrument of instruments) owed.add(instrument);
    this.owed.set(connection, owed);
  }

  private payOff(connection: Connection, now: number): void {
    const followed = this.audienceOf.get(connection)?.instruments;
    const owed = [...(this.owed.get(connection) ?? [])].filter((instrument) => followed?.has(instrument));
    if (owed.length === 0 || connection.sendQuotes(this.bodyOf(owed), now)) this.owed.delete(connection);
  }

  private bodyOf(instruments: readonly InstrumentId[]): Body {
    return quotesBody(instruments.flatMap((instrument) => this.latest.get(instrument) ?? []).map(textOf));
  }

  /** Changes what a connection follows, and with it the audience that it belongs to. */
  private move(connection: Connection, change: (instruments: Set<InstrumentId>) => void): void {
    const instruments = new Set(this.audienceOf.get(connection)?.instruments);
    change(instruments);
    this.leave(connection);
    if (instruments.size > 0 && connection.isOpen) this.join(connection, instruments);
    else this.owed.delete(connection);
  }

  private join(connection: Connection, instruments: ReadonlySet<InstrumentId>): void {
    const key = keyOf(instruments);
    const audience = this.audiences.get(key) ?? { key, instruments, connections: new Set() };
    audience.connections.add(connection);
    this.audiences.set(key, audience);
    this.audienceOf.set(connection, audience);
    for (const instrument of audience.instruments) {
      this.following.set(instrument, (this.following.get(instrument) ?? new Set()).add(audience));
    }
  }

  private leave(connection: Connection): void {
    const audience = this.audienceOf.get(connection);
    if (!audience) return;
    this.audienceOf.delete(connection);
    audience.connections.delete(connection);
    if (audience.connections.size > 0) return;
    this.audiences.delete(audience.key);
    for (const instrument of audience.instruments) {
      const audiences = this.following.get(instrument);
      audiences?.delete(audience);
      if (audiences?.size === 0) this.following.delete(instrument);
    }
  }
}

const keyOf = (instruments: ReadonlySet<InstrumentId>): string => [...instruments].sort().join('\n');

const textOf = (posted: Posted): string => {
  posted.text ??= quoteText(posted.quote);
  return posted.text;
};
