import type { Instant } from '../../../../domain/kernel/instant';
import { parseQty } from '../../../../domain/kernel/money';
import type { Instrument } from '../../../../domain/market/instrument';
import type { Counts } from '../../counts';
import { CORRECTIONS_MS } from '../../outcomes/outcome-life';
import type { ReadCatalogue } from '../../outcomes/reading';
import type { VenueRest } from '../../rest';
import type { MessageOf } from '../wire/frames';
import { fetchIsTrading, fetchMarkets, fetchOpen, type KalshiMarket, type Markets } from '../wire/rest';
import { instrumentsFrom, type Listed, tickerOf, whyNot } from './instruments';
import { KnownEvents } from './known-events';
import { heard } from './lifecycle';

export type CatalogueOptions = {
  readonly rest: VenueRest;
  readonly counts: Counts;
  /** Tickers of series whose open markets are followed, the most traded ones first. */
  readonly series: readonly string[];
  /** What is followed whatever is asked for, until long after its resolution: accounts may hold it. */
  readonly held: () => Promise<readonly Instrument[]>;
  /** How often a market is looked at, the resolved ones rarely. */
  readonly readEveryMs: number;
  readonly resolvedAgainMs: number;
  readonly onTrouble: (what: string) => void;
};

/** A market that was listed, or that an earlier run held. */
type Entry = {
  readonly listed: Listed | undefined;
  readonly instruments: readonly Instrument[];
  readonly resolvedAt: number | undefined;
  /** When the socket said something of it. */
  readonly saidAt: number;
  askAt: number;
};

/** So many of one series, and so many in all, are followed at a time. */
const [SERIES_MARKETS_MAX, MARKETS_MAX] = [20, 100];
/** An answer of the catalogue may lag so far behind the socket. */
const CATALOGUE_LAG_MS = 5_000;

/** What of Kalshi's catalogue is to be followed: read now and then, and kept to date by what the socket says. */
export class Catalogue implements ReadCatalogue {
  private readonly entries = new Map<string, Entry>();
  private readonly complainedOf = new Set<string>();
  private readonly known: KnownEvents;
  private isHeldRead = false;
  /** The exchange as a whole trades. */
  private isTrading = true;

  constructor(private readonly options: CatalogueOptions) {
    this.known = new KnownEvents(options.rest);
  }

  held = async (): Promise<readonly Instrument[]> => {
    if (this.isHeldRead) return [];
    const held = await this.options.held();
    this.isHeldRead = true;
    for (const instrument of held) {
      const ticker = tickerOf(instrument);
      const instruments = [...(this.entries.get(ticker)?.instruments ?? []), instrument];
      this.entries.set(ticker, { instruments, listed: undefined, askAt: 0, resolvedAt: undefined, saidAt: 0 });
    }
    return held;
  };

  hurry = (ticker: string): void => {
    const entry = this.entries.get(ticker);
    if (entry) entry.askAt = 0;
  };

  /** Whether a new market of this event would be followed. */
  follows = (eventTicker: string): boolean =>
    this.options.series.some((series) => eventTicker === series || eventTicker.startsWith(`${series}-`));

  /** Both outcomes of each market that is due; throws when the catalogue cannot be had. */
  read = async (now: Instant): Promise<readonly Instrument[]> => {
    const { rest, series } = this.options;
    const turned = this.turn(await fetchIsTrading(rest), now);
    const found = new Set<string>();
    const read: Instrument[] = [];
    const take = async (markets: readonly KalshiMarket[]) => {
      for (const market of markets) {
        found.add(market.ticker);
        read.push(...(await this.list(market, now)));
      }
    };
    for (const ticker of series) await take(await this.open(ticker));
    const due = [...this.entries].filter(([ticker, { askAt }]) => askAt <= now && !found.has(ticker));
    await take(
      this.readable(
        await fetchMarkets(
          rest,
          due.map(([ticker]) => ticker),
        ),
      ),
    );
    for (const [ticker, { instruments }] of due) {
      if (found.has(ticker)) continue;
      this.complain(ticker, 'is halted: it is no longer listed');
      read.push(...halted(instruments));
    }
    return [...turned, ...read];
  };

  /** What the socket says of a market; what its instruments are after it. */
  hear(said: MessageOf<'market_lifecycle_v2'>, now: Instant): readonly Instrument[] {
    const { listed } = this.entries.get(said.market_ticker) ?? {};
    return listed ? this.put({ ...listed, market: heard(listed.market, said) }, now, now) : [];
  }

