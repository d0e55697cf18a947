'use client';

import { useEffect, useRef, useState } from 'react';
import { bySecond, drawnCandle, growCandle, midOf } from '../lib/chart-series';
import type { Candle, Instrument } from '../lib/contract';
import { decimalsOf, priceText } from '../lib/display';
import type { QuoteBoard } from '../lib/quotes';
import { type Level, useChart } from '../parts/use-chart';
import { useApi } from '../session/session-context';

type PriceChartProps = {
  readonly instrument: Instrument;
  readonly board: QuoteBoard;
  /** Lines of the instrument's position and orders. */
  readonly levels: readonly Level[];
};

type Drawing = ReturnType<NonNullable<ReturnType<typeof useChart>>['addCandles']>;

/** One-minute candles of the mid, the last one growing with the live quotes. */
export function PriceChart({ instrument, board, levels }: PriceChartProps) {
  const place = useRef<HTMLDivElement>(null);
  const chart = useChart(place);
  const api = useApi();
  const [last, setLast] = useState<Candle>();
  const [drawing, setDrawing] = useState<Drawing>();
  const shown = JSON.stringify(levels);
  useEffect(() => drawing?.setLevels(JSON.parse(shown) as readonly Level[]), [drawing, shown]);
  useEffect(() => {
    if (!chart) return;
    const { id, priceTick } = instrument;
    const series = chart.addCandles(decimalsOf(priceTick));
    setDrawing(series);
    let newest: Candle | undefined;
    let isGone = false;
    const grow = () => {
      const quote = board.get(id)?.quote;
      const mid = quote?.quality === 'good' ? midOf(quote) : undefined;
      const grown = quote && mid !== undefined ? growCandle(newest, quote.receivedAt, mid) : undefined;
      if (!grown) return;
      newest = grown;
      series.update(drawnCandle(grown));
      setLast(grown);
    };
    const load = async () => {
      const answer = await api.call('GET /instruments/{instrument}/candles', { params: { instrument: id } });
      if (isGone) return;
      const candles = answer.ok ? bySecond(answer.value.candles) : [];
      series.set(candles.map(drawnCandle));
      newest = candles.at(-1);
      setLast(newest);
      grow();
    };
    void load();
    const unsubscribe = board.subscribe(id, grow);
    return () => {
      isGone = true;
      unsubscribe();
      setDrawing(undefined);
      series.remove();
    };
  }, [chart, api, board, instrument]);
  return (
    <section className="panel chart-panel" aria-label={`Price chart of ${instrument.title}`}>
      <h2>
        {instrument.outcome?.question ?? instrument.title}
        <span className="muted"> · mid, one minute</span>
      </h2>
      <div className="chart" ref={place} aria-hidden="true" />
      <p className="hidden">{last && describe(last, instrument)}</p>
    </section>
  );
}

const describe = ({ open, high, low, close }: Candle, { priceTick }: Instrument): string =>
  `This minute: opened at ${priceText(open, priceTick)}, high ${priceText(high, priceTick)}, ` +
  `low ${priceText(low, priceTick)}, now ${priceText(close, priceTick)}.`;
