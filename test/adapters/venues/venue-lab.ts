import { BinanceFeed, type BinanceOptions } from '../../../adapters/venues/binance/feed';
import { CoinbaseFeed, type CoinbaseOptions } from '../../../adapters/venues/coinbase/feed';
import { KalshiFeed, type KalshiOptions } from '../../../adapters/venues/kalshi/feed';
import { KrakenFeed, type KrakenOptions } from '../../../adapters/venues/kraken/feed';
import { PolymarketFeed, type PolymarketOptions } from '../../../adapters/venues/polymarket/feed';
import type { InstrumentId } from '../../../domain/kernel/ids';
import { formatPrice, formatQty } from '../../../domain/kernel/money';
import type { Book } from '../../../domain/market/book';
import type { Instrument } from '../../../domain/market/instrument';
import type { Level } from '../../../domain/market/level';
import type { VenueTrade } from '../../../domain/market/venue-trade';
import { BinanceServer } from '../../../local/simulators/binance/server';
import { CoinbaseServer } from '../../../local/simulators/coinbase/server';
import { KALSHI_NAMES } from '../../../local/simulators/kalshi/names';
import { KalshiServer } from '../../../local/simulators/kalshi/server';
import { KrakenServer } from '../../../local/simulators/kraken/server';
import { PolymarketServer } from '../../../local/simulators/polymarket/server';
import type { Listing } from '../../../local/simulators/truth/listing';
import { decimalText, type TrueTrade, Truth } from '../../../local/simulators/truth/truth';
import { systemClock } from '../../../runtime/edge';
import type { VenueFeed } from '../../../usecases/ports/market-data/venue';
import { freePort } from '../../fixtures/free-port';
import { KALSHI_KEY, KALSHI_MEMBER } from '../../fixtures/kalshi-key';

type VenueServer = BinanceServer | KrakenServer | CoinbaseServer | PolymarketServer | KalshiServer;

/** A feed that follows a simulator over a real socket, and what it has said so far. */
export class VenueLab<V extends VenueServer = VenueServer> {
  readonly books = new Map<InstrumentId, Book>();
  readonly history: Book[] = [];
  readonly held: Book[] = [];
  readonly instruments = new Map<InstrumentId, Instrument>();
  /** Each instrument's statuses and payouts in their order. */
  readonly lives: string[] = [];
  readonly trades: VenueTrade[] = [];
  readonly trueTrades: TrueTrade[] = [];
  readonly unreadable: string[] = [];
  readonly troubles: string[] = [];
  readonly alarms: string[] = [];
  private readonly waiters = new Set<() => void>();

  private constructor(
    readonly truth: Truth,
    readonly venue: V,
    readonly feed: VenueFeed,
  ) {
    truth.listen({ traded: (trade) => void this.trueTrades.push(trade) });
    feed.start({
      onBook: (book) => {
        this.books.set(book.instrument, book);
        this.history.push(book);
        this.wake();
      },
      onHeld: (book) => {
        this.books.set(book.instrument, book);
        this.held.push(book);
        this.wake();
      },
      onInstruments: (instruments) => {
        for (const instrument of instruments) {
          this.instruments.set(instrument.id, instrument);
          this.lives.push(`${instrument.id} ${lifeOf(instrument)}`);
        }
        this.wake();
      },
      onTrade: (trade) => {
        this.trades.push(trade);
        this.wake();
      },
      onUnreadable: ({ text }) => {
        this.unreadable.push(text);
        this.wake();
      },
      onTrouble: (what) => {
        this.troubles.push(what);
        this.wake();
      },
      onAlarm: (what) => {
        this.alarms.push(what);
        this.wake();
      },
    });
  }

  static async binance(options: Partial<BinanceOptions> = {}): Promise<VenueLab<BinanceServer>> {
    const truth = new Truth({ seed: 7 });
    const [ws, http] = [await freePort(), await freePort()];
    const feed = new BinanceFeed({
      wsUrl: `ws://127.0.0.1:${ws}`,
      restUrl: `http://127.0.0.1:${http}`,
      symbols: ['BTC/USDT', 'ETH/USDT', 'SOL/USDT'],
      held: async () => [],
      ...options,
      tempo: { readEveryMs: 150, ...options.tempo },
      clock: systemClock,
    });
    const server = new BinanceServer(truth, { ws, http });
    // What is listed is read more often here than anywhere.
    server.rest.limit = 1_000_000;
    return new VenueLab(truth, server, feed);
  }

  static async kraken(options: Partial<KrakenOptions> = {}): Promise<VenueLab<KrakenServer>> {
    const truth = new Truth({ seed: 7 });
    const port = await freePort();
    const symbols = ['BTC/USD', 'ETH/USD', 'SOL/USD'];
    const url = `ws://127.0.0.1:${port}/v2`;
    const feed = new KrakenFeed({ url, symbols, held: async () => [], ...options, clock: systemClock });
    return new VenueLab(truth, new KrakenServer(truth, port), feed);
  }

