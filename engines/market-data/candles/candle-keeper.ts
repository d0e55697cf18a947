import type { InstrumentId } from '../../../domain/kernel/ids';
import type { Instant } from '../../../domain/kernel/instant';
import type { Price } from '../../../domain/kernel/money';
import type { Book } from '../../../domain/market/book';
import { type Candle, drawnMidOf, withMid } from '../../../domain/market/candle';
import type { Published } from '../../../usecases/market-data/publish-book';
import type { CandleStore } from '../../../usecases/ports/market-data/market-data';

type CandleKeeperParts = { readonly candles: CandleStore; readonly onFailure: (error: unknown, what: string) => void };

type Kept = { candle: Candle | undefined; writtenAt: Instant | undefined; told: Promise<void> };

const CANDLE_EVERY_MS = 500;

/** Makes candles of what has been published. Nobody who publishes waits for it: a slow store delays no quote. */
export class CandleKeeper {
  private readonly kept = new Map<InstrumentId, Kept>();

  constructor(private readonly parts: CandleKeeperParts) {}

  /** Publishes books, and makes candles of them. */
  following =
    <Given extends readonly unknown[]>(publish: (...given: Given) => Promise<Published>) =>
    async (...given: Given): Promise<Published> => {
      const published = await publish(...given);
      this.take(published.book);
      return published;
    };

  take(book: Book): void {
    const mid = drawnMidOf(book);
    if (mid === undefined) return;
    const kept = this.kept.get(book.instrument) ?? { candle: undefined, writtenAt: undefined, told: Promise.resolve() };
    this.kept.set(book.instrument, kept);
    kept.told = kept.told
      .then(() => this.keep(kept, book, mid))
      .catch((error) => this.parts.onFailure(error, `a candle of ${book.instrument} was not kept`));
  }

  /** What is under way is kept. */
  settled = async (): Promise<void> => {
    await Promise.all([...this.kept.values()].map(({ told }) => told));
  };

  /** Stores the candle of a mid, now and then within its minute and whenever a minute ends. */
  private async keep(kept: Kept, { instrument, receivedAt }: Book, mid: Price): Promise<void> {
    const { candles } = this.parts;
    const before = kept.candle;
    // After a restart the minute goes on from what was stored of it.
    const candle = withMid(before ?? (await candles.latest(instrument, 1))[0], mid, receivedAt);
    kept.candle = candle;
    const isNewMinute = before !== undefined && before.at !== candle.at;
    if (isNewMinute) await candles.put(instrument, before);
    const isDue = isNewMinute || kept.writtenAt === undefined || receivedAt - kept.writtenAt >= CANDLE_EVERY_MS;
    if (!isDue) return;
    await candles.put(instrument, candle);
    kept.writtenAt = receivedAt;
  }
}
