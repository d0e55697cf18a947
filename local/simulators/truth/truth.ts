import { type Listing, OUTCOMES, type OutcomeListing, SPOTS } from './listing';
import { PricePaths } from './price-path';
import { SeededRandom } from './random';
import { type Change, type Side, type TrueLevel, TruthBook } from './truth-book';

export type TruthStatus = 'open' | 'halted' | 'closed';
export type TrueTrade = { readonly listing: Listing; readonly id: number; readonly taker: Side } & TrueLevel;

export type TruthListener = {
  /** Some levels of a market have another size. */
  readonly changed?: (listing: Listing, changes: readonly Change[]) => void;
  readonly traded?: (trade: TrueTrade) => void;
  readonly statusChanged?: (listing: Listing, status: TruthStatus) => void;
  readonly resolved?: (listing: OutcomeListing, winner: 'yes' | 'no') => void;
};

export type TruthOptions = { readonly seed: number; readonly speed?: number; readonly replay?: readonly number[] };

const TRADE_CHANCE = 0.25;

/** What is true at every simulated venue: one price path and one book per market, all from one seed. */
export class Truth {
  readonly listings: readonly Listing[] = [...SPOTS, ...OUTCOMES];
  private readonly random: SeededRandom;
  private readonly paths: PricePaths;
  private readonly books = new Map<string, TruthBook>();
  private readonly statuses = new Map<string, TruthStatus>();
  private readonly winners = new Map<string, 'yes' | 'no'>();
  private readonly factors = new Map<string, number>();
  private readonly listeners: TruthListener[] = [];
  private trades = 0;

  constructor(private readonly options: TruthOptions) {
    this.random = new SeededRandom(options.seed);
    this.paths = new PricePaths(this.listings, this.random, options.replay);
    for (const listing of this.listings) {
      this.books.set(listing.id, new TruthBook(listing, this.random));
      this.book(listing.id).moveTo(this.bidTick(listing));
    }
  }

  listen(listener: TruthListener): void {
    this.listeners.push(listener);
  }

  levels = (id: string, side: Side): readonly TrueLevel[] => this.book(id).levels(side);
  status = (id: string): TruthStatus => this.statuses.get(id) ?? 'open';
  winner = (id: string): 'yes' | 'no' | undefined => this.winners.get(id);
  mid = (id: string): number => this.paths.mid(id);

  /** Lets wall-clock seconds pass; the speed makes more market time of them. */
  step(seconds: number): void {
    this.paths.step(seconds * (this.options.speed ?? 1), (id) => this.factors.get(id) ?? 1);
    for (const listing of this.listings) {
      if (this.status(listing.id) !== 'open') continue;
      this.refresh(listing);
      if (this.random.next() < TRADE_CHANCE) this.trade(listing);
    }
  }

  /** Moves a market's truth to a price at once. */
  setPrice(listing: Listing, price: number): void {
    this.paths.set(listing.id, price);
    this.refresh(listing);
  }

  /** 0 freezes the price, 1 is normal. Sizes deep in the book go on changing. */
  setVolatility(listings: readonly Listing[], factor: number): void {
    for (const { id } of listings) this.factors.set(id, factor);
  }

  setStatus(listing: Listing, status: TruthStatus): void {
    this.statuses.set(listing.id, status);
    for (const { statusChanged } of this.listeners) statusChanged?.(listing, status);
  }

  resolve(listing: OutcomeListing, winner: 'yes' | 'no'): void {
    this.winners.set(listing.id, winner);
    this.setStatus(listing, 'closed');
    for (const { resolved } of this.listeners) resolved?.(listing, winner);
  }

  /** A bid above the best ask, until the next step. */
  cross(listing: Listing): void {
    const ask = this.levels(listing.id, 'ask')[0];
    if (ask) this.tell(listing, [this.book(listing.id).set('bid', ask.tick + 1, ask.size)]);
  }

  /** One book at a price far off, the next one right again: what a broken feed shows. */
  spike(listing: Listing, factor: number): void {
    const before = this.mid(listing.id);
    this.setPrice(listing, before * factor);
    this.setPrice(listing, before);
  }

  private refresh(listing: Listing): void {
    const book = this.book(listing.id);
    this.tell(listing, [...book.moveTo(this.bidTick(listing)), ...book.flutter()]);
  }

  private trade(listing: Listing): void {
    const taker: Side = this.random.next() < 0.5 ? 'bid' : 'ask';
    const touch = this.levels(listing.id, taker === 'bid' ? 'ask' : 'bid')[0];
    if (!touch) return;
    const size = Math.max(1, Math.floor(touch.size * this.random.between(0.001, 0.05)));
    const trade: TrueTrade = { listing, id: ++this.trades, taker, tick: touch.tick, size };
    for (const { traded } of this.listeners) traded?.(trade);
  }

  private tell(listing: Listing, changes: readonly Change[]): void {
    for (const { changed } of this.listeners) changed?.(listing, lastOfEach(changes));
  }

  private bidTick(listing: Listing): number {
    // The tenth of a millionth keeps 60000 / 0.1 from landing just under 600000.
    return Math.floor(this.paths.mid(listing.id) * 10 ** listing.priceDecimals + 1e-7);
  }

  private book(id: string): TruthBook {
    const book = this.books.get(id);
    if (!book) throw new Error(`invariant: ${id} is not listed`);
    return book;
  }
}

/** A level may be touched twice in one step; a venue tells its last size only. */
const lastOfEach = (changes: readonly Change[]): readonly Change[] => [
  ...new Map(changes.map((change) => [`${change.side}${change.tick}`, change])).values(),
];

/** Ticks or smallest units as the venues write them. */
export const decimalText = (units: number, decimals: number): string => {
  const digits = `${units}`.padStart(decimals + 1, '0');
  return decimals === 0 ? digits : `${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`;
};
