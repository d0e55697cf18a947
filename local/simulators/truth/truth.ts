import type { PricePath } from './candle-path';
import { type Listing, OUTCOMES, type OutcomeListing, SPOTS, TETHER } from './listing';
import { type Answer, isTrading, MarketLife, type Step, type TruthStatus } from './market-life';
import { Past } from './past';
import { PricePaths } from './price-path';
import { SeededRandom } from './random';
import { type Change, type Side, type TrueLevel, TruthBook } from './truth-book';

/** Trades of one market are counted from 1; a `bid` takes from the asks. */
export type TrueTrade = { readonly listing: Listing; readonly id: number; readonly taker: Side } & TrueLevel;

export type TruthListener = {
  /** Some levels of a market have another size. */
  readonly changed?: (listing: Listing, changes: readonly Change[]) => void;
  /** The levels that it took are smaller already; `changed` follows. */
  readonly traded?: (trade: TrueTrade) => void;
  readonly statusChanged?: (listing: Listing, status: TruthStatus) => void;
  readonly resolved?: (listing: OutcomeListing, answer: Answer) => void;
};

export type TruthOptions = { readonly seed: number; readonly speed?: number; readonly replay?: PricePath };

/** A usual trade takes this share of the best level, give or take; one in fifty goes through it. */
const TRADE_SHARE = 0.05;
const SWEEP_CHANCE = 0.02;

/** What is true at every simulated venue: one price path and one book per market, all from one seed. */
export class Truth {
  readonly listings: readonly Listing[] = [...SPOTS, TETHER, ...OUTCOMES];
  private readonly random: SeededRandom;
  private readonly paths: PricePaths;
  private readonly books = new Map<string, TruthBook>();
  private readonly lives = new Map<string, MarketLife>();
  private readonly factors = new Map<string, number>();
  private readonly listeners: TruthListener[] = [];
  private readonly trades = new Map<string, number>();
  /** Markets whose makers have pulled their bids. */
  private readonly stubs = new Set<string>();
  private before: Past | undefined;

  constructor(private readonly options: TruthOptions) {
    this.random = new SeededRandom(options.seed);
    this.paths = new PricePaths(this.listings, this.random, options.replay);
    for (const listing of this.listings) {
      this.books.set(listing.id, new TruthBook(listing, this.random));
      this.lives.set(listing.id, new MarketLife());
      this.book(listing.id).moveTo(this.bidTick(listing));
    }
  }

  listen(listener: TruthListener): void {
    this.listeners.push(listener);
  }

  levels = (id: string, side: Side): readonly TrueLevel[] => this.book(id).levels(side);
  status = (id: string): TruthStatus => this.life(id).status;
  answer = (id: string): Answer | undefined => this.life(id).answer;
  oracle = (id: string): readonly string[] => this.life(id).oracle;
  mid = (id: string): number => this.paths.mid(id);

  /** What was before the beginning; made when somebody asks. */
  get past(): Past {
    this.before ??= new Past(this.listings, this.options.seed, this.options.replay);
    return this.before;
  }

  /** Lets wall-clock seconds pass; the speed makes more market time of them. */
  step(seconds: number): void {
    const passed = seconds * (this.options.speed ?? 1);
    this.paths.step(passed, (id) => this.factorOf(id));
    for (const listing of this.listings) {
      if (this.status(listing.id) !== 'open' || this.stubs.has(listing.id)) continue;
      this.refresh(listing);
      const trades = this.random.poisson(listing.tradesPerSecond * passed * this.factorOf(listing.id));
      for (let trade = 0; trade < trades; trade++) this.trade(listing);
    }
  }

  /** Sizes deep in a book change while its price stands still, as those of the liveliest market do all the time. */
  flutter(listing: Listing): void {
    if (this.status(listing.id) === 'open') this.tell(listing, this.book(listing.id).flutter());
  }

  /** Moves a market's truth to a price at once. */
  setPrice(listing: Listing, price: number): void {
    this.paths.set(listing.id, price);
    this.refresh(listing);
  }

  /** 0 freezes the price and the trades, 1 is normal. Sizes deep in the book go on changing. */
  setVolatility(listings: readonly Listing[], factor: number): void {
    for (const { id } of listings) this.factors.set(id, factor);
  }

  /** By how much the moves of a market are larger than usual. */
  volatility = (id: string): number => this.factorOf(id);

