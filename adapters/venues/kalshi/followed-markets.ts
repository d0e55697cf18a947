import type { Instant } from '../../../domain/kernel/instant';
import type { Instrument } from '../../../domain/market/instrument';
import type { VenueSession } from '../session';
import { Market } from './market';
import { type Pair, pairsOf } from './markets/instruments';
import type { Asking } from './socket/asking';
import type { Channels } from './socket/channels';

export type FollowedMarketsParts = {
  readonly session: VenueSession;
  readonly channels: Channels;
  readonly asking: Asking;
};

/** All markets that are followed, and what of them is subscribed: those that trade and were not refused. */
export class FollowedMarkets {
  private readonly all = new Map<string, Market>();

  constructor(private readonly parts: FollowedMarketsParts) {}

  get size(): number {
    return this.all.size;
  }

  get = (ticker: string): Market | undefined => this.all.get(ticker);

  tickers = (): Iterable<string> => this.all.keys();

  /** Those that the venue tells of, or should. */
  trading = (): readonly string[] => this.told().map(([ticker]) => ticker);

  put(instruments: readonly Instrument[]): void {
    for (const [ticker, pair] of pairsOf(instruments)) {
      const known = this.all.get(ticker);
      if (known) known.change(pair);
      else this.all.set(ticker, this.newMarket(ticker, pair));
    }
  }

  /** A subscription of all begins: nothing counts before the whole books. */
  await(): void {
    for (const [, market] of this.told()) market.book.await();
  }

  /** The connection is open: it tells of what trades, and of no more. */
  agree(): void {
    const { channels, asking } = this.parts;
    const added = this.told().filter(([ticker]) => !channels.has(ticker));
    const ended = [...this.all].filter(([ticker, market]) => channels.has(ticker) && !isTold(market));
    for (const [, market] of added) market.book.await();
    const [more, less] = [added, ended].map((these) => these.map(([ticker]) => ticker)) as [string[], string[]];
    if (more.length > 0) channels.add(more);
    if (less.length > 0) channels.remove(less);
    asking.asked(more);
    asking.forget(less);
  }

  hold(at: Instant): void {
    for (const [, market] of this.told()) market.book.hold(at);
  }

  /** The connection is gone. */
  lost(): void {
    for (const [, market] of this.told()) market.book.distrust('stale');
  }

  /** Something of their subscription never came. */
  missed(): void {
    for (const [, market] of this.told()) market.book.missed();
  }

  check(lastFrameAt: Instant): void {
    for (const [, market] of this.told()) market.book.check(lastFrameAt);
  }

  private told = (): readonly (readonly [string, Market])[] => [...this.all].filter(([, market]) => isTold(market));

  private newMarket(ticker: string, pair: Pair): Market {
    const { session, asking } = this.parts;
    return new Market(pair, {
      ...session.tellerParts(),
      askAgain: () => asking.want(ticker),
      onInstruments: (instruments) => session.listener.onInstruments(instruments),
      onTrouble: (what) => session.listener.onTrouble(what),
    });
  }
}

const isTold = (market: Market): boolean => market.isTrading() && !market.isRefused;
