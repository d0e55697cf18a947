import { EdgeHeap, Edges, HOT, NEVER } from './edge-heap';
import { grownFloats, grownSize, grownWords, RowList, Rows } from './growing';

/** One position in floating point; the instrument by its number. */
export type Holding = {
  readonly instrument: number;
  /** Negative when short. */
  readonly qty: number;
  /** The exit price at which the position's own loss reaches its limit; NaN without such a limit. */
  readonly stopPrice: number;
};

/** An account in floating point, as far as it takes to see that exact numbers may decide something. */
export type Watched = {
  readonly cashUsd: number;
  /** At or below it a rule may break; -Infinity: none. */
  readonly floorUsd: number;
  /** At or above it the account may pass, pause, or have a new peak to remember; Infinity: none. */
  readonly ceilingUsd: number;
  readonly holdings: readonly Holding[];
};

/** A hundredth of a cent, and a billionth of a thousandth of all that was added up: a thousand times what rounding
 * loses. Nothing is added up over time, so nothing drifts. */
const MARGIN_USD = 1e-4;
const MARGIN_RATE = 1e-12;
/** Nearer than this share of what it holds an account is valued at each tick instead of banded anew. */
const HOT_RATE = 1e-5;
const NONE = 0;

/** The four orders of one instrument's holders: each position is in two of them. */
type Market = {
  readonly longsDown: EdgeHeap;
  readonly longsUp: EdgeHeap;
  readonly shortsDown: EdgeHeap;
  readonly shortsUp: EdgeHeap;
};

/**
 * Names the accounts that a tick may decide something about: never misses one, sometimes names one in vain.
 *
 * Valued at reference prices an account has slack above its floor and below its ceiling. It stays between them while
 * the sum of |quantity| × |price − reference| is below the slack, so every position gets a band of prices: the same
 * relative move for each. A tick that stays inside all bands touches nobody. An account whose band's edge is reached is
 * valued anew and banded anew, or named. With one position the edge is the very price at which the floor is touched.
 */
export class Selection {
  private readonly accounts = { first: new Uint32Array(0), seenAt: new Uint32Array(0), money: new Float64Array(0) };
  private readonly positions = { links: new Uint32Array(0), sizes: new Float64Array(0) };
  private readonly down = new Edges();
  private readonly up = new Edges();
  private readonly rows = new Rows();
  private readonly markets: Market[] = [];
  private prices = new Float64Array(0);
  private readonly found = new RowList();
  private tickNumber = 0;
  /** How often an account was valued: what the bands are there to save. */
  valuations = 0;

  constructor(private readonly staleAfterMs: number) {
    this.rows.take(); // Row 0 stands for no row.
  }

  /** Watches the account in this state, in place of the state before. */
  put(account: number, watched: Watched, now: number): void {
    this.remove(account);
    this.reserveAccount(account);
    const { first, money } = this.accounts;
    money.set([watched.cashUsd, watched.floorUsd, watched.ceilingUsd], account * MONEY);
    for (const holding of watched.holdings) first[account] = this.hold(account, holding, first[account] as number);
    if (watched.holdings.length > 0) this.value(account, now);
  }

  remove(account: number): void {
    const { first } = this.accounts;
    if (account >= first.length) return;
    const { links } = this.positions;
    for (let row = first[account] as number; row !== NONE; ) {
      const market = this.market(links[row * LINKS + INSTRUMENT] as number);
      const isLong = (this.positions.sizes[row * SIZES + QTY] as number) > 0;
      (isLong ? market.longsDown : market.shortsDown).remove(row);
      (isLong ? market.longsUp : market.shortsUp).remove(row);
      this.rows.giveBack(row);
      row = links[row * LINKS + NEXT] as number;
    }
    first[account] = NONE;
  }

  /** The floor and the ceiling moved, the positions did not. */
  bound(account: number, floorUsd: number, ceilingUsd: number, now: number): void {
    this.accounts.money[account * MONEY + FLOOR] = floorUsd;
    this.accounts.money[account * MONEY + CEILING] = ceilingUsd;
    if (this.accounts.first[account] !== NONE) this.value(account, now);
  }

