import type { InstrumentId } from '../../domain/kernel/ids';
import type { Instant } from '../../domain/kernel/instant';
import type { Book } from '../../domain/market/book';
import type { Instrument } from '../../domain/market/instrument';
import type { Around } from '../../domain/market/plausibility';
import type { VenueTrade } from '../../domain/market/venue-trade';
import { type BookMemory, grownStale, NO_MEMORY, type Published } from '../../usecases/market-data/publish-book';
import type { TradeRefusal } from '../../usecases/market-data/publish-trade';
import type { UnreadableFrame } from '../../usecases/ports/market-data/unreadable-frames';
import type { VenueListener } from '../../usecases/ports/market-data/venue';
import { HeldBooks } from './held-books';
import type { PublisherMetrics } from './metrics';

export type BookPublisherParts = {
  readonly publish: (book: Book, around: Around, memory: BookMemory) => Promise<Published>;
  /** Tells that these, which were published before, hold for longer now. */
  readonly hold: (books: readonly Book[]) => Promise<void>;
  readonly publishTrade: (
    trade: VenueTrade,
    market: Instrument,
    latest: Book | undefined,
  ) => Promise<TradeRefusal | undefined>;
  /** Saves them and publishes their changes; called with none, it publishes what an earlier run left unpublished. */
  readonly publishInstruments: (instruments: readonly Instrument[]) => Promise<void>;
  readonly keepUnreadable: (frame: UnreadableFrame) => Promise<void>;
  /** Takes each frame for the archive, also while this copy is paused: it follows on connections of its own. */
  readonly onFrame?: VenueListener['onFrame'];
  readonly now: () => Instant;
  readonly staleAfterMs: number;
  readonly metrics: PublisherMetrics;
  readonly onFailure: (error: unknown, what: string) => void;
  readonly onTrouble: (what: string) => void;
  readonly onAlarm: (what: string) => void;
};

/** The publishing of one instrument: at most one book is under way, and the newest one waits behind it. */
type Lane = {
  waiting: Book | undefined;
  isBusy: boolean;
  memory: BookMemory;
  /** What was told last. */
  latest: Book | undefined;
};

const CONFLATE_MS = 20;
const SAVE_AGAIN_MS = 1_000;
/** What a venue trades, before its instruments are known. */
const KIND_OF = {
  binance: 'spot',
  kraken: 'spot',
  coinbase: 'spot',
  polymarket: 'outcome',
  kalshi: 'outcome',
} as const;

/**
 * Takes the venues' books and publishes each instrument's newest, at most one every 20 ms; older ones are passed over.
 * Trades go out one by one as they come.
 */
export class BookPublisher implements VenueListener {
  private readonly lanes = new Map<InstrumentId, Lane>();
  private readonly instruments = new Map<InstrumentId, Instrument>();
  /** The other outcome of the same market. */
  private readonly twins = new Map<InstrumentId, InstrumentId>();
  private readonly outcomes = new Map<string, InstrumentId>();
  private unsaved = new Map<InstrumentId, Instrument>();
  private isUntold = true;
  private isSaving = false;
  private isOpen = false;

  readonly onFrame: VenueListener['onFrame'];
  private readonly held: HeldBooks;

  constructor(private readonly parts: BookPublisherParts) {
    this.onFrame = parts.onFrame;
    const onFailure = (error: unknown) => this.failed(error, 'that books still hold was not told');
    this.held = new HeldBooks({ hold: parts.hold, onFailure });
  }

  /** Publishes what came while this copy was paused, and what an earlier run left unpublished. */
  open(): void {
    this.isOpen = true;
    for (const lane of this.lanes.values()) if (lane.waiting && !lane.isBusy) void this.drive(lane);
    void this.save();
  }

  /** Publishes nothing more: the newest book of each instrument waits, and another copy publishes the trades. */
  pause(): void {
    this.isOpen = false;
    this.held.clear();
  }

  readonly onBook = (book: Book): void => {
    const lane = this.laneOf(book.instrument);
    if (lane.waiting && this.isOpen) this.parts.metrics.conflated();
    lane.waiting = book;
    if (!lane.isBusy && this.isOpen) void this.drive(lane);
  };

  /** Only of a state that has been told, while no newer one waits: that one is told soon enough. */
  readonly onHeld = (book: Book): void => {
    const lane = this.laneOf(book.instrument);
    const { waiting, latest } = lane;
    const { venueAt, receivedAt } = book;
    if (waiting?.receivedAt === receivedAt) lane.waiting = { ...waiting, venueAt };
    if (waiting || latest?.quality !== 'good' || latest.receivedAt !== receivedAt || !this.isOpen) return;
    lane.latest = { ...latest, venueAt };
    this.held.put(lane.latest);
  };

