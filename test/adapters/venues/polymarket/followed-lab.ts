import { type Counts, noCounts } from '../../../../adapters/venues/counts';
import { BookSubscription, CONFIRM_MS } from '../../../../adapters/venues/polymarket/books/book-subscription';
import { bookEvent, type Change } from '../../../../adapters/venues/polymarket/wire/frames';
import { readFrame } from '../../../../adapters/venues/polymarket/wire/read-frame';
import { type Instant, instant } from '../../../../domain/kernel/instant';
import { formatPrice } from '../../../../domain/kernel/money';
import type { Book } from '../../../../domain/market/book';
import type { Instrument } from '../../../../domain/market/instrument';
import { VenueClock } from '../../../../domain/market/venue-clock';
import type { VenueTrade } from '../../../../domain/market/venue-trade';
import { OUTCOMES } from '../../../../local/simulators/truth/listing';
import { heldOutcome } from './gamma-story';

export const START = instant(1_790_658_820_000);
const CHECK_MS = 100;

/** One token of Polymarket's with its frames by hand, REST's answer by hand, and a clock that stands still. */
export class FollowedLab {
  now: Instant = START;
  /** What REST answers; nothing for a server that is away. */
  rest: object | undefined;
  asked = 0;
  readonly counts: Counts = noCounts();
  readonly told: Book[] = [];
  readonly held: Book[] = [];
  readonly trades: VenueTrade[] = [];
  readonly followed: BookSubscription;

  constructor(readonly asset = '1') {
    const listed: Instrument = { ...heldOutcome(OUTCOMES[2]?.slug ?? '', 'yes'), venueSymbol: asset };
    this.followed = new BookSubscription(listed, {
      clock: { now: () => this.now },
      counts: this.counts,
      venueClock: new VenueClock(),
      proveEveryMs: () => CONFIRM_MS,
      onHeld: (book) => void this.held.push(book),
      fetchBook: async () => {
        this.asked += 1;
        if (!this.rest) throw new Error('it is away');
        return bookEvent.parse(this.rest);
      },
      onBook: (book) => void this.told.push(book),
      onFrozen: () => undefined,
    });
  }

  /** A frame of the socket, as far as it is about this token. */
  hear(frame: object | string): void {
    for (const event of readFrame(typeof frame === 'string' ? frame : JSON.stringify(frame)).events) {
      if (event.event_type === 'book' && event.asset_id === this.asset) this.followed.takeBook(event);
      if (event.event_type === 'price_change') this.hearChanges(event.price_changes, Number(event.timestamp));
      if (event.event_type === 'lost' && (event.assets === 'all' || event.assets.includes(this.asset))) {
        this.followed.resync();
      }
      if (event.event_type === 'last_trade_price' && event.asset_id === this.asset) {
        const trade = this.followed.takeTrade(event);
        if (trade) this.trades.push(trade);
      }
    }
  }

  /** Lets time pass as the feed does: it looks at each book every 100 ms. */
  async pass(ms: number): Promise<void> {
    for (const end = this.now + ms; this.now < end; ) {
      this.now = instant(Math.min(this.now + CHECK_MS, end));
      this.followed.check();
      await new Promise((resolve) => setImmediate(resolve));
    }
  }

  qualities = (): string => this.told.map(({ quality }) => quality).join(' ');
  touches = (): readonly string[] => this.told.map(touchOf);
  last = (): string => `${this.told.at(-1)?.quality} ${touchOf(this.told.at(-1))}`;

  private hearChanges(changes: readonly Change[], venueMs: number): void {
    const ours = changes.filter(({ asset_id }) => asset_id === this.asset);
    if (ours.length > 0) this.followed.takeChanges(ours, venueMs);
  }
}

const touchOf = (book: Book | undefined): string =>
  [book?.bids[0], book?.asks[0]].map((level) => (level ? formatPrice(level.price) : '-')).join('/');

/** `0.61x100 0.6x5`: levels as the venue writes them. */
const levelsOf = (text: string): readonly object[] =>
  text
    .split(' ')
    .filter(Boolean)
    .map((level) => ({ price: level.split('x')[0], size: level.split('x')[1] }));

export const bookOf = (asset: string, bids: string, asks: string, timestamp: number): object => ({
  event_type: 'book',
  asset_id: asset,
  timestamp: `${timestamp}`,
  hash: `h${timestamp}`,
  bids: levelsOf(bids),
  asks: levelsOf(asks),
});
