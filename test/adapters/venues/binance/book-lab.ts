import type { Snapshot } from '../../../../adapters/venues/binance/book';
import { BookSubscription } from '../../../../adapters/venues/binance/book-subscription';
import { booksLost, type WireLevel } from '../../../../adapters/venues/binance/frames';
import { readFrame } from '../../../../adapters/venues/binance/read-frame';
import { type Counts, noCounts } from '../../../../adapters/venues/counts';
import { idOf } from '../../../../domain/kernel/ids';
import { type Instant, instant } from '../../../../domain/kernel/instant';
import { formatPrice } from '../../../../domain/kernel/money';
import type { Book } from '../../../../domain/market/book';
import { VenueClock } from '../../../../domain/market/venue-clock';

export const START = instant(1_795_428_000_000);
const CHECK_MS = 250;

/** `100x1 99x2`: levels as Binance writes them. */
const levelsOf = (text: string): WireLevel[] =>
  text
    .split(' ')
    .filter(Boolean)
    .map((level) => [level.split('x')[0] ?? '', level.split('x')[1] ?? '']);

export const snapshotOf = (lastUpdateId: number, bids = '100x1 99x2', asks = '101x1 102x2'): Snapshot => ({
  lastUpdateId,
  bids: levelsOf(bids),
  asks: levelsOf(asks),
});

/** The book of BTCUSDT with its frames by hand, REST's answers by hand, and a clock that stands still. */
export class BinanceBookLab {
  now: Instant = START;
  /** What REST answers; nothing for a server that is away. */
  rest: Snapshot | undefined;
  asked = 0;
  askedId = 0;
  restarts = 0;
  isConnectionSilent = false;
  readonly counts: Counts = noCounts();
  readonly told: Book[] = [];
  readonly held: Book[] = [];
  readonly book: BookSubscription;

  constructor(readonly symbol = 'BTCUSDT') {
    this.book = new BookSubscription({
      venue: 'binance',
      instrument: () => idOf('BTC-USDT'),
      clock: { now: () => this.now },
      counts: this.counts,
      venueClock: new VenueClock(),
      fetchSnapshot: async () => {
        this.asked += 1;
        return this.answer();
      },
      fetchId: async () => {
        this.askedId += 1;
        return this.answer().lastUpdateId;
      },
      isConnectionSilent: () => this.isConnectionSilent,
      onFrozen: () => {
        this.restarts += 1;
        this.book.distrust('stale');
      },
      proveEveryMs: () => 2_000,
      onBook: (book) => void this.told.push(book),
      onHeld: (book) => void this.held.push(book),
    });
    this.book.await();
  }

  /** A frame as it comes; whether it could be read. */
  hear(text: string): boolean {
    const frame = readFrame(text);
    if (frame?.kind === 'depth' && frame.symbol === this.symbol) return this.book.take(frame);
    if (frame?.kind === 'best' && frame.symbol === this.symbol) this.book.hear(frame);
    if (frame) return true;
    const lost = booksLost(text);
    if (lost === 'all' || lost.includes(this.symbol)) this.book.lose();
    return false;
  }

  /** What changed from one update to another. */
  diff(U: number, u: number, bids = '', asks = ''): void {
    const data = { e: 'depthUpdate', E: this.now, s: this.symbol, U, u, b: levelsOf(bids), a: levelsOf(asks) };
    this.hear(JSON.stringify({ stream: `${this.symbol.toLowerCase()}@depth@100ms`, data }));
  }

  best(u: number, b: string, a: string): void {
    const data = { u, s: this.symbol, b, B: '1', a, A: '1' };
    this.hear(JSON.stringify({ stream: `${this.symbol.toLowerCase()}@bookTicker`, data }));
  }

  /** Lets time pass as the feed does: it looks at the book every 250 ms. */
  async pass(ms: number): Promise<void> {
    for (const end = this.now + ms; this.now < end; ) {
      this.now = instant(Math.min(this.now + CHECK_MS, end));
      this.book.check();
      await new Promise((resolve) => setImmediate(resolve));
    }
  }

  /** A book of 100 to 101 as of update 160, which is trusted. */
  static async good(): Promise<BinanceBookLab> {
    const lab = new BinanceBookLab();
    lab.rest = snapshotOf(160);
    lab.diff(155, 160);
    await lab.pass(500);
    return lab;
  }

  qualities = (): string => this.told.map(({ quality }) => quality).join(' ');
  last = (): string => {
    const { quality, venueProof, bids, asks } = this.told.at(-1) ?? {};
    const touch = [bids?.[0], asks?.[0]].map((level) => (level ? formatPrice(level.price) : '-')).join('/');
    return `${quality ?? 'nothing'} ${venueProof ?? ''} ${touch}`;
  };

  private answer(): Snapshot {
    if (!this.rest) throw new Error('it is away');
    return this.rest;
  }
}
