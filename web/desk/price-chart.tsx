'use client';

import { useEffect, useId, useRef, useState } from 'react';
import { candleNotes, RESOLUTION_MS } from '../lib/chart-series';
import type { Candle, Instrument, Resolution } from '../lib/contract';
import { priceText, qtyText, shortTime } from '../lib/display';
import type { QuoteBoard } from '../lib/quotes';
import { type Level, useChart } from '../parts/use-chart';
import { useCandles } from './use-candles';

type PriceChartProps = {
  readonly instrument: Instrument;
  readonly board: QuoteBoard;
  /** Lines of the instrument's position and orders. */
  readonly levels: readonly Level[];
};

const LENGTHS: Readonly<Record<Resolution, string>> = {
  '1s': '1 second',
  '1m': '1 minute',
  '5m': '5 minutes',
  '15m': '15 minutes',
  '1h': '1 hour',
  '4h': '4 hours',
  '1d': '1 day (UTC)',
};

/** Candles of the mid, the last one growing with the live quotes; older ones come as they are scrolled to. */
export function PriceChart({ instrument, board, levels }: PriceChartProps) {
  const place = useRef<HTMLDivElement>(null);
  const id = useId();
  const chart = useChart(place);
  const [resolution, setResolution] = useState<Resolution>('1m');
  const { drawing, shown } = useCandles(chart, { instrument, resolution, board });
  const lines = JSON.stringify(levels);
  useEffect(() => drawing?.setLevels(JSON.parse(lines) as readonly Level[]), [drawing, lines]);
  return (
    <section className="panel chart-panel" aria-label={`Price chart of ${instrument.title}`}>
      <h2>{instrument.outcome?.question ?? instrument.title}</h2>
      <div className="chart-legend">
        <label htmlFor={id} className="hidden">
          Length of a candle
        </label>
        <select id={id} value={resolution} onChange={(event) => setResolution(event.target.value as Resolution)}>
          {Object.entries(LENGTHS).map(([value, text]) => (
            <option key={value} value={value}>
              {text}
            </option>
          ))}
        </select>
        <p className="muted">{shown ? legend(shown, instrument, RESOLUTION_MS[resolution]) : 'mid'}</p>
      </div>
      <div className="chart" ref={place} aria-hidden="true" />
    </section>
  );
}

function legend(candle: Candle, { priceTick }: Instrument, ms: number): string {
  const { at, open, high, low, close, volume } = candle;
  const prices = `opened ${priceText(open, priceTick)}, high ${priceText(high, priceTick)}, low ${priceText(low, priceTick)}, closed ${priceText(close, priceTick)}`;
  const traded = volume === null ? [] : [`volume ${qtyText(volume)}`];
  return [`Mid from ${shortTime(at)}: ${prices}`, ...traded, ...candleNotes(candle, ms, Date.now())].join(' · ');
}
