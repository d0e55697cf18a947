'use client';

import { useEffect, useMemo, useRef } from 'react';
import { bySecond, drawnCandle } from '../../lib/chart-series';
import type { Candle } from '../../lib/contract';
import { decimalsOf, priceText, timeOfDay } from '../../lib/display';
import { ProblemNotice } from '../../parts/notice';
import { useChart } from '../../parts/use-chart';
import { Waiting } from '../../parts/waiting';
import { useReply } from '../../session/use-reply';

/** What prices did around the verdict. */
export function PricePath({ assessmentId }: { readonly assessmentId: string }) {
  const given = useMemo(() => ({ params: { assessmentId } }), [assessmentId]);
  const { reply } = useReply('GET /assessments/{assessmentId}/evidence/prices', given);
  return (
    <section aria-labelledby="path">
      <h2 id="path">Prices around that moment</h2>
      {reply.state === 'loading' && <Waiting text="Loading the prices…" />}
      {reply.state === 'problem' && <ProblemNotice problem={reply.problem} />}
      {reply.state === 'ok' && reply.value.instruments.length === 0 && (
        <p className="muted">Nothing was held, and nothing had been traded in the hour before.</p>
      )}
      {reply.state === 'ok' &&
        reply.value.instruments.map(({ instrument, candles }) => (
          <PathChart key={instrument} instrument={instrument} candles={candles} at={reply.value.at} />
        ))}
    </section>
  );
}

type PathChartProps = { readonly instrument: string; readonly candles: readonly Candle[]; readonly at: number };

const MINUTE_MS = 60_000;

/** One-minute candles with the minute of the verdict marked. */
function PathChart({ instrument, candles, at }: PathChartProps) {
  const place = useRef<HTMLDivElement>(null);
  const chart = useChart(place);
  useEffect(() => {
    if (!chart) return;
    const decimals = Math.max(2, ...candles.map(({ close }) => decimalsOf(close)));
    const series = chart.addCandles(decimals);
    const drawnCandles = bySecond(candles).map(drawnCandle);
    series.set(drawnCandles);
    const minute = (at - (at % MINUTE_MS)) / 1000;
    const marked = drawnCandles.findLast(({ time }) => time <= minute) ?? drawnCandles[0];
    if (marked) series.mark(marked.time, `Verdict ${timeOfDay(at)}`);
    chart.fit();
    return () => series.remove();
  }, [chart, candles, at]);
  return (
    <figure className="card">
      <figcaption>{instrument}, one-minute candles of the mid</figcaption>
      {candles.length === 0 && <p className="muted">No candle of that time was kept.</p>}
      <div className="chart chart-path" ref={place} aria-hidden="true" hidden={candles.length === 0} />
      <p className="hidden">{describe(candles, at)}</p>
    </figure>
  );
}

function describe(candles: readonly Candle[], at: number): string {
  const before = candles.findLast((candle) => candle.at <= at);
  const [first, last] = [candles[0], candles.at(-1)];
  if (!before || !first || !last) return 'There are no candles of that time.';
  const text = (price: string) => priceText(price, price);
  return (
    `From ${text(first.open)} at ${timeOfDay(first.at)} to ${text(last.close)} at ${timeOfDay(last.at)}. ` +
    `In the minute of the verdict: high ${text(before.high)}, low ${text(before.low)}, close ${text(before.close)}.`
  );
}
