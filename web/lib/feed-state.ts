import type { Instrument } from './contract';
import type { LiveStatus } from './live-client';
import { priceState, type SeenQuote } from './quotes';

/** The line to the platform and what comes over it: a line without a fresh price is not live. */
export type FeedState = LiveStatus | 'waiting' | 'stale';

type Quotes = (instrument: string) => SeenQuote | undefined;

/** `now` is of the clock that the quotes were seen by. Markets that are not open owe no price. */
export function feedState(status: LiveStatus, listed: readonly Instrument[], quotes: Quotes, now: number): FeedState {
  if (status !== 'live') return status;
  const states = listed
    .filter((instrument) => instrument.status === 'open')
    .map(({ id }) => {
      const seen = quotes(id);
      // A quote newer than the last look at the clock is fresh by definition.
      return priceState(seen, Math.max(now, seen?.seenAt ?? 0));
    });
  if (states.length === 0 || states.includes('good')) return 'live';
  return states.every((state) => state === 'none') ? 'waiting' : 'stale';
}