  static async coinbase(options: Partial<CoinbaseOptions> = {}): Promise<VenueLab<CoinbaseServer>> {
    const truth = new Truth({ seed: 7 });
    const [ws, http] = [await freePort(), await freePort()];
    const feed = new CoinbaseFeed({
      wsUrl: `ws://127.0.0.1:${ws}`,
      restUrl: `http://127.0.0.1:${http}`,
      products: ['BTC-USD', 'ETH-USD', 'SOL-USD'],
      tradeSide: 'taker',
      held: async () => [],
      ...options,
      tempo: { readEveryMs: 150, ...options.tempo },
      clock: systemClock,
    });
    return new VenueLab(truth, new CoinbaseServer(truth, { ws, http }), feed);
  }

  static async polymarket(followed: Partial<PolymarketOptions> = {}): Promise<VenueLab<PolymarketServer>> {
    const truth = new Truth({ seed: 7 });
    const [ws, http] = [await freePort(), await freePort()];
    const rest = `http://127.0.0.1:${http}`;
    const feed = new PolymarketFeed({
      wsUrl: `ws://127.0.0.1:${ws}/ws/market`,
      clobUrl: rest,
      gammaUrl: rest,
      markets: [],
      held: async () => [],
      tempo: { readEveryMs: 150, resolvedAgainMs: 150 },
      ...followed,
      clock: systemClock,
    });
    return new VenueLab(truth, new PolymarketServer(truth, { ws, http }), feed);
  }

  static async kalshi(options: Partial<KalshiOptions> = {}): Promise<VenueLab<KalshiServer>> {
    const truth = new Truth({ seed: 7 });
    const [ws, http] = [await freePort(), await freePort()];
    const feed = new KalshiFeed({
      wsUrl: `ws://127.0.0.1:${ws}/trade-api/ws/v2`,
      restUrl: `http://127.0.0.1:${http}/trade-api/v2`,
      series: Object.values(KALSHI_NAMES).map(({ series }) => series),
      key: KALSHI_KEY,
      held: async () => [],
      tempo: { readEveryMs: 150, resolvedAgainMs: 150 },
      ...options,
      clock: systemClock,
    });
    return new VenueLab(truth, new KalshiServer(truth, { ws, http, member: KALSHI_MEMBER }), feed);
  }

  /** Waits until it is so, doing `meanwhile` after every book; the test's own time limit ends the wait. */
  async until(isDone: () => boolean, meanwhile: () => void = () => undefined): Promise<void> {
    while (!isDone()) {
      meanwhile();
      await new Promise<void>((resolve) => {
        this.waiters.add(resolve);
        setTimeout(resolve, 50).unref();
      });
    }
  }

  status = (id: string): string => {
    const instrument = this.instruments.get(id as InstrumentId);
    return instrument ? lifeOf(instrument) : 'none';
  };

  /** The statuses and payouts of one instrument, in their order. */
  life = (id: string): readonly string[] =>
    this.lives.filter((line) => line.startsWith(`${id} `)).map((line) => line.slice(id.length + 1));

  step = (): void => this.truth.step(1);

  quality = (id: string): string => this.books.get(id as InstrumentId)?.quality ?? 'none';

  /** The connector's book of an instrument as text, `depth` levels a side. */
  seen(id: string, depth: number): readonly string[] {
    const { bids = [], asks = [] } = this.books.get(id as InstrumentId) ?? {};
    return textOf({ bids, asks }, depth);
  }

  /** The simulator's truth in the same words. */
  true(listing: Listing, depth: number): readonly string[] {
    const side = (name: 'bid' | 'ask') =>
      this.truth
        .levels(listing.id, name)
        .slice(0, depth)
        .map(
          ({ tick, size }) =>
            `${plain(decimalText(tick, listing.priceDecimals))} ${plain(decimalText(size, listing.qtyDecimals))}`,
        );
    return [...side('bid'), '/', ...side('ask')];
  }

  /** What was said so far takes no memory any more. */
  forget(): void {
    for (const list of [this.history, this.held, this.lives, this.trades, this.trueTrades]) list.length = 0;
    for (const list of [this.troubles, this.alarms, this.unreadable]) list.length = 0;
  }

  async close(): Promise<void> {
    await this.feed.stop();
    await this.venue.stop();
  }

  private wake(): void {
    for (const resolve of this.waiters) resolve();
    this.waiters.clear();
  }
}

/** A book as text, `depth` levels a side. */
export function textOf({ bids, asks }: Pick<Book, 'bids' | 'asks'>, depth: number): readonly string[] {
  const text = (levels: readonly Level[]) =>
    levels.slice(0, depth).map(({ price, qty }) => `${formatPrice(price)} ${formatQty(qty)}`);
  return [...text(bids), '/', ...text(asks)];
}

const lifeOf = ({ status, payout }: Instrument): string => {
  if (!payout) return status;
  return `${status} ${payout.kind === 'void' ? 'void' : formatPrice(payout.price)}`;
};

const plain = (text: string): string => (text.includes('.') ? text.replace(/0+$/, '').replace(/\.$/, '') : text);
