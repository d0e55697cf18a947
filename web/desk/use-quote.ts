'use client';

import { useCallback, useEffect, useState, useSyncExternalStore } from 'react';
import { ANY, type PriceState, priceState, type QuoteBoard, type SeenQuote } from '../lib/quotes';

/** The latest shown quote of an instrument. */
export function useQuote(board: QuoteBoard, instrument: string): SeenQuote | undefined {
  const subscribe = useCallback((listener: () => void) => board.subscribe(instrument, listener), [board, instrument]);
  return useSyncExternalStore(
    subscribe,
    () => board.get(instrument),
    () => undefined,
  );
}

/** Renders again whenever any quote has changed. */
export function useEveryQuote(board: QuoteBoard): void {
  const [, setBeat] = useState(0);
  useEffect(() => board.subscribe(ANY, () => setBeat((beat) => beat + 1)), [board]);
}

/** Ticks once a second, for ages and countdowns. */
export function useSecond(clock: () => number): number {
  const [now, setNow] = useState(clock);
  useEffect(() => {
    const timer = setInterval(() => setNow(clock()), 1_000);
    return () => clearInterval(timer);
  }, [clock]);
  return now;
}

export const monotonic = () => performance.now();

/** The clock that quotes are seen by, once a second. */
export const useMonotonicSecond = (): number => useSecond(monotonic);

export function usePriceState(seen: SeenQuote | undefined): PriceState {
  const now = useMonotonicSecond();
  // A quote newer than the last tick of the second hand is fresh by definition.
  return priceState(seen, Math.max(now, seen?.seenAt ?? 0));
}
