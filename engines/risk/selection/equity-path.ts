import { balanceOf, equityOf, type Marks } from '../../../domain/account/account';
import type { Position } from '../../../domain/account/positions/position';
import type { AccountId, InstrumentId } from '../../../domain/kernel/ids';
import { type Instant, plusMs } from '../../../domain/kernel/instant';
import type { Usd } from '../../../domain/kernel/money';
import type { AccountSnapshot, EquityPoint } from '../../../usecases/ports/accounts/account-store';
import type { QuoteTape } from './tape';

export type RecordedPoint = EquityPoint & { readonly accountId: AccountId };

/** The prices of some instruments as they stood after each tick; NaN where one was missing or not fresh. */
type Prices = {
  /** The last tick that they were read up to. */
  readonly until: number;
  readonly ticks: readonly { readonly tick: number; readonly at: Instant }[];
  readonly bids: readonly Float64Array[];
  readonly asks: readonly Float64Array[];
};

/**
 * The turning points of equity between two samples: its lowest and its highest, and both ends of its deepest fall. With
 * them on the curve its deepest fall is exact, however short it was. Floating point finds the quotes, of which there
 * are many; what the account was worth at them is exact.
 */
export class EquityPath {
  /** The tick up to which the paths of all accounts are recorded. */
  private from = 0;
  private readonly ended: { readonly known: AccountSnapshot; readonly to: number }[] = [];
  /** Prices that were read since then, by the ids of their instruments. */
  private readonly known = new Map<string, Prices>();

  constructor(
    private readonly tape: QuoteTape,
    private readonly staleAfterMs: number,
  ) {}

  /**
   * The account holds something else from `until` on, or is gone. What it was worth before is worked out with the next:
   * in a crash many end at once, and their verdicts do not wait for it.
   */
  ends(known: AccountSnapshot, until?: Instant): void {
    const held = instrumentsOf(known);
    if (held.length === 0) return;
    const to = until === undefined ? this.tape.latestTick : this.tape.tickBefore(held, until);
    this.ended.push({ known, to });
  }

  /** The points of these accounts that are not recorded yet, by account; at the end all count as recorded. */
  *unrecorded(accounts: Iterable<AccountSnapshot>, now: Instant): Generator<readonly RecordedPoint[]> {
    const to = this.tape.latestTick;
    for (const snapshot of accounts) {
      const points = this.between(snapshot, to);
      const worth = exactEquity(snapshot, this.tape.marksAt(instrumentsOf(snapshot), to, now));
      yield worth === undefined ? points : [...points, pointOf(snapshot, now, worth)];
    }
    // An account that ends while the others are worked off is in this list by now.
    for (const { known, to: end } of this.ended) yield this.between(known, end);
    this.ended.length = 0;
    this.from = to;
    this.known.clear();
  }

  /** The account's turning points up to a tick, after those that are recorded and after its last fill. */
  private between(snapshot: AccountSnapshot, to: number): readonly RecordedPoint[] {
    const { positions, standing } = snapshot.account;
    const held = instrumentsOf(snapshot);
    const prices = this.pricesOf(held, to);
    const began = this.tape.tickBefore(held, standing.activeAt);
    const isNew = began > this.from;
    const [start, end] = [isNew ? lastUntil(prices, began) : 0, lastUntil(prices, to) + 1];
    const turns = turningPoints(worthAt(positions, prices, start, end));
    const points = [...new Set(isNew ? [0, ...turns] : turns)]
      .sort((a, b) => a - b)
      .flatMap((nth) => {
        const { tick, at } = prices.ticks[start + nth] as Prices['ticks'][number];
        const since = at < standing.activeAt ? standing.activeAt : at;
        const worth = exactEquity(snapshot, this.tape.marksAt(held, tick, since));
        return worth === undefined ? [] : [pointOf(snapshot, since, worth)];
      });
    return apart(points);
  }

  /** Accounts that hold the same instruments share one reading: in a crash many end at once. */
  private pricesOf(held: readonly InstrumentId[], to: number): Prices {
    const name = held.join(' ');
    const known = this.known.get(name);
    if (known && known.until >= to) return known;
    const made = this.readPrices(held);
    this.known.set(name, made);
    return made;
  }

