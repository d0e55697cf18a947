import { UNPRICED_BAND } from '../../../domain/account/positions/valuation';
import { shareOf } from './as-float';
import { NEVER } from './bands';
import { EdgeIndexes } from './edge-indexes';
import { Prices } from './prices';
import { LAYOUT, Records } from './records';
import { RowList } from './storage/growable-arrays';
import { NamedRows } from './storage/named-rows';
import { Trails } from './trails';
import type { Watched } from './watched';

const { CASH, CEILING, FLOOR, HEAD, PEAK, PEAK_TICK, POSITION, QTY, SIDE, STOP, WORDS } = LAYOUT;

/**
 * A hundredth of a cent, and a millionth of a millionth of all that was added up: a thousand times what rounding loses.
 * Each valuation begins anew, so nothing drifts.
 */
const MARGIN_USD = 1e-4;
const MARGIN_RATE = 1e-12;
const PEAK_RATE = 1e-11;
/** Without an end a band would multiply a price of zero with infinity. */
const RATE_MAX = 1e12;

/** An instrument has two sides, its longs and then its shorts; a side has a price, and the time when that came. */
const [SIDES, QUOTED, RECEIVED_AT] = [2, 2, 1];
/** The best prices of a book; null: nobody quotes that side. */
type Touch = { readonly bid: number | null; readonly ask: number | null };

/** So much of the value of what has no price is not counted at the least that an account is worth. */
const UNPRICED_RATE = shareOf(UNPRICED_BAND);

/** The outcomes of a look at an account. */
const [NAMED, INSIDE, UNPRICED] = [0, 1, 2];
/** What a look also answers: the rates by which prices may move against the account, and for it. */
const [RATES, LOSING, GAINING] = [2, 0, 1];
/** Accounts whose memory is asked for at once, as waiting for each by itself takes longer than looking at it. */
const BATCH = 64;

/**
 * Names the accounts that a tick may decide something about: never misses one, sometimes names one in vain.
 *
 * Valued at reference prices an account has slack above its floor and below its ceiling. It stays between them while
 * the sum of |quantity| × |price − reference| is below the slack, so every position gets a band of prices: the same
 * relative move for each. A tick that stays inside all bands touches nobody. An account whose band's edge is reached is
 * valued anew and banded anew, or named. With one position the edge is the very price at which the floor is touched,
 * and names it unseen.
 *
 * New peaks are noted here with the tick that made them, and the floors that follow them move; what exactly they are is
 * looked up when somebody asks. Whoever is named has to be answered for: `put`, `remove`, or `keep` if nothing came of it.
 */
export class Selection {
  private readonly records = new Records();
  private readonly trails = new Trails();
  private readonly named = new NamedRows();
  private readonly found = new RowList();
  private readonly prices: Prices;
  private readonly edges: EdgeIndexes;
  private readonly seen = new Uint8Array(BATCH);
  private readonly rates = new Float64Array(BATCH * RATES);
  private tickNumber = 0;
  private now = 0;
  /** How often an account was valued: what the bands are there to save. */
  valuations = 0;

  constructor(private readonly staleAfterMs: number) {
    this.prices = new Prices(staleAfterMs);
    this.edges = new EdgeIndexes(this.records, this.prices);
  }

