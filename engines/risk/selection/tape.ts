import type { Marks } from '../../../domain/account/account';
import type { InstrumentId } from '../../../domain/kernel/ids';
import type { Instant } from '../../../domain/kernel/instant';
import { pastOf, type Quote } from '../../../domain/market/book';

/** A quote and its number on the tape; without a quote the instrument has no price from here on. */
export type Tick = {
  readonly tick: number;
  readonly at: Instant;
  readonly instrument: InstrumentId;
  readonly quote: Quote | undefined;
  /** Without a quote: what was last good. */
  readonly past?: Quote | undefined;
};

/** Old entries are dropped in bulk, once so many of them may go. */
const DROPPED_MIN = 256;

/** What was quoted lately, in order, so that an account can be judged at prices that have gone on since. */
export class QuoteTape {
  private readonly ticks = new Map<InstrumentId, Tick[]>();
  /** When the latest of the forgotten quotes of each instrument was received. */
  private readonly forgotten = new Map<InstrumentId, Instant>();
  /** What others know of instruments that nothing was heard of here; null: they never had a price. */
  private readonly told = new Map<InstrumentId, Quote | null>();
  private last = 0;

  constructor(private readonly staleAfterMs: number) {}

  get latestTick(): number {
    return this.last;
  }

  /** Answers the number of the new entry. */
  push(instrument: InstrumentId, at: Instant, quote: Quote | undefined): number {
    const tick = ++this.last;
    const known = this.ticks.get(instrument);
    const entry = this.entryOf({ tick, at, instrument, quote }, known?.at(-1));
    if (known) known.push(entry);
    else this.ticks.set(instrument, [entry]);
    return tick;
  }

  latest(instrument: InstrumentId): Tick | undefined {
    return this.ticks.get(instrument)?.at(-1);
  }

  /** Takes what others know of an instrument that nothing was heard of here. */
  tell(instrument: InstrumentId, quote: Quote | undefined): void {
    if (!this.ticks.has(instrument)) this.told.set(instrument, quote ?? null);
  }

  /** Whether something is known of the instrument as of `tick`, if only that it never had a price. */
  knows(instrument: InstrumentId, tick: number): boolean {
    return this.told.has(instrument) || this.entryAt(instrument, tick) !== undefined;
  }

  /** The quotes as they were when `tick` had come: good and fresh at `at`, or what was last good. */
  marksAt(instruments: Iterable<InstrumentId>, tick: number, at: Instant): Marks {
    const marks = new Map<InstrumentId, Quote>();
    for (const instrument of instruments) {
      const entry = this.entryAt(instrument, tick);
      const quote = entry ? entry.quote : this.told.get(instrument);
      const isFresh = quote && at - quote.receivedAt <= this.staleAfterMs;
      const mark = isFresh ? quote : quote ? pastOf(quote) : entry?.past;
      if (mark) marks.set(instrument, mark);
    }
    return marks;
  }

  /** The last good quotes when `tick` had come, however old. */
  knownAt(instruments: Iterable<InstrumentId>, tick: number): readonly Quote[] {
    const quotes: Quote[] = [];
    for (const instrument of instruments) {
      const quote = this.entryAt(instrument, tick)?.quote;
      if (quote) quotes.push(quote);
    }
    return quotes;
  }

  /** The entries of these instruments after `tick`, in order. */
  after(instruments: readonly InstrumentId[], tick: number): readonly Tick[] {
    const later = instruments.flatMap((instrument) => {
      const entries = this.ticks.get(instrument) ?? [];
      return entries.slice(countUntil(entries, tick));
    });
    return instruments.length > 1 ? later.sort((a, b) => a.tick - b.tick) : later;
  }

  /** The number of the last entry before `at`: what came later is news for an account that changed at `at`. */
  tickBefore(instruments: readonly InstrumentId[], at: Instant): number {
    let before = this.last;
    for (const instrument of instruments) {
      const entries = this.ticks.get(instrument) ?? [];
      for (let index = entries.length - 1; index >= 0; index--) {
        const entry = entries[index] as Tick;
        if (entry.at < at) break;
        before = Math.min(before, entry.tick - 1);
      }
    }
    return before;
  }

  private entryAt(instrument: InstrumentId, tick: number): Tick | undefined {
    const entries = this.ticks.get(instrument) ?? [];
    return entries[countUntil(entries, tick) - 1];
  }

  /** An entry that lacks a side remembers what was last good of it. */
  private entryOf(entry: Tick, before: Tick | undefined): Tick {
    const { quote, instrument } = entry;
    if (quote?.bid && quote.ask) return entry;
    const earlier = before ? (before.quote ?? before.past) : (this.told.get(instrument) ?? undefined);
    const past = earlier && pastOf(earlier);
    if (!quote) return { ...entry, past };
    return past?.last ? { ...entry, quote: { ...quote, last: past.last } } : entry;
  }

  /** Forgets what came before `at`; of each instrument the latest entry of that time stays. */
  forget(at: Instant): void {
    for (const [instrument, entries] of this.ticks) {
      let old = 0;
      while (old + 1 < entries.length && (entries[old + 1] as Tick).at < at) old++;
      if (old < DROPPED_MIN) continue;
      this.forgotten.set(instrument, (entries[old - 1] as Tick).at);
      this.ticks.set(instrument, entries.slice(old));
    }
  }

  /** Whether every quote of these instruments since then is still here. */
  reaches(instruments: readonly InstrumentId[], since: Instant): boolean {
    return instruments.every((instrument) => (this.forgotten.get(instrument) ?? Number.NEGATIVE_INFINITY) < since);
  }
}

/** How many entries have numbers up to `tick`. */
function countUntil(entries: readonly Tick[], tick: number): number {
  let [low, high] = [0, entries.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((entries[middle] as Tick).tick <= tick) low = middle + 1;
    else high = middle;
  }
  return low;
}
