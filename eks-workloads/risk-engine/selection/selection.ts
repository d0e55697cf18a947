import { ALWAYS, NEVER } from './edge-heap';
import { grownFloats, grownSize, grownWords, RowList } from './growing';
import { Ladder } from './ladder';
import { HOT, NONE, Positions } from './positions';
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

const [MONEY, CASH, FLOOR, CEILING, PEAK] = [4, 0, 1, 2, 3];
const [QUOTED, ASK, RECEIVED_AT] = [3, 1, 2];

type Market = { readonly longs: Ladder; readonly shorts: Ladder };

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
  private readonly markets: Market[] = [];
  private readonly found = new RowList();
  private readonly named = new RowList();
  private first = new Uint32Array(0);
  private trailOf = new Uint32Array(0);
  private seenAt = new Float64Array(0);
  private peakTick = new Float64Array(0);
  private money = new Float64Array(0);
  private quoted = new Float64Array(0);
  private tickNumber = 0;
  /** How often an account was valued: what the bands are there to save. */
  valuations = 0;

  constructor(private readonly staleAfterMs: number) {}

  /** Watches the account in this state, in place of the state before. */
  put(account: number, watched: Watched, now: number): void {
    this.remove(account);
    this.reserve(account);
    const trail = this.trails.put(watched.trails);
    const at = account * MONEY;
    this.trailOf[account] = trail;
    this.money[at + CASH] = watched.cashUsd;
    this.money[at + FLOOR] = Math.max(watched.floorUsd, trail === 0 ? ALWAYS : this.trails.floorAt(trail, ALWAYS));
    this.money[at + CEILING] = watched.ceilingUsd;
    // What comes within the margin of the known peak is noted as one: exact numbers tell.
    this.money[at + PEAK] = watched.peakUsd === NEVER ? NEVER : earlier(watched.peakUsd);
    this.peakTick[account] = 0;
    for (const holding of watched.holdings) this.hold(account, holding);
    if (watched.holdings.length > 0 && this.settle(account, now, false)) this.keep(account);
  }

  remove(account: number): void {
    if (account >= this.first.length) return;
    for (let row = this.first[account] as number; row !== NONE; row = this.positions.nextOf(row)) {
      this.ladderOf(row).remove(row);
    }
    this.first[account] = NONE;
    this.trails.remove(this.trailOf[account] as number);
    this.trailOf[account] = 0;
    this.peakTick[account] = 0;
  }

  /** Nothing came of naming it, so it is named again at each tick until it is back inside its bounds. */
  keep(account: number): void {
    for (let row = this.first[account] as number; row !== NONE; row = this.positions.nextOf(row)) {
      this.ladderOf(row).heat(row);
    }
  }

  /** The tick at which equity was highest since `put`, if that was a new peak; 0: none. */
  peakOf(account: number): number {
    return this.peakTick[account] ?? 0;
  }

  /**
   * A good quote. Answers the accounts that it may decide something about, ascending; good until the next call. `tick`
   * rises with each quote; `now` is the time of the quote.
   */
  tick(instrument: number, bid: number, ask: number, tick: number, now: number): Uint32Array {
    const { longs, shorts } = this.market(instrument);
    const at = instrument * QUOTED;
    const wasFresh = now - (this.quoted[at + RECEIVED_AT] as number) <= this.staleAfterMs;
    const isNewBid = !wasFresh || bid !== this.quoted[at] || longs.isDisturbed;
    const isNewAsk = !wasFresh || ask !== this.quoted[at + ASK] || shorts.isDisturbed;
    this.quoted[at] = bid;
    this.quoted[at + ASK] = ask;
    this.quoted[at + RECEIVED_AT] = now;
    this.tickNumber = tick;
    this.named.size = 0;
    if (isNewBid) this.move(longs, bid, now);
    if (isNewAsk) this.move(shorts, ask, now);
    return this.ascending();
  }

  /** The instrument has no price until its next good quote. */
  lose(instrument: number): void {
    this.market(instrument);
    this.quoted[instrument * QUOTED + RECEIVED_AT] = ALWAYS;
  }

  /** Every account with a position in the instrument, each once. */
  *holdersOf(instrument: number): Generator<number> {
    const { longs, shorts } = this.market(instrument);
    for (const row of longs.held()) yield this.positions.ownerOf(row);
    for (const row of shorts.held()) yield this.positions.ownerOf(row);
  }

  private move(ladder: Ladder, price: number, now: number): void {
    const { found, positions } = this;
    found.size = 0;
    const { hot } = ladder;
    for (let at = 0; at < hot.size; at++) found.push(hot.at(at));
    const hotSize = found.size;
    const isMass = ladder.reached(price, found);
    let cooled = COOLED_MIN + Math.floor(hotSize / COOLED_RATE);
    for (let at = 0; at < found.size; at++) {
      const row = found.at(at);
      const account = positions.ownerOf(row);
      if (this.seenAt[account] === this.tickNumber || this.first[account] === NONE) continue;
      if (at >= hotSize && positions.state[row] === HOT) continue;
      this.seenAt[account] = this.tickNumber;
      if (this.settle(account, now, at < hotSize ? cooled <= 0 : isMass)) this.named.push(account);
      else if (at < hotSize && positions.state[row] !== HOT) cooled--;
    }
  }

  /**
   * Values the account and answers whether exact numbers may decide something about it at the current prices; otherwise
   * it gets its bands, or stays hot where bands would cost more than they save.
   */
  private settle(account: number, now: number, staysHot: boolean): boolean {
    this.valuations++;
    const { links, sizes, state } = this.positions;
    const { money, quoted } = this;
    const base = account * MONEY;
    const first = this.first[account] as number;
    const cash = money[base + CASH] as number;
    let equity = cash;
    let weight = 0;
    let isStopped = false;
    let isPriced = true;
    for (let row = first; row !== NONE; row = links[row * 3 + 2] as number) {
      const qty = sizes[row * 2] as number;
      const stop = sizes[row * 2 + 1] as number;
      const at = (links[row * 3 + 1] as number) * QUOTED;
      const price = quoted[qty > 0 ? at : at + ASK] as number;
      const value = qty * price;
      equity += value;
      weight += Math.abs(value);
      if (qty > 0 ? price <= stop : price >= stop) isStopped = true;
      if (now - (quoted[at + RECEIVED_AT] as number) > this.staleAfterMs) isPriced = false;
    }
    const margin = MARGIN_USD + MARGIN_RATE * (weight + Math.abs(cash));
    const peak = money[base + PEAK] as number;
    const isPeak = equity > peak - margin;
    if (isPeak && isPriced && this.notePeak(account, equity, links[first * 3 + 2] === NONE, margin)) return true;
    const slackDown = equity - (money[base + FLOOR] as number) - margin;
    const slackUp = (money[base + CEILING] as number) - equity - margin;
    if (slackDown > 0 && slackUp > 0 && !isStopped && (isPriced || !isPeak)) {
      const upRate = rateOf(Math.min(slackUp, (money[base + PEAK] as number) - equity - margin), weight);
      const downRate = rateOf(slackDown, weight);
      const isHot = state[first] === HOT;
      if (staysHot || Math.min(upRate, downRate) < (isHot ? COOL_RATE : HOT_RATE)) {
        if (!isHot) this.keep(account);
      } else this.band(first, downRate, upRate);
      return false;
    }
    if (!isPriced) this.park(first, now);
    return isPriced;
  }

  /**
   * Notes the peak with its tick, and moves the floor that follows it. With one position a higher price is a higher
   * equity, in floating point as in exact numbers. With several, two values too near to tell apart are to be compared
   * exactly: answers true when that is so.
   */
  private notePeak(account: number, equity: number, isSingle: boolean, margin: number): boolean {
    const at = account * MONEY + PEAK;
    const peak = this.money[at] as number;
    const isNoted = this.peakTick[account] !== 0;
    if (isNoted && equity <= peak) return !isSingle;
    if (!isNoted && equity <= peak) return false;
    if (isNoted && !isSingle && equity <= peak + margin) return true;
    this.money[at] = equity;
    this.peakTick[account] = this.tickNumber;
    const trail = this.trailOf[account] as number;
    const floor = account * MONEY + FLOOR;
    if (trail !== 0) {
      this.money[floor] = Math.max(this.money[floor] as number, this.trails.floorAt(trail, equity));
    }
    return false;
  }

  /** Gives every position the band in which its price may move by these rates: losing, and gaining. */
  private band(first: number, loseRate: number, gainRate: number): void {
    const { links, sizes } = this.positions;
    for (let row = first; row !== NONE; row = links[row * 3 + 2] as number) {
      const stop = sizes[row * 2 + 1] as number;
      const instrument = links[row * 3 + 1] as number;
      const market = this.markets[instrument] as Market;
      if ((sizes[row * 2] as number) > 0) {
        const price = this.quoted[instrument * QUOTED] as number;
        const low = price - price * loseRate;
        market.longs.band(row, stop > low ? -stop : -low, price + price * gainRate);
      } else {
        const price = this.quoted[instrument * QUOTED + ASK] as number;
        const high = price + price * loseRate;
        market.shorts.band(row, price * gainRate - price, stop < high ? stop : high);
      }
    }
  }

  /** Beyond an edge, but unpriced: the next quote of what has no price looks at it, nothing else needs to. */
  private park(first: number, now: number): void {
    for (let row = first; row !== NONE; row = this.positions.nextOf(row)) {
      const receivedAt = this.quoted[this.positions.instrumentOf(row) * QUOTED + RECEIVED_AT] as number;
      const key = now - receivedAt > this.staleAfterMs ? ALWAYS : NEVER;
      this.ladderOf(row).band(row, key, key);
    }
  }

  private hold(account: number, { instrument, qty, stopPrice }: Holding): void {
    this.market(instrument);
    // The margin widens the stop towards the price: it is reached a little early, never late.
    const early = (MARGIN_USD + MARGIN_RATE * Math.abs(stopPrice * qty)) / qty;
    const next = this.first[account] as number;
    const row = this.positions.add(account, instrument, next, qty, stopPrice + early);
    this.first[account] = row;
    this.ladderOf(row).add(row);
  }

  private ladderOf(row: number): Ladder {
    const { longs, shorts } = this.markets[this.positions.instrumentOf(row)] as Market;
    return this.positions.isLong(row) ? longs : shorts;
  }

  private market(instrument: number): Market {
    while (this.markets.length <= instrument) {
      this.markets.push({ longs: new Ladder(this.positions), shorts: new Ladder(this.positions) });
      const before = this.quoted.length;
      this.quoted = grownFloats(this.quoted, grownSize(before, this.markets.length * QUOTED));
      for (let at = before; at < this.quoted.length; at++) {
        this.quoted[at] = at % QUOTED === RECEIVED_AT ? ALWAYS : Number.NaN;
      }
    }
    return this.markets[instrument] as Market;
  }

  /** The rows of a straight look come in order already; those of a walk have to be sorted. */
  private ascending(): Uint32Array {
    const { rows, size } = this.named;
    const named = rows.subarray(0, size);
    for (let at = 1; at < size; at++) if ((named[at] as number) < (named[at - 1] as number)) return named.sort();
    return named;
  }

  private reserve(account: number): void {
    const size = grownSize(this.first.length, account + 1);
    this.first = grownWords(this.first, size);
    this.trailOf = grownWords(this.trailOf, size);
    this.seenAt = grownFloats(this.seenAt, size);
    this.peakTick = grownFloats(this.peakTick, size);
    this.money = grownFloats(this.money, size * MONEY);
  }
}

/** Surely below what exact numbers would call the same equity. */
const earlier = (peakUsd: number): number => peakUsd - MARGIN_USD - PEAK_RATE * Math.abs(peakUsd);

/** The relative move of everything held that uses the slack up. */
const rateOf = (slack: number, weight: number): number => (weight > 0 ? Math.min(RATE_MAX, slack / weight) : 0);
