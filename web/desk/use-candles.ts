'use client';

import { useEffect, useRef, useState } from 'react';
import { bySecond, drawnCandle, growCandle, joined, midOf, RESOLUTION_MS } from '../lib/chart-series';
import type { Candle, Instrument, Resolution } from '../lib/contract';
import { decimalsOf } from '../lib/display';
import type { QuoteBoard } from '../lib/quotes';
import type { useChart } from '../parts/use-chart';
import { useApi } from '../session/session-context';

type Chart = NonNullable<ReturnType<typeof useChart>>;
type Drawing = ReturnType<Chart['addCandles']>;

type CandlesOf = {
  readonly instrument: Instrument;
  readonly resolution: Resolution;
  readonly board: QuoteBoard;
};

/** A page of history; a longer one would take longer than a glance. */
const PAGE = '500';
/** The platform keeps what it made of a bucket within some seconds after it is over. */
const KEPT_AFTER_MS = 7_000;
const LATELY = '5';

/**
 * Draws an instrument's candles: the newest page, the last one growing with the live quotes, and older pages as they
 * come into the picture. Answers with the candle under the pointer, else the last one.
 */
export function useCandles(chart: Chart | undefined, { instrument, resolution, board }: CandlesOf) {
  const api = useApi();
  const [drawing, setDrawing] = useState<Drawing>();
  const [last, setLast] = useState<Candle>();
  const [hovered, setHovered] = useState<Candle>();
  const candles = useRef<readonly Candle[]>([]);
  useEffect(() => {
    if (!chart) return;
    const { id, priceTick } = instrument;
    const ms = RESOLUTION_MS[resolution];
    const series = chart.addCandles(decimalsOf(priceTick));
    setDrawing(series);
    candles.current = [];
    let older: string | null | undefined;
    let isAsking = false;
    let isGone = false;
    let reading: ReturnType<typeof setTimeout> | undefined;
    const ask = async (query: { readonly limit: string; readonly cursor?: string }) => {
      const given = { params: { instrument: id }, query: { resolution, ...query } };
      const answer = await api.call('GET /instruments/{instrument}/candles', given);
      return answer.ok && !isGone ? answer.value : undefined;
    };
    const show = (all: readonly Candle[]) => {
      candles.current = all;
      series.set(bySecond(all).map(drawnCandle));
      setLast(all.at(-1));
    };
    /** What was grown here gives way to what was kept, but for the candle that still grows. */
    const readLately = async () => {
      const page = await ask({ limit: LATELY });
      const growing = candles.current.at(-1);
      if (page && growing)
        show(
          joined(
            candles.current,
            page.candles.filter(({ at }) => at < growing.at),
          ),
        );
    };
    const grow = () => {
      const quote = board.get(id)?.quote;
      const mid = quote?.quality === 'good' ? midOf(quote) : undefined;
      const newest = candles.current.at(-1);
      const grown = quote && mid !== undefined ? growCandle(newest, quote.receivedAt, mid, ms) : undefined;
      if (!grown) return;
      const isNew = grown.at !== newest?.at;
      candles.current = isNew ? [...candles.current, grown] : [...candles.current.slice(0, -1), grown];
      series.update(drawnCandle(grown));
      setLast(grown);
      if (isNew && newest && ms > KEPT_AFTER_MS) {
        clearTimeout(reading);
        reading = setTimeout(readLately, KEPT_AFTER_MS);
      }
    };
    const load = async () => {
      isAsking = true;
      const page = await ask({ limit: PAGE, ...(older && { cursor: older }) });
      isAsking = false;
      if (isGone) return;
      const read = page?.candles ?? [];
      // The first page knows more of the candle that has begun to grow here meanwhile.
      const isFirst = older === undefined;
      older = page?.nextCursor ?? null;
      show(isFirst ? joined(candles.current, read) : joined(read, candles.current));
      grow();
    };
    void load();
    const stops = [
      board.subscribe(id, grow),
      chart.onNearStart(() => {
        if (older && !isAsking) void load();
      }),
      chart.onHover((time) => setHovered(candles.current.find(({ at }) => Math.floor(at / 1000) === time))),
    ];
    return () => {
      isGone = true;
      clearTimeout(reading);
      for (const stop of stops) stop();
      setDrawing(undefined);
      setLast(undefined);
      setHovered(undefined);
      series.remove();
    };
  }, [chart, api, board, instrument, resolution]);
  return { drawing, shown: hovered ?? last };
}