  readonly onTrade = (trade: VenueTrade): void => {
    const instrument = this.instruments.get(trade.instrument);
    if (!instrument || !this.isOpen) return;
    const { metrics, publishTrade } = this.parts;
    publishTrade(trade, instrument, this.lanes.get(trade.instrument)?.latest).then(
      (refusal) => metrics.traded(refusal ?? 'told'),
      (error) => this.failed(error, `a trade of ${trade.instrument} was not told`),
    );
  };

  readonly onInstruments = (instruments: readonly Instrument[]): void => {
    for (const instrument of instruments) {
      this.instruments.set(instrument.id, instrument);
      this.pair(instrument);
      this.unsaved.set(instrument.id, instrument);
    }
    void this.save();
  };

  /** Also while this copy is paused: each copy has its own connections. */
  readonly onUnreadable = (frame: UnreadableFrame): void => {
    this.parts.keepUnreadable(frame).catch((error) => this.failed(error, `a frame of ${frame.venue} was not kept`));
  };

  readonly onTrouble = (what: string): void => this.parts.onTrouble(what);

  readonly onAlarm = (what: string): void => this.parts.onAlarm(what);

  /** Publishes as stale the books whose venue has been silent for too long; called about once a second. */
  checkStale(): void {
    if (!this.isOpen) return;
    const latest = new Map([...this.lanes].flatMap(([id, { latest: book }]) => (book ? [[id, book] as const] : [])));
    for (const book of grownStale(latest, this.parts.now(), this.parts.staleAfterMs)) this.onBook(book);
  }

  /** Age of the newest book of each instrument, in milliseconds. */
  readonly ages = (): ReadonlyMap<InstrumentId, number> =>
    new Map(
      [...this.lanes].flatMap(([id, { latest }]) =>
        latest ? [[id, this.parts.now() - latest.receivedAt] as const] : [],
      ),
    );

  private laneOf(id: InstrumentId): Lane {
    const known = this.lanes.get(id);
    if (known) return known;
    const lane: Lane = { waiting: undefined, isBusy: false, memory: NO_MEMORY, latest: undefined };
    this.lanes.set(id, lane);
    return lane;
  }

  private async drive(lane: Lane): Promise<void> {
    lane.isBusy = true;
    while (lane.waiting && this.isOpen) {
      const book = lane.waiting;
      lane.waiting = undefined;
      const pause = new Promise((resolve) => setTimeout(resolve, CONFLATE_MS));
      const what = `the book of ${book.instrument} was not told everywhere`;
      try {
        const isNews = book.receivedAt !== lane.latest?.receivedAt;
        const published = await this.parts.publish(book, this.around(book), lane.memory);
        lane.memory = published.memory;
        lane.latest = published.book;
        if (isNews) this.askTwin(book.instrument);
        this.parts.metrics.published(published.book, this.parts.now());
        for (const error of published.failures) this.failed(error, what);
      } catch (error) {
        this.failed(error, what);
      }
      await pause;
    }
    lane.isBusy = false;
  }

  private failed(error: unknown, what: string): void {
    this.parts.metrics.failed();
    this.parts.onFailure(error, what);
  }

  private around({ instrument, venue }: Book): Around {
    const kind = this.instruments.get(instrument)?.kind ?? KIND_OF[venue];
    return { kind, twin: this.laneOfTwin(instrument)?.latest };
  }

  /** A book that contradicted this one is judged again: this one may have moved as well. */
  private askTwin(instrument: InstrumentId): void {
    const twin = this.laneOfTwin(instrument);
    const { doubts } = twin?.latest ?? {};
    const contradicted = doubts?.bid?.why === 'twin' || doubts?.ask?.why === 'twin';
    if (twin?.latest && contradicted && !twin.waiting) this.onBook(twin.latest);
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

  private async save(): Promise<void> {
    if (this.isSaving || !this.isOpen) return;
    this.isSaving = true;
    // The outcomes of a market end in one turn: nobody is to hear of one while the other still waits.
    await Promise.resolve();
    while ((this.unsaved.size > 0 || this.isUntold) && this.isOpen) {
      const batch = this.unsaved;
      this.unsaved = new Map();
      try {
        await this.parts.publishInstruments([...batch.values()]);
        this.isUntold = false;
      } catch (error) {
        this.parts.onFailure(error, 'the instruments were not saved and told');
        this.isUntold = true;
        this.unsaved = new Map([...batch, ...this.unsaved]);
        await new Promise((resolve) => setTimeout(resolve, SAVE_AGAIN_MS));
      }
    }
    this.isSaving = false;
  }
}
