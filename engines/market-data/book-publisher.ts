import type { InstrumentId } from '../../domain/kernel/ids';
import type { Instant } from '../../domain/kernel/instant';
import type { Book } from '../../domain/market/book';
import { type Instrument, quoteCurrencyOf } from '../../domain/market/instrument';
import { listingOf, TETHER_RATE } from '../../domain/market/listing';
import { compositeOf, type ListedBook } from '../../domain/market/mark';
import type { Around } from '../../domain/market/plausibility';
import type { MarkSource } from '../../domain/market/quote';
import type { VenueTrade } from '../../domain/market/venue-trade';
import { type BookMemory, grownStale, type Published } from '../../usecases/market-data/publish-book';
import type { CoinBooks } from '../../usecases/market-data/publish-mark';
import type { TradeRefusal } from '../../usecases/market-data/publish-trade';
import { Overtaken } from '../../usecases/ports/market-data/market-data';
import type { UnreadableFrame } from '../../usecases/ports/market-data/unreadable-frames';
import type { VenueListener } from '../../usecases/ports/market-data/venue';
import { CoinBooksByVenue } from './coin-books';
import { HeldBooks } from './held-books';
import { InstrumentSaver, type InstrumentSaverParts } from './instrument-saver';
import { Lane, type LaneParts } from './lane';
import type { MarketShards } from './market-shards';
import type { PublisherMetrics } from './metrics';

export type BookPublisherParts = InstrumentSaverParts & {
  readonly publish: (book: Book, around: Around, memory: BookMemory) => Promise<Published>;
  readonly publishMark: (coin: CoinBooks, memory: BookMemory) => Promise<Published>;
  /** Tells that these, which were published before, hold for longer now. */
  readonly hold: (books: readonly Book[]) => Promise<void>;
  readonly publishTrade: (
    trade: VenueTrade,
    market: Instrument,
    latest: Book | undefined,
  ) => Promise<TradeRefusal | undefined>;
  readonly keepUnreadable: (frame: UnreadableFrame) => Promise<void>;
  /** Takes each frame for the archive, also while this copy is paused: it follows on connections of its own. */
  readonly onFrame?: VenueListener['onFrame'];
  /** How the instruments are shared, and whether a shard may be told this moment. */
  readonly shards: Pick<MarketShards, 'shardOf' | 'isHeld'>;
  readonly now: () => Instant;
  readonly staleAfterMs: number;
  readonly metrics: PublisherMetrics;
  readonly onTrouble: (what: string) => void;
  readonly onAlarm: (what: string) => void;
};

/**
 * Takes the venues' books and publishes each instrument's newest, at most one every 20 ms; older ones are passed over.
 * Trades go out one by one as they come.
 */
export class BookPublisher implements VenueListener {
  private readonly lanes = new Map<InstrumentId, Lane>();
  /** The newest book of each outcome that waits to be told. */
  private readonly waiting = new Map<InstrumentId, Book>();
  private readonly coins = new CoinBooksByVenue();
  private readonly instruments = new Map<InstrumentId, Instrument>();
  /** The other outcome of the same market. */
  private readonly twins = new Map<InstrumentId, InstrumentId>();
  private readonly outcomes = new Map<string, InstrumentId>();
  /** When the book was received that was told last of each outcome. */
  private readonly toldAt = new Map<InstrumentId, Instant>();
  private readonly opened = new Set<number>();

  readonly onFrame: VenueListener['onFrame'];
  private readonly held: HeldBooks;
  private readonly saver: InstrumentSaver;

  constructor(private readonly parts: BookPublisherParts) {
    this.onFrame = parts.onFrame;
    const onFailure = (error: unknown) => this.failed(error, 'that books still hold was not told');
    this.held = new HeldBooks({ hold: parts.hold, onFailure });
    this.saver = new InstrumentSaver(parts);
  }

  /** The instruments are saved by this copy alone: what came while another did, and what an earlier run left. */
  lead(): void {
    this.saver.lead();
  }

  follow(): void {
    this.saver.follow();
  }

  /** Publishes what came of the shard while another copy did. */
  open(shard: number): void {
    this.opened.add(shard);
    for (const lane of this.lanesOf(shard).values()) lane.open();
  }

