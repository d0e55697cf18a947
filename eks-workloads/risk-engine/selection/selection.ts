import { ALWAYS, NEVER } from './edge-heap';
import { grownFloats, grownSize, RowList } from './growing';
import { Ladders } from './ladders';
import { NamedRows } from './named-rows';
import { Positions } from './positions';
import { Prices } from './prices';
import { Trails } from './trails';
import type { Holding, Watched } from './watched';

/**
 * A hundredth of a cent, and a millionth of a millionth of all that was added up: a thousand times what rounding loses.
 * Each valuation begins anew, so nothing drifts.
 */
const MARGIN_USD = 1e-4;
const MARGIN_RATE = 1e-12;
const PEAK_RATE = 1e-11;
/** Nearer to an edge than this share of what it holds, an account is hot; it cools down further away than that. */
const HOT_RATE = 1e-5;
const COOL_RATE = 1e-4;
/** Hot accounts that get a band again in one tick: a few, and one in so many. */
const COOLED_MIN = 32;
const COOLED_RATE = 16;
/** Without an end a band would multiply a price of zero with infinity. */
const RATE_MAX = 1e12;

/**
 * What is known of an account lies together, as a mass of them is read at the speed of memory: cash, its bounds, the
 * row of its first position and of its trails, the tick of its latest peak, and the latest tick that valued it.
 */
const [ACCOUNT, CASH, FLOOR, CEILING, PEAK, FIRST, TRAIL, PEAK_TICK, SEEN_AT] = [8, 0, 1, 2, 3, 4, 5, 6, 7];
const NONE = 0;
/** Of each ladder: the price it goes by and when that came. Those of an instrument follow one another, longs first. */
const [SIDES, QUOTED, RECEIVED_AT] = [2, 2, 1];
/** The words and numbers of a position. */
const [LINKS, LADDER, NEXT, SIZES, STOP] = [3, 1, 2, 2, 1];
/** What a look at an account says of it, and leaves behind: how far its equity may fall and rise, and of how much. */
const [NAMED, INSIDE, UNPRICED] = [0, 1, 2];
const [SLACK_DOWN, SLACK_UP, WEIGHT] = [0, 1, 2];

/**
 * Names the accounts that a tick may decide something about: never misses one, sometimes names one in vain.
 *
 * Valued at reference prices an account has slack above its floor and below its ceiling. It stays between them while
 * the sum of |quantity| × |price − reference| is below the slack, so every position gets a band of prices: the same
 * relative move for each. A tick that stays inside all bands touches nobody. An account whose band's edge is reached is
 * valued anew and banded anew, or named. With one position the edge is the very price at which the floor is touched.
 *
 * New peaks are noted here with the tick that made them, and the floors that follow them move; what exactly they are is
 * looked up when somebody asks. Whoever is named has to be answered for: `put`, `remove`, or `keep` if nothing came of it.
 */
export class Selection {
  private readonly positions = new Positions();
  private readonly trails = new Trails();
  private readonly found = new RowList();
  private readonly named = new NamedRows();
  private accounts = new Float64Array(0);
  private readonly prices: Prices;
  private readonly ladders: Ladders;
  private readonly looked = new Float64Array(3);
  private tickNumber = 0;
  /** How often an account was valued: what the bands are there to save. */
  valuations = 0;

  constructor(private readonly staleAfterMs: number) {
    this.prices = new Prices(staleAfterMs);
    this.ladders = new Ladders(this.positions, this.prices);
  }

  /** Watches the account in this state, in place of the state before. */
  put(account: number, watched: Watched, now: number): void {
    this.remove(account);
    this.reserve(account);
    const { accounts } = this;
    const trail = this.trails.put(watched.trails);
    const at = account * ACCOUNT;
    accounts[at + TRAIL] = trail;
    accounts[at + CASH] = watched.cashUsd;
    accounts[at + FLOOR] = Math.max(watched.floorUsd, trail === 0 ? ALWAYS : this.trails.floorAt(trail, ALWAYS));
    accounts[at + CEILING] = watched.ceilingUsd;
    // What comes within the margin of the known peak is noted as one: exact numbers tell.
    accounts[at + PEAK] = watched.peakUsd === NEVER ? NEVER : earlier(watched.peakUsd);
    for (const holding of watched.holdings) this.hold(account, holding);
    if (watched.holdings.length > 0 && this.settle(account, now, false)) this.keep(account);
  }

