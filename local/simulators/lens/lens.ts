import { type Listing, TETHER } from '../truth/listing';
import type { TruthStatus } from '../truth/market-life';
import type { PastCandle } from '../truth/past';
import type { TrueTrade, Truth, TruthListener } from '../truth/truth';
import type { Change, Side, TrueLevel } from '../truth/truth-book';
import { Distortion } from './distortion';
import { difference, projected, projectedTick, type Sides } from './projection';

/** A venue quotes in dollars, or in tethers, which are worth a little more or less. */
export type Quote = 'USD' | 'USDT';

/**
 * How one venue sees the truth. Everything that it says comes from here, so whatever is wrong here is wrong alike in
 * its books, snapshots, checksums and trades: the venue's own proofs hold, and it means what it says.
 */
export class Lens {
  private readonly distortions = new Map<string, Distortion>();
  /** By how much prices are wrong: another factor holds from the moment on at which the book is told by it. */
  private readonly factors = new Map<string, number>();
  private readonly frozen = new Map<string, Sides>();
  private readonly paused = new Set<string>();
  /** The books as they were told last, of markets that are not simply as they truly are. */
  private readonly told = new Map<string, Sides>();
  private readonly listeners: TruthListener[] = [];
  private readonly timers = new Set<NodeJS.Timeout>();
  private readonly byId: ReadonlyMap<string, Listing>;
  /** Tethers for a dollar. */
  private rate = 1;

  constructor(
    private readonly truth: Truth,
    private readonly quote: Quote = 'USD',
    private readonly now: () => number = () => performance.now(),
  ) {
    this.byId = new Map(truth.listings.map((listing) => [listing.id, listing]));
    this.convert();
    truth.listen({
      changed: (listing, changes) => this.follow(listing, changes),
      traded: (trade) => this.print(trade),
      statusChanged: ({ id }) => this.tellStatus(id),
      resolved: (listing, answer) => {
        for (const { resolved } of this.listeners) resolved?.(listing, answer);
      },
    });
  }

  get listings(): readonly Listing[] {
    return this.truth.listings;
  }

  listen(listener: TruthListener): void {
    this.listeners.push(listener);
  }

  levels = (id: string, side: Side): readonly TrueLevel[] =>
    this.frozen.get(id)?.[side] ??
    projected(this.listing(id), side, this.truth.levels(id, side), this.factor(this.listing(id)));

  status = (id: string): TruthStatus => {
    const status = this.truth.status(id);
    return status === 'open' && this.paused.has(id) ? 'halted' : status;
  };

  answer: Truth['answer'] = (id) => this.truth.answer(id);
  oracle: Truth['oracle'] = (id) => this.truth.oracle(id);

  /** A minute of before the beginning, in the venue's own money. Nothing is wrong with the past. */
  past(listing: Listing, minutes: number): PastCandle | undefined {
    const candle = this.truth.past.candle(listing.id, minutes);
    const tether = this.isConverted(listing) ? this.truth.past.candle(TETHER.id, minutes) : undefined;
    if (!candle || !tether) return candle;
    const converted = (tick: number): number => Math.round((tick * 10 ** TETHER.priceDecimals) / tether.close);
    const { open, high, low, close } = candle;
    return { ...candle, open: converted(open), high: converted(high), low: converted(low), close: converted(close) };
  }

  /** The price is another by so many per cent for a while; no time at all takes it back. */
  crash(listings: readonly Listing[], percent: number, ms: number): void {
    this.alter(listings, ({ id }) => this.distortion(id).setCrash(percent, ms));
    const timer = setTimeout(() => {
      this.timers.delete(timer);
      for (const listing of listings) this.retell(listing);
    }, ms + 1);
    this.timers.add(timer);
  }

  /** The price goes away by so many per cent in that time, and stays there; 0 takes it back at once. */
  drift(listings: readonly Listing[], percent: number, ms: number): void {
    this.alter(listings, ({ id }) => this.distortion(id).setDrift(percent, ms));
  }

  shift(listings: readonly Listing[], places: number): void {
    this.alter(listings, ({ id }) => this.distortion(id).setPlaces(places));
  }

  /** Books and trades stand still, and nothing else does. */
  freeze(listings: readonly Listing[], isFrozen: boolean): void {
    this.alter(listings, ({ id }) => {
      if (isFrozen) this.frozen.set(id, this.sides(id));
      else this.frozen.delete(id);
    });
  }