  /** Watches the account in this state, in place of the state before. Its instruments are all different. */
  put(account: number, watched: Watched, now: number): void {
    this.release(account);
    const { records } = this;
    const { cashUsd, floorUsd, ceilingUsd, peakUsd, trails, holdings } = watched;
    records.reserve(account + 1);
    this.named.reserve(account + 1);
    if (holdings.length === 0) return;
    const start = records.take(account, holdings.length);
    records.setTrail(start, this.trails.put(trails));
    const { numbers } = records;
    numbers[start + CASH] = cashUsd;
    numbers[start + FLOOR] = floorUsd;
    numbers[start + CEILING] = ceilingUsd;
    // Equity within the margin of the known peak is noted as a new one: exact numbers tell whether it is.
    numbers[start + PEAK] = peakUsd === NEVER ? NEVER : earlier(peakUsd);
    numbers[start + PEAK_TICK] = 0;
    let at = start + HEAD;
    for (const { instrument, qty, stopPrice } of holdings) {
      const sign = qty > 0 ? 1 : -1;
      numbers[at + QTY] = Math.abs(qty);
      // The margin widens the stop towards the price: it is reached a little early, never late.
      const early = (MARGIN_USD + MARGIN_RATE * Math.abs(stopPrice * qty)) / Math.abs(qty);
      numbers[at + STOP] = -(sign * stopPrice + early);
      this.edges.reserve((instrument + 1) * SIDES);
      const side = instrument * SIDES + (qty > 0 ? 0 : 1);
      records.setSlot(at, side, this.edges.add(side, account, holdings.length === 1));
      at += POSITION;
    }
    this.now = now;
    const said = this.look(account, 0);
    if (said === NAMED) this.keep(account);
    else this.settle(account, 0, said);
  }

  /** Marks the account as gone; its record is given back when its number is used again. */
  remove(account: number): void {
    this.records.leave(account);
  }

  /** Nothing came of naming it, so it is named again at each tick until it is back inside its bounds. */
  keep(account: number): void {
    const start = this.records.of(account);
    if (start !== 0) this.edges.heat(start);
  }

  /** The tick at which equity was highest since `put`, if that was a new peak; 0: none. */
  peakOf(account: number): number {
    const { records } = this;
    const start = records.of(account);
    return start === 0 || records.isGone(account) ? 0 : (records.numbers[start + PEAK_TICK] as number);
  }

  /**
   * A good quote. Answers the accounts that it may decide something about, ascending; good until the next call. `tick`
   * rises with each quote; `now` is the time of the quote.
   */
  tick(instrument: number, { bid, ask }: Touch, tick: number, now: number): Uint32Array {
    this.edges.reserve((instrument + 1) * SIDES);
    this.tickNumber = tick;
    this.now = now;
    this.named.empty();
    const longs = instrument * SIDES;
    this.take(longs, bid, now);
    this.take(longs + 1, ask === null ? null : -ask, now);
    if (bid !== null) this.move(longs);
    if (ask !== null) this.move(longs + 1);
    return this.named.ascending();
  }

  /** What was last good of an instrument that no quote has come of: it values, and is no price. */
  tell(instrument: number, { bid, ask }: Touch): void {
    this.edges.reserve((instrument + 1) * SIDES);
    const longs = instrument * SIDES;
    if (bid !== null) this.prices.tell(longs, bid);
    if (ask !== null) this.prices.tell(longs + 1, -ask);
  }

  /** The instrument has no price until its next good quote. */
  lose(instrument: number): void {
    this.edges.reserve((instrument + 1) * SIDES);
    for (let side = 0; side < SIDES; side++) this.prices.lose(instrument * SIDES + side);
  }

  /** Every account with a position in the instrument, each once. */
  *holdersOf(instrument: number): Generator<number> {
    this.edges.reserve((instrument + 1) * SIDES);
    for (let side = 0; side < SIDES; side++) yield* this.edges.heldIn(instrument * SIDES + side);
  }

  private take(side: number, price: number | null, now: number): void {
    if (price === null) this.prices.lose(side);
    else this.prices.take(side, price, now);
  }

  private move(side: number): void {
    const { found, named } = this;
    found.size = 0;
    this.edges.tick(side, named, found);
    for (let from = 0; from < found.size; from += BATCH) {
      this.lookAt(from, Math.min(found.size, from + BATCH));
    }
  }

  private lookAt(from: number, end: number): void {
    const { found, named, records, seen } = this;
    let touched = 0;
    for (let at = from; at < end; at++) touched += records.touch(found.at(at));
    records.touched = touched;
    for (let at = from; at < end; at++) {
      const account = found.at(at);
      const said = this.look(account, at - from);
      seen[at - from] = said;
      if (said === NAMED) named.push(account);
    }
    for (let at = from; at < end; at++) {
      const said = seen[at - from] as number;
      if (said !== NAMED) this.settle(found.at(at), at - from, said);
    }
  }