  /**
   * Publishes nothing more of the shard: the newest book of each instrument waits, and another copy publishes the
   * trades. Resolves when what was under way has ended.
   */
  async pause(shard: number): Promise<void> {
    this.opened.delete(shard);
    this.held.forget((id) => this.parts.shards.shardOf(id) === shard);
    const lanes = this.lanesOf(shard);
    for (const [id, { latest }] of lanes) {
      if (isOfCoin(id)) this.coins.forgetTold(id);
      else if (latest && !this.waiting.has(id)) this.waiting.set(id, latest);
    }
    await Promise.all([...lanes.values()].map((lane) => lane.forget()));
  }

  readonly onBook = (book: ListedBook): void => {
    if (isOfCoin(book.instrument)) {
      const coin = this.coins.put(book);
      if (coin) this.laneOfCoin(coin).request();
      return;
    }
    this.waiting.set(book.instrument, book);
    this.laneOf(book.instrument).request();
  };

  /** Only of a state that has been told, while no newer one waits: that one is told soon enough. */
  readonly onHeld = (book: ListedBook): void => {
    if (isOfCoin(book.instrument)) {
      const held = this.coins.hold(book);
      if (held && this.isOpen(held.instrument)) this.held.put(held);
      return;
    }
    const lane = this.laneOf(book.instrument);
    const [waiting, { latest }] = [this.waiting.get(book.instrument), lane];
    const { venueAt, receivedAt } = book;
    if (waiting?.receivedAt === receivedAt) this.waiting.set(book.instrument, { ...waiting, venueAt });
    if (waiting || latest?.quality !== 'good' || latest.receivedAt !== receivedAt) return;
    if (!this.isOpen(book.instrument)) return;
    lane.latest = { ...latest, venueAt };
    this.held.put(lane.latest);
  };

  readonly onTrade = (trade: VenueTrade): void => {
    const instrument = this.instruments.get(listingOf(trade.instrument, trade.venue));
    if (!instrument || !this.isOpen(trade.instrument)) return;
    const { metrics, publishTrade } = this.parts;
    const latest = this.lanes.get(trade.instrument)?.latest;
    const book = instrument.kind === 'spot' ? this.coins.at(trade.instrument, trade.venue, latest) : latest;
    publishTrade(trade, instrument, book).then(
      (refusal) => metrics.traded(refusal ?? 'told'),
      (error) => this.failed(error, `a trade of ${trade.instrument} was not told`),
    );
  };

  readonly onInstruments = (instruments: readonly Instrument[]): void => {
    const listings: Instrument[] = [];
    for (const instrument of instruments) {
      if (isOfCoin(instrument.id)) this.coins.list(instrument);
      // Accounts are kept in dollars: what is quoted in tethers, and their rate, takes part in marks and is not traded.
      if (quoteCurrencyOf(instrument.id) === 'USDT' || instrument.id === TETHER_RATE) continue;
      const listing = { ...instrument, id: listingOf(instrument.id, instrument.venue) };
      this.instruments.set(listing.id, listing);
      this.pair(listing);
      listings.push(listing);
    }
    this.saver.put(listings);
  };

  /** Also while this copy is paused: each copy has its own connections. */
  readonly onUnreadable = (frame: UnreadableFrame): void => {
    this.parts.keepUnreadable(frame).catch((error) => this.failed(error, `a frame of ${frame.venue} was not kept`));
  };

  readonly onTrouble = (what: string): void => this.parts.onTrouble(what);

  readonly onAlarm = (what: string): void => this.parts.onAlarm(what);

  /**
   * Publishes as stale the outcomes whose venue has been silent for too long, and the marks of which a venue has fallen
   * silent; called about once a second.
   */
  checkStale(): void {
    const now = this.parts.now();
    const lanes = [...this.lanes].filter(([id]) => this.isOpen(id));
    const latest = new Map(lanes.flatMap(([id, { latest: book }]) => (book && !book.mark ? [[id, book]] : [])));
    for (const book of grownStale(latest, now, this.parts.staleAfterMs)) this.onBook(book as ListedBook);
    for (const coin of this.coins.coinsHeard().filter((id) => this.isOpen(id))) {
      const lane = this.laneOfCoin(coin);
      const told = lane.latest?.mark?.sources;
      if (told && !lane.isDue && isOtherwise(told, compositeOf(this.coins.sources(coin, now)).sources)) lane.request();
    }
  }