  /** A step of a market's life. The book of one that closes is empty before anybody says why. */
  setStatus(listing: Listing, step: Exclude<Step, 'resolve' | 'correct'>): void {
    this.go(listing, step);
  }

  resolve(listing: OutcomeListing, answer: Answer): void {
    this.go(listing, 'resolve', answer);
    for (const { resolved } of this.listeners) resolved?.(listing, answer);
  }

  /** The answer was wrong: no venue sends word of it, its catalogue says it. */
  correct(listing: OutcomeListing, answer: Answer): void {
    this.go(listing, 'correct', answer);
  }

  /** Prints one trade of this size at this price; levels that are better have left the book before it. */
  print(listing: Listing, taker: Side, { tick, size }: TrueLevel): void {
    const changes = this.book(listing.id).takeAt(taker === 'bid' ? 'ask' : 'bid', tick, size);
    this.tellTrade(listing, taker, { tick, size });
    this.tell(listing, changes);
  }

  /** Puts a bid above the best ask, until the next step. */
  cross(listing: Listing): void {
    const ask = this.levels(listing.id, 'ask')[0];
    if (ask) this.tell(listing, [this.book(listing.id).set('bid', ask.tick + 1, ask.size)]);
  }

  /** Shows one book at a price far off and then the right one again, as a broken feed does. */
  spike(listing: Listing, factor: number): void {
    const before = this.mid(listing.id);
    this.setPrice(listing, before * factor);
    this.setPrice(listing, before);
  }

  /** Takes back all bids but one for a unit at the lowest price, until they are given again. */
  stub(listing: Listing, isStubbed: boolean): void {
    this.stubs.delete(listing.id);
    if (!isStubbed) {
      this.refresh(listing);
      return;
    }
    this.stubs.add(listing.id);
    const book = this.book(listing.id);
    const gone = this.levels(listing.id, 'bid').map(({ tick }) => book.set('bid', tick, 0));
    this.tell(listing, [...gone, book.set('bid', 1, 10 ** listing.qtyDecimals)]);
  }

  private go(listing: Listing, step: Step, answer?: Answer): void {
    const life = this.life(listing.id);
    const wasTrading = isTrading(life.status);
    life.take(step, answer);
    if (wasTrading && !isTrading(life.status)) this.tell(listing, this.book(listing.id).clear());
    for (const { statusChanged } of this.listeners) statusChanged?.(listing, life.status);
  }

  private refresh(listing: Listing): void {
    if (!isTrading(this.status(listing.id))) return;
    const book = this.book(listing.id);
    this.tell(listing, [...book.moveTo(this.bidTick(listing)), ...book.restock(), ...book.flutter()]);
  }

  private trade(listing: Listing): void {
    const taker: Side = this.random.next() < 0.5 ? 'bid' : 'ask';
    const side: Side = taker === 'bid' ? 'ask' : 'bid';
    const touch = this.levels(listing.id, side)[0];
    if (!touch) return;
    const isSweep = this.random.next() < SWEEP_CHANCE;
    const share = isSweep ? this.random.between(0.8, 1.6) : -TRADE_SHARE * Math.log(1 - this.random.next());
    const book = this.book(listing.id);
    const taken = book.take(side, Math.max(1, Math.floor(touch.size * share)));
    for (const level of taken) this.tellTrade(listing, taker, level);
    this.tell(
      listing,
      taken.map(({ tick }) => ({ side, tick, size: book.sizeAt(side, tick) })),
    );
  }

  private tellTrade(listing: Listing, taker: Side, level: TrueLevel): void {
    const id = (this.trades.get(listing.id) ?? 0) + 1;
    this.trades.set(listing.id, id);
    for (const { traded } of this.listeners) traded?.({ listing, id, taker, ...level });
  }

  private tell(listing: Listing, changes: readonly Change[]): void {
    for (const { changed } of this.listeners) changed?.(listing, lastOfEach(changes));
  }

  private bidTick(listing: Listing): number {
    // The tenth of a millionth keeps 60000 / 0.1 from landing just under 600000.
    return Math.floor(this.paths.mid(listing.id) * 10 ** listing.priceDecimals + 1e-7);
  }

  private factorOf = (id: string): number => this.factors.get(id) ?? 1;

  private life(id: string): MarketLife {
    const life = this.lives.get(id);
    if (!life) throw new Error(`invariant: ${id} is not listed`);
    return life;
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