  /** Gives the account the bands that the look at this place left behind. */
  private settle(account: number, place: number, said: number): void {
    const { rates } = this;
    const start = this.records.of(account);
    this.edges.band(start, rates[place * RATES + LOSING] as number, rates[place * RATES + GAINING] as number);
    if (said === UNPRICED) this.edges.await(start, this.now);
  }

  /**
   * Values the account: may exact numbers decide something about it at the current prices? What has no price counts at
   * its last one where the account may lose; where it may win, at no more than that less the band. One that was never
   * seen is left to exact numbers.
   */
  private look(account: number, place: number): number {
    this.valuations++;
    const { records, rates, staleAfterMs, now } = this;
    const { numbers, words } = records;
    const quoted = this.prices.numbers;
    const start = records.of(account);
    const end = records.endOf(start);
    let equity = numbers[start + CASH] as number;
    let weight = 0;
    let margin = Math.abs(equity);
    let isStopped = false;
    let doubtful = 0;
    let isPriced = true;
    for (let row = start + HEAD; row < end; row += POSITION) {
      const qty = numbers[row + QTY] as number;
      const stop = numbers[row + STOP] as number;
      const at = (words[row * WORDS + SIDE] as number) * QUOTED;
      const price = quoted[at] as number;
      const value = qty * price;
      equity += value;
      weight += Math.abs(value);
      if (stop <= -price) isStopped = true;
      if (now - (quoted[at + RECEIVED_AT] as number) > staleAfterMs) {
        isPriced = false;
        doubtful += Math.abs(value);
      }
    }
    if (Number.isNaN(equity)) return NAMED;
    const worst = equity - doubtful * UNPRICED_RATE;
    margin = MARGIN_USD + MARGIN_RATE * (weight + margin);
    const isPeak = worst > (numbers[start + PEAK] as number) - margin;
    const isSingle = end === start + HEAD + POSITION;
    if (isPeak && (!isPriced || this.notePeak(start, equity, isSingle, margin))) return NAMED;
    const slackDown = equity - (numbers[start + FLOOR] as number) - margin;
    const slackUp = (numbers[start + CEILING] as number) - worst - margin;
    if (!(slackDown > 0 && slackUp > 0) || isStopped) return NAMED;
    const toPeak = (numbers[start + PEAK] as number) - worst - margin;
    rates[place * RATES + LOSING] = rateOf(slackDown, weight);
    rates[place * RATES + GAINING] = rateOf(Math.min(slackUp, toPeak), weight);
    return isPriced ? INSIDE : UNPRICED;
  }

  /**
   * Notes the peak with its tick, and moves the floor that follows it. With one position a higher price is a higher
   * equity, in floating point as in exact numbers. With several, two values too near to tell apart are to be compared
   * exactly: answers true when that is so.
   */
  private notePeak(start: number, equity: number, isSingle: boolean, margin: number): boolean {
    const { numbers } = this.records;
    const peak = numbers[start + PEAK] as number;
    const isNoted = numbers[start + PEAK_TICK] !== 0;
    if (isNoted && equity <= peak) return !isSingle;
    if (!isNoted && equity <= peak) return false;
    if (isNoted && !isSingle && equity <= peak + margin) return true;
    numbers[start + PEAK] = equity;
    numbers[start + PEAK_TICK] = this.tickNumber;
    const trail = this.records.trailOf(start);
    if (trail !== 0) {
      numbers[start + FLOOR] = Math.max(numbers[start + FLOOR] as number, this.trails.floorAt(trail, equity));
    }
    return false;
  }

  private release(account: number): void {
    const { records } = this;
    const start = records.of(account);
    if (start === 0) return;
    this.edges.remove(start);
    records.giveBack(account);
  }
}

/** A peak lowered by more than rounding can amount to. */
const earlier = (peakUsd: number): number => peakUsd - MARGIN_USD - PEAK_RATE * Math.abs(peakUsd);

/** The relative move of all prices that uses the slack up. */
const rateOf = (slack: number, weight: number): number => (weight > 0 ? Math.min(RATE_MAX, slack / weight) : 0);