  /** A good quote: `selected` gets every account that it may decide something about, in ascending order. */
  tick(instrument: number, bid: number, ask: number, receivedAt: number, now: number, selected: number[]): void {
    const market = this.market(instrument);
    this.prices.set([bid, ask, receivedAt], instrument * PRICES);
    const { found } = this;
    found.size = 0;
    market.longsDown.reached(-bid, found);
    market.longsUp.reached(bid, found);
    market.shortsDown.reached(-ask, found);
    market.shortsUp.reached(ask, found);
    if (found.size === 0) return;
    this.tickNumber++;
    const { seenAt } = this.accounts;
    for (let at = 0; at < found.size; at++) {
      const account = this.positions.links[found.at(at) * LINKS + OWNER] as number;
      if (seenAt[account] === this.tickNumber) continue;
      seenAt[account] = this.tickNumber;
      if (this.value(account, now)) selected.push(account);
    }
    if (selected.length > 1) selected.sort((a, b) => a - b);
  }

  /** The instrument has no price until its next good quote. */
  lose(instrument: number): void {
    this.market(instrument);
    this.prices[instrument * PRICES + RECEIVED_AT] = Number.NEGATIVE_INFINITY;
  }

  /** Every account with a position in the instrument, in no particular order; each once. */
  *holdersOf(instrument: number): Generator<number> {
    const { longsDown, shortsDown } = this.market(instrument);
    for (const heap of [longsDown, shortsDown]) {
      for (let at = 0; at < heap.size; at++) yield this.positions.links[heap.rowAt(at) * LINKS + OWNER] as number;
    }
  }

  /** Whether exact numbers may decide something about the account at the current prices; sets its bands. */
  private value(account: number, now: number): boolean {
    this.valuations++;
    const { links, sizes } = this.positions;
    const { prices } = this;
    const base = account * MONEY;
    const cash = this.accounts.money[base + CASH] as number;
    let equity = cash;
    let weight = 0;
    let isStopped = false;
    let isPriced = true;
    for (let row = this.accounts.first[account] as number; row !== NONE; row = links[row * LINKS + NEXT] as number) {
      const qty = sizes[row * SIZES + QTY] as number;
      const stop = sizes[row * SIZES + STOP] as number;
      const quoted = (links[row * LINKS + INSTRUMENT] as number) * PRICES;
      const price = prices[qty > 0 ? quoted : quoted + 1] as number;
      const value = qty * price;
      equity += value;
      weight += Math.abs(value);
      if (qty > 0 ? price <= stop : price >= stop) isStopped = true;
      if (now - (prices[quoted + RECEIVED_AT] as number) > this.staleAfterMs) isPriced = false;
    }
    const margin = MARGIN_USD + MARGIN_RATE * (weight + Math.abs(cash));
    const slackDown = equity - (this.accounts.money[base + FLOOR] as number) - margin;
    const slackUp = (this.accounts.money[base + CEILING] as number) - equity - margin;
    if (slackDown > 0 && slackUp > 0 && !isStopped) {
      this.band(account, rateOf(slackDown, weight), rateOf(slackUp, weight));
      return false;
    }
    if (isPriced) this.heat(account);
    else this.park(account, now);
    return isPriced;
  }

  /** Gives every position the band in which its price may move by these rates: losing, and gaining. */
  private band(account: number, loseRate: number, gainRate: number): void {
    const { links, sizes } = this.positions;
    for (let row = this.accounts.first[account] as number; row !== NONE; row = links[row * LINKS + NEXT] as number) {
      const stop = sizes[row * SIZES + STOP] as number;
      const quoted = (links[row * LINKS + INSTRUMENT] as number) * PRICES;
      const market = this.markets[quoted / PRICES] as Market;
      if ((sizes[row * SIZES + QTY] as number) > 0) {
        const price = this.prices[quoted] as number;
        const low = price - price * loseRate;
        market.longsDown.set(row, loseRate < HOT_RATE ? HOT : stop > low ? -stop : -low);
        market.longsUp.set(row, gainRate < HOT_RATE ? HOT : price + price * gainRate);
      } else {
        const price = this.prices[quoted + 1] as number;
        const high = price + price * loseRate;
        market.shortsUp.set(row, loseRate < HOT_RATE ? HOT : stop < high ? stop : high);
        market.shortsDown.set(row, gainRate < HOT_RATE ? HOT : price * gainRate - price);
      }
    }
  }

