import type { Listing } from '../truth/listing';
import { PAST_MINUTES } from '../truth/past';
import type { TrueTrade } from '../truth/truth';

/** One candle in ticks, its volume in the listing's smallest size; it begins at so many seconds of the epoch. */
export type Candle = {
  readonly at: number;
  readonly open: number;
  readonly high: number;
  readonly low: number;
  readonly close: number;
  readonly volume: number;
  readonly trades: number;
  /** Ticks times sizes, summed. */
  readonly cost: number;
};

/** Candles of so many minutes that begin in these seconds of the epoch, the first among them, the last not. */
export type Span = { readonly minutes: number; readonly from: number; readonly to: number };

type Before = (listing: Listing, minutes: number) => Omit<Candle, 'at' | 'cost'> | undefined;

const MINUTE = 60;
/** Fifteen days; what is older is forgotten. */
const KEPT_MAX = 21_600;

/** The candles of one venue: those of before the beginning, then those of the trades that it has told. */
export class CandleLog {
  private readonly minutes = new Map<string, Map<number, Candle>>();
  /** The minute of the beginning. */
  private readonly beginning: number;

  constructor(
    private readonly before: Before,
    private readonly now: () => number,
  ) {
    this.beginning = Math.floor(now() / 60_000);
  }

  add({ listing, tick, size }: Pick<TrueTrade, 'listing' | 'tick' | 'size'>): void {
    const minute = Math.floor(this.now() / 60_000);
    const kept = this.minutes.get(listing.id) ?? new Map<number, Candle>();
    this.minutes.set(listing.id, kept);
    const known = kept.get(minute);
    const one = { at: minute * MINUTE, open: tick, high: tick, low: tick, close: tick };
    const added = { ...one, volume: size, trades: 1, cost: tick * size };
    kept.set(minute, known ? joined(known, added) : added);
    const [oldest] = kept.keys();
    if (kept.size > KEPT_MAX && oldest !== undefined) kept.delete(oldest);
  }

  /** Oldest first; times in which nobody traded have none. */
  candles(listing: Listing, { minutes, from, to }: Span): readonly Candle[] {
    const first = Math.max(Math.ceil(from / (minutes * MINUTE)) * minutes, this.beginning - PAST_MINUTES);
    const last = Math.min(Math.ceil(to / (minutes * MINUTE)) * minutes, Math.floor(this.now() / 60_000) + 1);
    const folded: Candle[] = [];
    for (let minute = first; minute < last; minute++) {
      const candle = this.minute(listing, minute);
      if (!candle) continue;
      const at = Math.floor(minute / minutes) * minutes * MINUTE;
      const open = folded.at(-1);
      if (open?.at === at) folded[folded.length - 1] = joined(open, candle);
      else folded.push({ ...candle, at });
    }
    return folded;
  }

  /** A candle for every time, one without trades at the close before it; those before the first are left out. */
  filled(listing: Listing, { minutes, from, to }: Span): readonly Candle[] {
    const step = minutes * MINUTE;
    const known = new Map(this.candles(listing, { minutes, from: 0, to }).map((candle) => [candle.at, candle]));
    const all: Candle[] = [];
    const end = Math.min(to, Math.floor(this.now() / 1_000) + 1);
    const [first] = known.keys();
    for (let at = first ?? end; at < end; at += step) {
      const close = all.at(-1)?.close ?? 0;
      all.push(known.get(at) ?? { at, open: close, high: close, low: close, close, volume: 0, trades: 0, cost: 0 });
    }
    return all.filter(({ at }) => at >= from);
  }

  private minute(listing: Listing, minute: number): Candle | undefined {
    const told = this.minutes.get(listing.id)?.get(minute);
    if (told || minute >= this.beginning) return told;
    const candle = this.before(listing, this.beginning - 1 - minute);
    if (!candle) return undefined;
    const mean = (candle.open + candle.high + candle.low + candle.close) / 4;
    return { at: minute * MINUTE, ...candle, cost: mean * candle.volume };
  }
}

const joined = (first: Candle, second: Candle): Candle => ({
  at: first.at,
  open: first.open,
  high: Math.max(first.high, second.high),
  low: Math.min(first.low, second.low),
  close: second.close,
  volume: first.volume + second.volume,
  trades: first.trades + second.trades,
  cost: first.cost + second.cost,
});
