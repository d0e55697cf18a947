import type { Instrument } from './contract';
import type { LiveStatus } from './live-client';
import { type PriceState, priceState, type SeenQuote } from './quotes';

type Venue = Instrument['venue'];

/** The line to the platform and what comes over it: a venue without a fresh price makes it anything but live. */
export type FeedState =
  | { readonly kind: LiveStatus | 'waiting' }
  | { readonly kind: 'stale'; readonly venues: readonly Venue[] };

type Quotes = (instrument: string) => SeenQuote | undefined;

/** `now` is of the clock that the quotes were seen by. Markets that are not open owe no price. */
export function feedState(status: LiveStatus, listed: readonly Instrument[], quotes: Quotes, now: number): FeedState {
  if (status !== 'live') return { kind: status };
  const states = new Map<Venue, Set<PriceState>>();
  for (const instrument of listed.filter((one) => one.status === 'open')) {
    const seen = quotes(instrument.id);
    // A quote newer than the last look at the clock is fresh by definition.
    const state = priceState(seen, Math.max(now, seen?.seenAt ?? 0));
    states.set(instrument.venue, (states.get(instrument.venue) ?? new Set()).add(state));
  }
  const silent = [...states].filter(([, of]) => !of.has('good') && !of.has('doubted'));
  if (silent.length === 0) return { kind: 'live' };
  // Before the first price of a venue there is nothing that could have grown old.
  const stale = silent.filter(([, of]) => of.size > 1 || !of.has('none'));
  return stale.length === 0 ? { kind: 'waiting' } : { kind: 'stale', venues: stale.map(([venue]) => venue) };
}