  /** Beyond an edge: each tick of each of its instruments looks at it, until its state changes or prices come back. */
  private heat(account: number): void {
    const { links } = this.positions;
    for (let row = this.accounts.first[account] as number; row !== NONE; row = links[row * LINKS + NEXT] as number)
      this.place(row, HOT);
  }

  /** Beyond an edge, but unpriced: the next quote of what has no price looks at it, nothing else needs to. */
  private park(account: number, now: number): void {
    const { links } = this.positions;
    for (let row = this.accounts.first[account] as number; row !== NONE; row = links[row * LINKS + NEXT] as number) {
      const quoted = (links[row * LINKS + INSTRUMENT] as number) * PRICES;
      this.place(row, now - (this.prices[quoted + RECEIVED_AT] as number) > this.staleAfterMs ? HOT : NEVER);
    }
  }

  private place(row: number, key: number): void {
    const market = this.markets[this.positions.links[row * LINKS + INSTRUMENT] as number] as Market;
    const isLong = (this.positions.sizes[row * SIZES + QTY] as number) > 0;
    (isLong ? market.longsDown : market.shortsDown).set(row, key);
    (isLong ? market.longsUp : market.shortsUp).set(row, key);
  }

  private hold(account: number, { instrument, qty, stopPrice }: Holding, next: number): number {
    this.market(instrument);
    const row = this.rows.take();
    const { positions, rows } = this;
    const size = grownSize(positions.links.length / LINKS, rows.end);
    positions.links = grownWords(positions.links, size * LINKS);
    positions.sizes = grownFloats(positions.sizes, size * SIZES);
    this.down.reserve(rows.end);
    this.up.reserve(rows.end);
    positions.links.set([account, instrument, next], row * LINKS);
    // The margin widens the stop towards the price: it is reached a little early, never late.
    const early = (MARGIN_USD + MARGIN_RATE * Math.abs(stopPrice * qty)) / qty;
    positions.sizes.set([qty, stopPrice + early], row * SIZES);
    return row;
  }

  private market(instrument: number): Market {
    while (this.markets.length <= instrument) {
      const [down, up] = [this.down, this.up];
      this.markets.push({
        longsDown: new EdgeHeap(down),
        longsUp: new EdgeHeap(up),
        shortsDown: new EdgeHeap(down),
        shortsUp: new EdgeHeap(up),
      });
      const before = this.prices.length;
      this.prices = grownFloats(this.prices, grownSize(before, this.markets.length * PRICES));
      for (let at = before; at < this.prices.length; at++)
        this.prices[at] = at % PRICES === RECEIVED_AT ? -Infinity : NaN;
    }
    return this.markets[instrument] as Market;
  }

  private reserveAccount(account: number): void {
    const { accounts } = this;
    const size = grownSize(accounts.first.length, account + 1);
    accounts.first = grownWords(accounts.first, size);
    accounts.seenAt = grownWords(accounts.seenAt, size);
    accounts.money = grownFloats(accounts.money, size * MONEY);
  }
}

/** Places of an account's numbers: cash, floor, ceiling. */
const [MONEY, CASH, FLOOR, CEILING] = [3, 0, 1, 2];
/** Of a position's: its account, its instrument, the account's next position; quantity and stop price. */
const [LINKS, OWNER, INSTRUMENT, NEXT] = [3, 0, 1, 2];
const [SIZES, QTY, STOP] = [2, 0, 1];
/** Of an instrument's: bid, ask, when they were received. */
const [PRICES, RECEIVED_AT] = [3, 2];

/** Without an end a band would multiply a price of zero with infinity. */
const RATE_MAX = 1e12;

/** The relative move of everything held that uses the slack up. */
const rateOf = (slack: number, weight: number): number => (weight > 0 ? Math.min(RATE_MAX, slack / weight) : 0);