  private readPrices(held: readonly InstrumentId[]): Prices {
    const first = this.tape.knownAt(held, this.from);
    const startedAt = Math.max(NEVER, ...first.map(({ receivedAt }) => receivedAt)) as Instant;
    const entries = this.tape.after(held, this.from);
    const ticks = [{ tick: this.from, at: startedAt }, ...entries.map(({ tick, at }) => ({ tick, at }))];
    const bids = held.map(() => new Float64Array(ticks.length).fill(Number.NaN));
    const asks = held.map(() => new Float64Array(ticks.length).fill(Number.NaN));
    const latest = held.map((id) => first.find(({ instrument }) => instrument === id));
    const places = new Map(held.map((id, place) => [id, place]));
    ticks.forEach(({ at }, nth) => {
      const entry = entries[nth - 1];
      if (entry) latest[places.get(entry.instrument) as number] = entry.quote;
      latest.forEach((quote, place) => {
        if (!quote || at - quote.receivedAt > this.staleAfterMs) return;
        if (quote.bid) (bids[place] as Float64Array)[nth] = Number(quote.bid.price);
        if (quote.ask) (asks[place] as Float64Array)[nth] = Number(quote.ask.price);
      });
    });
    return { until: this.tape.latestTick, ticks, bids, asks };
  }
}

const NEVER = 0 as Instant;

const instrumentsOf = ({ account }: AccountSnapshot): readonly InstrumentId[] =>
  account.positions.map(({ instrument }) => instrument);

/** What is not exact is no point of the curve. */
function exactEquity({ account }: AccountSnapshot, marks: Marks): Usd | undefined {
  const { expectedUsd, unpriced } = equityOf(account, marks);
  return unpriced.length === 0 ? expectedUsd : undefined;
}

const pointOf = ({ accountId, account }: AccountSnapshot, at: Instant, equityUsd: EquityPoint['equityUsd']) => ({
  accountId,
  at,
  equityUsd,
  balanceUsd: balanceOf(account),
});

/** The index of the last tick up to this one. */
function lastUntil({ ticks }: Prices, tick: number): number {
  let [low, high] = [0, ticks.length - 1];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((ticks[middle] as Prices['ticks'][number]).tick <= tick) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** What the positions would bring at each tick from `start` to before `end`, in any unit. */
function worthAt(positions: readonly Position[], { bids, asks }: Prices, start: number, end: number): Float64Array {
  const worth = new Float64Array(Math.max(end - start, 0));
  positions.forEach(({ qty }, place) => {
    const [amount, prices] = [Number(qty), (qty > 0n ? bids : asks)[place] as Float64Array];
    for (let nth = 0; nth < worth.length; nth++) {
      worth[nth] = (worth[nth] as number) + amount * (prices[start + nth] as number);
    }
  });
  return worth;
}

/** Where the lowest and the highest are, and the beginning and the end of the deepest fall; none without a price. */
export function turningPoints(worth: Float64Array): readonly number[] {
  let [low, high, peak, from, to] = [-1, -1, -1, -1, -1];
  let deepest = 0;
  for (let nth = 0; nth < worth.length; nth++) {
    const now = worth[nth] as number;
    if (Number.isNaN(now)) continue;
    if (low < 0 || now < (worth[low] as number)) low = nth;
    if (high < 0 || now > (worth[high] as number)) high = nth;
    if (peak < 0 || now > (worth[peak] as number)) peak = nth;
    const fall = (worth[peak] as number) - now;
    if (fall > deepest) [deepest, from, to] = [fall, peak, nth];
  }
  return [low, high, from, to].filter((nth) => nth >= 0);
}

/** Each point gets an instant of its own: of two in the same millisecond the later is moved on by one. */
function apart(points: readonly RecordedPoint[]): readonly RecordedPoint[] {
  let last = NEVER;
  return points.map((point) => {
    last = point.at > last ? point.at : plusMs(last, 1);
    return { ...point, at: last };
  });
}