  /** Age of the newest book of each instrument, in milliseconds. */
  readonly ages = (): ReadonlyMap<InstrumentId, number> =>
    new Map(
      [...this.lanes].flatMap(([id, { latest }]) =>
        latest ? [[id, this.parts.now() - latest.receivedAt] as const] : [],
      ),
    );

  private laneOf(id: InstrumentId): Lane {
    return this.laneThat(id, (memory, isStill) => {
      const book = this.waiting.get(id) as Book;
      this.waiting.delete(id);
      const wait = () => {
        if (!this.waiting.has(id)) this.waiting.set(id, book);
      };
      return this.publishing(this.parts.publish(book, this.around(book), memory), isStill, wait);
    });
  }

  private laneOfCoin(coin: InstrumentId): Lane {
    return this.laneThat(coin, async (memory, isStill) => {
      const books = this.coins.take(coin, this.parts.now());
      const again = () => this.coins.untold(books);
      const published = await this.publishing(this.parts.publishMark(books, memory), isStill, again);
      if (published.failures.length > 0) this.coins.untold(books);
      return published;
    });
  }

  /** `again`: what was not told, or as another copy's turn came, waits for whoever goes on. */
  private async publishing(telling: Promise<Published>, isStill: () => boolean, again: () => void): Promise<Published> {
    try {
      const published = await telling;
      if (!isStill()) again();
      return published;
    } catch (error) {
      again();
      throw error;
    }
  }

  private isOpen(id: InstrumentId): boolean {
    const { shardOf, isHeld } = this.parts.shards;
    const shard = shardOf(id);
    return this.opened.has(shard) && isHeld(shard);
  }

  private lanesOf(shard: number): ReadonlyMap<InstrumentId, Lane> {
    return new Map([...this.lanes].filter(([id]) => this.parts.shards.shardOf(id) === shard));
  }

  private laneThat(id: InstrumentId, publish: LaneParts['publish']): Lane {
    const known = this.lanes.get(id);
    if (known) return known;
    const lane: Lane = new Lane({
      publish,
      isOpen: () => this.isOpen(id),
      onPublished: (published) => this.published(published),
      onPassedOver: () => this.parts.metrics.conflated(),
      onFailure: (error) => this.failed(error, untold(id)),
    });
    this.lanes.set(id, lane);
    return lane;
  }

  private published({ book, failures }: Published): void {
    if (!book.mark && book.receivedAt !== this.toldAt.get(book.instrument)) this.askTwin(book.instrument);
    this.toldAt.set(book.instrument, book.receivedAt);
    this.parts.metrics.published(book, this.parts.now());
    for (const error of failures) this.failed(error, untold(book.instrument));
  }

  private failed(error: unknown, what: string): void {
    if (error instanceof Overtaken) this.parts.onTrouble(error.message);
    else {
      this.parts.metrics.failed();
      this.parts.onFailure(error, what);
    }
  }

  private around({ instrument }: Book): Around {
    return { twin: this.laneOfTwin(instrument)?.latest };
  }

  /** A book that contradicted this one is judged again: this one may have moved as well. */
  private askTwin(instrument: InstrumentId): void {
    const twin = this.laneOfTwin(instrument);
    const { doubts } = twin?.latest ?? {};
    const contradicted = doubts?.bid?.why === 'twin' || doubts?.ask?.why === 'twin';
    if (twin?.latest && contradicted && !twin.isDue) this.onBook(twin.latest as ListedBook);
  }

  private laneOfTwin(instrument: InstrumentId): Lane | undefined {
    const twin = this.twins.get(instrument);
    return twin && this.lanes.get(twin);
  }

  private pair({ id, outcome }: Instrument): void {
    if (!outcome || this.twins.has(id)) return;
    const known = this.outcomes.get(outcome.marketId);
    this.outcomes.set(outcome.marketId, id);
    if (known === undefined || known === id) return;
    this.twins.set(id, known);
    this.twins.set(known, id);
  }
}

const untold = (id: InstrumentId): string => `the book of ${id} was not told everywhere`;

const isOfCoin = (id: InstrumentId): boolean => quoteCurrencyOf(id) !== undefined;

/** Whether a venue stands to its mark in another way than it was told. */
const isOtherwise = (told: readonly MarkSource[], now: readonly MarkSource[]): boolean =>
  told.length !== now.length || told.some(({ state }, index) => state !== now[index]?.state);
