import type { InstrumentId } from '../../../domain/kernel/ids';
import type { Instant } from '../../../domain/kernel/instant';
import type { Book } from '../../../domain/market/book';
import { CandleMaker, type TradeLeftOut } from '../../../domain/market/candles/candle-maker';
import { RESOLUTIONS, type Resolution } from '../../../domain/market/candles/resolution';
import { drawnMidOf } from '../../../domain/market/mid';
import type { VenueTrade } from '../../../domain/market/venue-trade';
import type { Published } from '../../../usecases/market-data/publish-book';
import type { CandlePublisher, CandleSink, ClosedCandle } from '../../../usecases/ports/market-data/candles';
import { Waiting } from './waiting-parts';

export type CandleKeeperParts = {
  /** Minutes and hours, for long. */
  readonly archive: CandleSink;
  /** Seconds, for some hours. */
  readonly seconds: CandleSink;
  readonly candles: CandlePublisher;
  /** Whether this copy tells the instrument this moment. */
  readonly isMine: (instrument: InstrumentId) => boolean;
  readonly now: () => Instant;
  /** A UUID of a new run. */
  readonly newRun: () => string;
  readonly metrics: CandleMetrics;
  readonly onFailure: (error: unknown, what: string) => void;
};

export type CandleMetrics = {
  readonly leftOut: (why: TradeLeftOut) => void;
  readonly clockSetBack: () => void;
  /** Parts that were given up, since their store was away for too long. */
  readonly lost: (count: number) => void;
  readonly waiting: (store: 'archive' | 'seconds', count: number) => void;
};

type Making = {
  readonly run: string;
  readonly maker: CandleMaker;
  /** When the instrument was last known to be told here. */
  mineAt: Instant;
};

/** The rest adds up from these. */
const ARCHIVED: ReadonlySet<Resolution> = new Set(['1m', '1h']);

/**
 * Makes candles of what has been published. Nobody who publishes waits for it: a slow store delays no quote. A price
 * counts from the moment at which it was told, and until another is told, or that it is none.
 */
export class CandleKeeper {
  private readonly making = new Map<InstrumentId, Making>();
  private readonly archive: Waiting;
  private readonly seconds: Waiting;
  private closed: ClosedCandle[] = [];

  constructor(private readonly parts: CandleKeeperParts) {
    const { archive, seconds, metrics, onFailure } = parts;
    const failed = (what: string) => (error: unknown) => onFailure(error, what);
    const onLost = metrics.lost;
    this.archive = new Waiting({ put: archive.put, onLost, onFailure: failed('candles were not kept') });
    this.seconds = new Waiting({ put: seconds.put, onLost, onFailure: failed('candles of seconds were not kept') });
  }

  /** Another copy tells these from now on: what this one saw of their last buckets stays as it is. */
  pause(isOf: (instrument: InstrumentId) => boolean): void {
    for (const [instrument, making] of this.making) if (isOf(instrument)) this.end(instrument, making);
  }

  /** Publishes books, and makes candles of them. */
  following =
    <Given extends readonly unknown[]>(publish: (...given: Given) => Promise<Published>) =>
    async (...given: Given): Promise<Published> => {
      const published = await publish(...given);
      this.take(published.book);
      return published;
    };

  /** Tells trades, and counts those that were told. */
  counting =
    <Others extends readonly unknown[], Refusal>(
      publishTrade: (trade: VenueTrade, ...others: Others) => Promise<Refusal | undefined>,
    ) =>
    async (trade: VenueTrade, ...others: Others): Promise<Refusal | undefined> => {
      const refusal = await publishTrade(trade, ...others);
      if (refusal === undefined) this.trade(trade);
      return refusal;
    };

  take(book: Book): void {
    if (!this.parts.isMine(book.instrument)) return;
    const mid = drawnMidOf(book);
    const now = this.parts.now();
    const { maker } = this.makingOf(book.instrument, now);
    if (mid === undefined) maker.lose(now);
    else maker.take(mid, now);
  }

  /** One that was told of the market's other outcome as well counts there. */
  trade({ instrument, qty, venueAt, receivedAt, isMirrored }: VenueTrade): void {
    if (isMirrored || !this.parts.isMine(instrument)) return;
    const { maker } = this.makingOf(instrument, this.parts.now());
    const refusal = maker.trade(qty, venueAt, receivedAt);
    if (refusal) this.parts.metrics.leftOut(refusal);
  }

  /** Time goes on, also for who is silent; called each second. */
  tick(): void {
    const now = this.parts.now();
    for (const [instrument, known] of [...this.making]) {
      if (!this.parts.isMine(instrument)) {
        this.end(instrument, known);
        continue;
      }
      const making = this.makingOf(instrument, now);
      making.maker.pass(now);
      this.collect(instrument, making);
    }
  }

  /** Stores and tells what has changed; called each second, and a last time at the end. */
  readonly flush = async (): Promise<void> => {
    const { closed } = this;
    this.closed = [];
    const telling = this.parts.candles.publishCandles(closed).catch((error: unknown) => {
      this.parts.onFailure(error, 'closed candles were not told');
    });
    await Promise.all([this.archive.flush(), this.seconds.flush(), telling]);
    this.parts.metrics.waiting('archive', this.archive.size);
    this.parts.metrics.waiting('seconds', this.seconds.size);
  };

  /** A clock that was set back begins a new run: what was seen of the same time before is not written over. */
  private makingOf(instrument: InstrumentId, now: Instant): Making {
    const known = this.making.get(instrument);
    if (known && !known.maker.isSetBack(now)) {
      known.mineAt = now;
      return known;
    }
    if (known) {
      this.collect(instrument, known);
      this.parts.metrics.clockSetBack();
    }
    const making = { run: this.parts.newRun(), maker: new CandleMaker(RESOLUTIONS), mineAt: now };
    this.making.set(instrument, making);
    return making;
  }

  /** It was watched until this copy last told it: a process that stood still saw nothing of what came after. */
  private end(instrument: InstrumentId, making: Making): void {
    making.maker.lose(making.mineAt);
    this.collect(instrument, making);
    this.making.delete(instrument);
  }

  private collect(instrument: InstrumentId, { run, maker }: Pick<Making, 'run' | 'maker'>): void {
    for (const { resolution, revision, part, isClosed, isStill } of maker.changed()) {
      const kept = { instrument, resolution, run, revision, part };
      if (ARCHIVED.has(resolution)) this.archive.add(kept);
      if (resolution === '1s') {
        // There are many seconds in which nothing moved or traded, and the one before says it all.
        if (isClosed && !isStill) this.seconds.add(kept);
      } else if (isClosed && part.prices) this.closed.push({ instrument, resolution, part });
    }
  }
}
