import type { ServerMessage } from '../../contracts/ws/messages';

export type Quote = Extract<ServerMessage, { type: 'quotes' }>['quotes'][number];

/** A quote and when this browser got it, in its own clock: clocks of browser and platform need not agree. */
export type SeenQuote = { readonly quote: Quote; readonly seenAt: number };

export type PriceState = 'none' | 'good' | 'doubted' | 'gapped' | 'crossed' | 'stale' | 'unconfirmed';

const STALE_AFTER_MS = 10_000;

/** Whether the price may be traded on, as far as the browser can tell; the platform decides by its own clock. */
export function priceState(seen: SeenQuote | undefined, now: number): PriceState {
  if (!seen) return 'none';
  if (seen.quote.quality !== 'good') return seen.quote.quality;
  if (now - seen.seenAt > STALE_AFTER_MS) return 'stale';
  return seen.quote.doubts ? 'doubted' : 'good';
}

export const PRICE_STATE_TEXT: Readonly<Record<PriceState, string>> = {
  none: 'No price',
  good: 'Live',
  doubted: 'Price in doubt',
  gapped: 'Gap in feed',
  crossed: 'Crossed book',
  stale: 'Stale price',
  unconfirmed: 'Unconfirmed',
};

type Listener = () => void;

/** Latest quote per instrument. Readers of an instrument are told at most once per beat, or nobody could read it. */
export class QuoteBoard {
  private readonly latest = new Map<string, SeenQuote>();
  private readonly shown = new Map<string, SeenQuote>();
  private readonly changed = new Set<string>();
  private readonly listeners = new Map<string, Set<Listener>>();
  private isBeating = false;

  constructor(
    private readonly now: () => number,
    private readonly beat: (tell: () => void) => void,
  ) {}

  take(quotes: readonly Quote[]): void {
    for (const quote of quotes) {
      const held = this.latest.get(quote.instrument);
      // A restarted connector counts from one again, so only its own later clock makes a lower sequence newer.
      const isOlder = held && quote.sequence < held.quote.sequence && quote.receivedAt <= held.quote.receivedAt;
      if (isOlder) continue;
      this.latest.set(quote.instrument, { quote, seenAt: this.now() });
      this.changed.add(quote.instrument);
    }
    if (this.isBeating || this.changed.size === 0) return;
    this.isBeating = true;
    this.beat(() => this.tell());
  }

  private tell(): void {
    this.isBeating = false;
    const due = [...this.changed];
    this.changed.clear();
    const woken = new Set<Listener>();
    for (const instrument of due) {
      const seen = this.latest.get(instrument);
      if (seen) this.shown.set(instrument, seen);
      for (const listener of this.listeners.get(instrument) ?? []) woken.add(listener);
      for (const listener of this.listeners.get(ANY) ?? []) woken.add(listener);
    }
    for (const listener of woken) listener();
  }

  get = (instrument: string): SeenQuote | undefined => this.shown.get(instrument);

  subscribe(instrument: string, listener: Listener): () => void {
    const listeners = this.listeners.get(instrument) ?? new Set();
    this.listeners.set(instrument, listeners.add(listener));
    return () => void listeners.delete(listener);
  }
}

/** Subscribes to every instrument's quotes. */
export const ANY = '*';