  /** Trading is halted here, whatever it is elsewhere. */
  pause(listings: readonly Listing[], isPaused: boolean): void {
    for (const { id } of listings) {
      const before = this.status(id);
      if (isPaused) this.paused.add(id);
      else this.paused.delete(id);
      if (this.status(id) !== before) this.tellStatus(id);
    }
  }

  /** Everything is again as it truly is. */
  clear(): void {
    this.alter(this.listings, ({ id }) => {
      this.distortions.delete(id);
      this.frozen.delete(id);
    });
    this.pause(this.listings, false);
  }

  /** What is wrong with a market here. */
  words(id: string): readonly string[] {
    return [
      ...(this.distortions.get(id)?.words() ?? []),
      ...(this.frozen.has(id) ? ['frozen'] : []),
      ...(this.paused.has(id) ? ['paused'] : []),
    ];
  }

  stop(): void {
    for (const timer of this.timers) clearTimeout(timer);
  }

  private follow(listing: Listing, changes: readonly Change[]): void {
    if (listing.id === TETHER.id) this.convert();
    if (this.told.has(listing.id)) this.retell(listing);
    else this.tell(listing, changes);
  }

  /** All prices here are others when the tether is worth more or less. */
  private convert(): void {
    const rate = this.rateNow();
    if (rate === this.rate) return;
    this.alter(this.listings.filter(this.isConverted), () => {
      this.rate = rate;
    });
  }

  private print(trade: TrueTrade): void {
    const { listing, taker, tick } = trade;
    if (this.frozen.has(listing.id)) return;
    const shown = projectedTick(listing, taker === 'bid' ? 'ask' : 'bid', tick, this.factor(listing));
    for (const { traded } of this.listeners) traded?.({ ...trade, tick: shown });
  }

  private tellStatus(id: string): void {
    for (const { statusChanged } of this.listeners) statusChanged?.(this.listing(id), this.status(id));
  }

  private alter(listings: readonly Listing[], change: (listing: Listing) => void): void {
    for (const { id } of listings) if (!this.told.has(id)) this.told.set(id, this.sides(id));
    for (const listing of listings) change(listing);
    for (const listing of listings) this.retell(listing);
  }

  /** Tells how the book differs from what was told last. */
  private retell(listing: Listing): void {
    const before = this.told.get(listing.id);
    if (!before) return;
    this.factors.set(listing.id, this.distortions.get(listing.id)?.factor() ?? 1);
    const after = this.sides(listing.id);
    if (this.isPlain(listing)) this.told.delete(listing.id);
    else this.told.set(listing.id, after);
    this.tell(listing, difference(before, after));
  }

  private tell(listing: Listing, changes: readonly Change[]): void {
    for (const { changed } of this.listeners) changed?.(listing, changes);
  }

  private factor(listing: Listing): number {
    const wrong = this.factors.get(listing.id) ?? 1;
    return this.isConverted(listing) ? wrong * this.rate : wrong;
  }

  private isPlain(listing: Listing): boolean {
    const isWrong = this.frozen.has(listing.id) || this.distortions.get(listing.id)?.isOn() === true;
    return !isWrong && !(this.isConverted(listing) && this.rate !== 1);
  }

  private isConverted = (listing: Listing): boolean =>
    this.quote === 'USDT' && listing.kind === 'spot' && listing.id !== TETHER.id;

  /** At the tether's own tick: it is worth the same until its price is another. */
  private rateNow(): number {
    const units = 10 ** TETHER.priceDecimals;
    return this.quote === 'USDT' ? units / Math.max(1, Math.floor(this.truth.mid(TETHER.id) * units + 1e-7)) : 1;
  }

  private distortion(id: string): Distortion {
    const distortion = this.distortions.get(id) ?? new Distortion(this.now);
    this.distortions.set(id, distortion);
    return distortion;
  }

  private sides = (id: string): Sides => ({ bid: this.levels(id, 'bid'), ask: this.levels(id, 'ask') });

  private listing(id: string): Listing {
    const listing = this.byId.get(id);
    if (!listing) throw new Error(`invariant: ${id} is not listed`);
    return listing;
  }
}
