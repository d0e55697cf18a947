import { type InstrumentId, idOf } from '../../../domain/kernel/ids';
import { type Instant, instant } from '../../../domain/kernel/instant';
import { price, qty } from '../../../domain/kernel/money';
import type { Book } from '../../../domain/market/book';
import type { Candle } from '../../../domain/market/candle';
import type { VenueTrade } from '../../../domain/market/venue-trade';

export const BTC = idOf<InstrumentId>('BTC-USD');
/** 2026-11-23T10:00:00Z. */
export const TEN = instant(1_795_428_000_000);

/** A good book around `mid` dollars, one dollar wide. */
export const bookAt = (mid: number, receivedAt: Instant = TEN, more: Partial<Book> = {}): Book => ({
  instrument: BTC,
  venue: 'kraken',
  sequence: 1,
  venueProof: 'proof',
  venueAt: receivedAt,
  receivedAt,
  quality: 'good',
  bids: [{ price: dollars(mid - 0.5), qty: qty(10n ** 8n) }],
  asks: [{ price: dollars(mid + 0.5), qty: qty(10n ** 8n) }],
  ...more,
});

export const tradeAt = (dollarsEach: number, more: Partial<VenueTrade> = {}): VenueTrade => ({
  instrument: BTC,
  tradeId: '1',
  price: dollars(dollarsEach),
  qty: qty(10n ** 7n),
  taker: 'buy',
  venueAt: TEN,
  receivedAt: TEN,
  ...more,
});

export const dollars = (amount: number) => price(BigInt(Math.round(amount * 100)) * 10n ** 6n);

/** Where books go, kept in memory; each place can be made to fail. */
export class Outside {
  readonly told: string[] = [];
  readonly candles = new Map<InstrumentId, Candle[]>();
  readonly failing = new Set<'redis' | 'kafka' | 'candles'>();

  readonly parts = {
    books: { put: async (book: Book) => this.tell('redis', book) },
    quotes: { publish: async (book: Book) => this.tell('kafka', book) },
    candles: {
      put: async (instrument: InstrumentId, candle: Candle) => {
        if (this.failing.has('candles')) throw new Error('candles are down');
        const kept = (this.candles.get(instrument) ?? []).filter(({ at }) => at !== candle.at);
        this.candles.set(instrument, [...kept, candle]);
      },
      latest: async (instrument: InstrumentId, limit: number) => (this.candles.get(instrument) ?? []).slice(-limit),
    },
  };

  private tell(place: 'redis' | 'kafka', book: Book): void {
    if (this.failing.has(place)) throw new Error(`${place} is down`);
    this.told.push(`${place} ${book.sequence} ${book.quality}`);
  }
}