  remove(account: number): void {
    const { accounts } = this;
    const at = account * ACCOUNT;
    if (at >= accounts.length) return;
    this.ladders.remove(accounts[at + FIRST] as number);
    this.trails.remove(accounts[at + TRAIL] as number);
    accounts[at + FIRST] = NONE;
    accounts[at + TRAIL] = 0;
    accounts[at + PEAK_TICK] = 0;
  }

  /** Nothing came of naming it, so it is named again at each tick until it is back inside its bounds. */
  keep(account: number): void {
    this.ladders.heat(this.accounts[account * ACCOUNT + FIRST] as number);
  }

  /** The tick at which equity was highest since `put`, if that was a new peak; 0: none. */
  peakOf(account: number): number {
    return this.accounts[account * ACCOUNT + PEAK_TICK] ?? 0;
  }

  /**
   * A good quote. Answers the accounts that it may decide something about, ascending; good until the next call. `tick`
   * rises with each quote; `now` is the time of the quote.
   */
  tick(instrument: number, bid: number, ask: number, tick: number, now: number): Uint32Array {
    this.ladders.reserve((instrument + 1) * SIDES);
    this.tickNumber = tick;
    this.named.empty();
    const longs = instrument * SIDES;
    const isNewBid = this.prices.take(longs, bid, now);
    const isNewAsk = this.prices.take(longs + 1, ask, now);
    this.move(longs, bid, isNewBid, now);
    this.move(longs + 1, ask, isNewAsk, now);
    return this.named.ascending();
  }

  /** The instrument has no price until its next good quote. */
  lose(instrument: number): void {
    this.ladders.reserve((instrument + 1) * SIDES);
    for (let side = 0; side < SIDES; side++) this.prices.lose(instrument * SIDES + side);
  }

  /** Every account with a position in the instrument, each once. */
  *holdersOf(instrument: number): Generator<number> {
    this.ladders.reserve((instrument + 1) * SIDES);
    for (let side = 0; side < SIDES; side++) {
      const ladder = this.ladders.at(instrument * SIDES + side);
      for (const row of ladder.held()) yield this.positions.ownerOf(row);
    }
  }

  private move(number: number, price: number, isNew: boolean, now: number): void {
    const ladder = this.ladders.at(number);
    if (!isNew && !ladder.isDisturbed) return;
    this.found.size = 0;
    const hotCount = ladder.walk(price, this.found);
    if (hotCount >= 0) this.lookAtFew(hotCount, now);
    else {
      ladder.pass(price, this.found);
      this.lookAtMany(ladder.passes, now);
    }
  }

  private lookAtFew(hotCount: number, now: number): void {
    const { accounts, found, positions } = this;
    let cooled = COOLED_MIN + Math.floor(hotCount / COOLED_RATE);
    for (let at = 0; at < found.size; at++) {
      const row = found.at(at);
      const account = positions.ownerOf(row);
      const base = account * ACCOUNT;
      if (accounts[base + SEEN_AT] === this.tickNumber || accounts[base + FIRST] === NONE) continue;
      if (at >= hotCount && this.ladders.of(row).isHot(row)) continue;
      accounts[base + SEEN_AT] = this.tickNumber;
      if (this.settle(account, now, at < hotCount && cooled <= 0)) this.named.push(account);
      else if (at < hotCount && !this.ladders.of(row).isHot(row)) cooled--;
    }
  }

  /**
   * One after the other, as a straight scan would. Most of many are named; those that are not stay hot, which costs
   * nothing while there is no order: new bands would hardly outlast the next tick. One in so many gets them.
   */
  private lookAtMany(pass: number, now: number): void {
    const { found, named } = this;
    const { rows, size } = found;
    const { links } = this.positions;
    for (let at = 0; at < size; at++) {
      const row = rows[at] as number;
      const account = links[row * LINKS] as number;
      if (this.settle(account, now, (row + pass) % COOLED_RATE !== 0)) named.push(account);
    }
  }

  /**
   * Values the account and answers whether exact numbers may decide something about it at the current prices; otherwise
   * it gets its bands, or stays hot where bands would cost more than they save.
   */
  private settle(account: number, now: number, staysHot: boolean): boolean {
    const seen = this.look(account, now);
    if (seen === NAMED) return true;
    const first = this.accounts[account * ACCOUNT + FIRST] as number;
    if (seen === UNPRICED) {
      this.ladders.park(first, now);
      return false;
    }
    const isHot = this.ladders.of(first).isHot(first);
    if (staysHot) {
      if (!isHot) this.keep(account);
      return false;
    }
    const weight = this.looked[WEIGHT] as number;
    const downRate = rateOf(this.looked[SLACK_DOWN] as number, weight);
    const upRate = rateOf(this.looked[SLACK_UP] as number, weight);
    if (Math.min(upRate, downRate) >= (isHot ? COOL_RATE : HOT_RATE)) this.ladders.band(first, downRate, upRate);
    else if (!isHot) this.keep(account);
    return false;
  }

