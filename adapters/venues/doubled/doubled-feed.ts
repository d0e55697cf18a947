import { isDeepStrictEqual } from 'node:util';
import type { InstrumentId } from '../../../domain/kernel/ids';
import { type Instant, plusMs } from '../../../domain/kernel/instant';
import type { Instrument } from '../../../domain/market/instrument';
import type { Clock } from '../../../usecases/ports/clock-and-ids';
import type { VenueFeed, VenueHealth, VenueListener } from '../../../usecases/ports/market-data/venue';
import { type Line, MergedBook, other } from './merged-book';
import { MergedTrades } from './merged-trades';

/** A feed whose books carry the venue's marks, and whose connection can be begun anew. */
export type MarkedFeed = VenueFeed & { readonly restart: () => void };

export type DoubledOptions = {
  readonly clock: Clock;
  /** Makes one of the two. */
  readonly feed: (line: Line) => MarkedFeed;
  /** A line that lacks for so long what the other has told stands still. */
  readonly stalledAfterMs?: number;
};

const CHECK_MS = 250;
const STALLED_AFTER_MS = 3_000;
/** A connection that is begun anew has so long before it is looked at again. */
const AGAIN_MS = 15_000;
const LINES = [0, 1] as const;

/**
 * One venue over two connections of their own, each checked for itself: whichever is ahead is told, what one loses the
 * other has, and one that stands still while the other goes on is begun anew (docs/adr/0056).
 */
export class DoubledFeed implements VenueFeed {
  readonly name: string;
  private readonly feeds: readonly [MarkedFeed, MarkedFeed];
  private readonly books = new Map<InstrumentId, MergedBook>();
  private readonly trades = new MergedTrades();
  private readonly instruments = new Map<InstrumentId, Instrument>();
  private readonly restartAt: [Instant, Instant];
  private checking: NodeJS.Timeout | undefined;

  constructor(private readonly options: DoubledOptions) {
    const { feed, clock } = options;
    this.feeds = [feed(0), feed(1)];
    this.name = this.feeds[0].name;
    this.restartAt = [clock.now(), clock.now()];
  }

  start(listener: VenueListener): void {
    for (const line of LINES) this.feeds[line].start(this.heard(line, listener));
    this.checking = setInterval(() => this.check(listener), CHECK_MS);
  }

  async stop(): Promise<void> {
    clearInterval(this.checking);
    await Promise.all(this.feeds.map((feed) => feed.stop()));
  }

  /** What both have counted. */
  health(): VenueHealth {
    const [first, second] = [this.feeds[0].health(), this.feeds[1].health()];
    const sum = { ...first };
    for (const name of COUNTS) sum[name] = first[name] + second[name];
    const isConnected = first.isConnected || second.isConnected;
    const at = [first.lastFrameAt, second.lastFrameAt].filter((each) => each !== undefined);
    return { ...sum, isConnected, lastFrameAt: at.sort((a, b) => a - b).at(-1) };
  }

  private heard(line: Line, listener: VenueListener): VenueListener {
    return {
      onBook: (book, mark) => this.bookOf(book.instrument, listener).take(line, book, mark),
      onHeld: (book) => this.bookOf(book.instrument, listener).hold(line, book),
      onTrade: (trade) => {
        if (this.trades.isNew(trade)) listener.onTrade(trade);
      },
      onInstruments: (instruments) => this.takeInstruments(line, instruments, listener),
      onUnreadable: listener.onUnreadable,
      onTrouble: listener.onTrouble,
      onAlarm: listener.onAlarm,
    };
  }

  private bookOf(id: InstrumentId, listener: VenueListener): MergedBook {
    const known = this.books.get(id);
    if (known) return known;
    const { now } = this.options.clock;
    const made = new MergedBook({
      now,
      onBook: (book, mark) => listener.onBook(book, mark),
      onHeld: (book) => listener.onHeld(book),
    });
    this.books.set(id, made);
    return made;
  }

  /** The first line has the word while it is connected: two that are apart would open and halt a market in turn. */
  private takeInstruments(line: Line, instruments: readonly Instrument[], listener: VenueListener): void {
    if (line === 1 && this.feeds[0].health().isConnected) return;
    const news = instruments.filter((one) => !isDeepStrictEqual(one, this.instruments.get(one.id)));
    for (const one of news) this.instruments.set(one.id, one);
    if (news.length > 0) listener.onInstruments(news);
  }

  private check(listener: VenueListener): void {
    const now = this.options.clock.now();
    const { stalledAfterMs = STALLED_AFTER_MS } = this.options;
    for (const line of LINES) {
      const books = [...this.books.values()];
      const isStalled = books.some((book) => book.behindMs(line) >= stalledAfterMs);
      if (!isStalled || now < this.restartAt[line] || !this.feeds[other(line)].health().isConnected) continue;
      this.restartAt[line] = plusMs(now, AGAIN_MS);
      for (const book of books) book.excuse(line);
      listener.onTrouble(`${this.name}: one of two connections stands still, and is begun anew`);
      this.feeds[line].restart();
    }
  }
}

const COUNTS = [
  'connections',
  'reconnects',
  'gaps',
  'framesDropped',
  'framesUnknown',
  'unreadableRuns',
  'answersOld',
  'clockFaults',
  'tradeGaps',
  'tradesDropped',
] as const;