  /** An event has other fees, and so have all its markets. */
  hearFees(said: MessageOf<'event_fee_update'>, now: Instant): readonly Instrument[] {
    const event = this.known.takeFees(said);
    const concerned = [...this.entries.values()].flatMap(({ listed }) => listed ?? []);
    return concerned.flatMap((listed) =>
      event && listed.event.event_ticker === event.event_ticker ? this.put({ ...listed, event }, now, now) : [],
    );
  }

  /** The markets whose time to close has come since they were looked at last, as they are now. */
  closed(now: Instant): readonly Instrument[] {
    return [...this.entries.values()].flatMap(({ listed, instruments, saidAt }) => {
      const isOpen = instruments.some(({ status }) => status === 'open');
      if (!listed || !isOpen || Date.parse(listed.market.close_time) > now) return [];
      return this.put(listed, now, saidAt);
    });
  }

  /** The open markets of a series: those that were listed before, and the most traded of the others. */
  private async open(series: string): Promise<readonly KalshiMarket[]> {
    const { events, ...markets } = await fetchOpen(this.options.rest, series);
    this.known.learn(events);
    const busiest = [...this.readable(markets)].sort((a, b) => Number(volumeOf(b) - volumeOf(a)));
    if (busiest.length === 0) this.complain(series, 'has no open markets');
    return busiest.filter(({ ticker }, place) => place < SERIES_MARKETS_MAX || this.entries.has(ticker));
  }

  private readable({ markets, unreadable }: Markets): readonly KalshiMarket[] {
    for (const { ticker, why } of unreadable) this.complain(ticker, `cannot be read: ${why}`);
    return markets;
  }

  private async list(market: KalshiMarket, now: Instant): Promise<readonly Instrument[]> {
    const { ticker } = market;
    const event = await this.known.event(market.event_ticker);
    const listed = { market, event, series: await this.known.seriesOf(event.series_ticker, now) };
    const entry = this.entries.get(ticker);
    if (entry && now < entry.saidAt + CATALOGUE_LAG_MS) {
      this.options.counts.answersOld += 1;
      return [];
    }
    const why = whyNot(listed);
    if (why !== undefined) {
      this.complain(ticker, `cannot be followed: ${why}`);
      return halted(entry?.instruments ?? []);
    }
    const unresolved = [...this.entries.values()].filter(({ resolvedAt }) => resolvedAt === undefined);
    return entry || unresolved.length < MARKETS_MAX ? this.put(listed, now, entry?.saidAt ?? 0) : [];
  }

  private put(listed: Listed, now: Instant, saidAt: number): readonly Instrument[] {
    const { ticker } = listed.market;
    const entry = this.entries.get(ticker);
    const made = instrumentsFrom(listed, now);
    const instruments = made && this.isTrading ? made : halted(made ?? entry?.instruments ?? []);
    const isResolved = instruments.some(({ status }) => status === 'resolved');
    const resolvedAt = isResolved ? (entry?.resolvedAt ?? now) : undefined;
    const isOver = resolvedAt !== undefined && now - resolvedAt > CORRECTIONS_MS;
    const { readEveryMs, resolvedAgainMs } = this.options;
    const askAt = isOver ? Number.POSITIVE_INFINITY : now + (isResolved ? resolvedAgainMs : readEveryMs);
    this.entries.set(ticker, { listed, instruments, resolvedAt, saidAt, askAt });
    return instruments;
  }

  /** All markets, when the exchange as a whole has begun to rest or to trade. */
  private turn(isTrading: boolean, now: Instant): readonly Instrument[] {
    if (isTrading === this.isTrading) return [];
    this.isTrading = isTrading;
    this.options.onTrouble(`kalshi: the exchange ${isTrading ? 'trades again' : 'trades nothing for now'}`);
    const entries = [...this.entries.values()];
    return entries.flatMap(({ listed, saidAt }) => (listed ? this.put(listed, now, saidAt) : []));
  }

  private complain(ticker: string, what: string): void {
    if (this.complainedOf.has(`${ticker} ${what}`)) return;
    this.complainedOf.add(`${ticker} ${what}`);
    this.options.onTrouble(`kalshi: ${ticker} ${what}`);
  }
}

const volumeOf = ({ volume_24h_fp }: KalshiMarket): bigint => parseQty(volume_24h_fp ?? '') ?? 0n;

/** What trades no longer does; what has ended stays as it is. */
const halted = (instruments: readonly Instrument[]): readonly Instrument[] =>
  instruments.map((instrument) => (instrument.status === 'open' ? { ...instrument, status: 'halted' } : instrument));