  private look(account: number, now: number): number {
    this.valuations++;
    const { links, sizes } = this.positions;
    const { accounts, looked, staleAfterMs } = this;
    const quoted = this.prices.numbers;
    const base = account * ACCOUNT;
    const first = accounts[base + FIRST] as number;
    let equity = accounts[base + CASH] as number;
    let weight = 0;
    let margin = Math.abs(equity);
    let isStopped = false;
    let isPriced = true;
    for (let row = first; row !== NONE; row = links[row * LINKS + NEXT] as number) {
      const qty = sizes[row * SIZES] as number;
      const stop = sizes[row * SIZES + STOP] as number;
      const at = (links[row * LINKS + LADDER] as number) * QUOTED;
      const price = quoted[at] as number;
      const value = qty * price;
      equity += value;
      weight += Math.abs(value);
      if (qty > 0 ? price <= stop : price >= stop) isStopped = true;
      if (now - (quoted[at + RECEIVED_AT] as number) > staleAfterMs) isPriced = false;
    }
    margin = MARGIN_USD + MARGIN_RATE * (weight + margin);
    const isPeak = equity > (accounts[base + PEAK] as number) - margin;
    const isSingle = links[first * LINKS + NEXT] === NONE;
    if (isPeak && isPriced && this.notePeak(account, equity, isSingle, margin)) return NAMED;
    const slackDown = equity - (accounts[base + FLOOR] as number) - margin;
    const slackUp = (accounts[base + CEILING] as number) - equity - margin;
    if (slackDown > 0 && slackUp > 0 && !isStopped && (isPriced || !isPeak)) {
      looked[SLACK_DOWN] = slackDown;
      looked[SLACK_UP] = Math.min(slackUp, (accounts[base + PEAK] as number) - equity - margin);
      looked[WEIGHT] = weight;
      return INSIDE;
    }
    return isPriced ? NAMED : UNPRICED;
  }

  /**
   * Notes the peak with its tick, and moves the floor that follows it. With one position a higher price is a higher
   * equity, in floating point as in exact numbers. With several, two values too near to tell apart are to be compared
   * exactly: answers true when that is so.
   */
  private notePeak(account: number, equity: number, isSingle: boolean, margin: number): boolean {
    const { accounts } = this;
    const base = account * ACCOUNT;
    const peak = accounts[base + PEAK] as number;
    const isNoted = accounts[base + PEAK_TICK] !== 0;
    if (isNoted && equity <= peak) return !isSingle;
    if (!isNoted && equity <= peak) return false;
    if (isNoted && !isSingle && equity <= peak + margin) return true;
    accounts[base + PEAK] = equity;
    accounts[base + PEAK_TICK] = this.tickNumber;
    const trail = accounts[base + TRAIL] as number;
    if (trail !== 0) {
      accounts[base + FLOOR] = Math.max(accounts[base + FLOOR] as number, this.trails.floorAt(trail, equity));
    }
    return false;
  }

  private hold(account: number, { instrument, qty, stopPrice }: Holding): void {
    this.ladders.reserve((instrument + 1) * SIDES);
    const { accounts, positions } = this;
    // The margin widens the stop towards the price: it is reached a little early, never late.
    const early = (MARGIN_USD + MARGIN_RATE * Math.abs(stopPrice * qty)) / qty;
    const next = accounts[account * ACCOUNT + FIRST] as number;
    const row = positions.add(account, instrument * SIDES + (qty > 0 ? 0 : 1), next, qty, stopPrice + early);
    accounts[account * ACCOUNT + FIRST] = row;
    this.ladders.of(row).add(row);
  }

  private reserve(account: number): void {
    this.accounts = grownFloats(this.accounts, grownSize(this.accounts.length / ACCOUNT, account + 1) * ACCOUNT);
    this.named.reserve(this.accounts.length / ACCOUNT);
  }
}

/** Surely below what exact numbers would call the same equity. */
const earlier = (peakUsd: number): number => peakUsd - MARGIN_USD - PEAK_RATE * Math.abs(peakUsd);

/** The relative move of everything held that uses the slack up. */
const rateOf = (slack: number, weight: number): number => (weight > 0 ? Math.min(RATE_MAX, slack / weight) : 0);
