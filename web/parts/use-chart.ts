'use client';

import type {
  IChartApi,
  IPriceLine,
  LogicalRangeChangeEventHandler,
  MouseEventHandler,
  Time,
  UTCTimestamp,
} from 'lightweight-charts';
import { type RefObject, useEffect, useState } from 'react';
import { chartColours, chartOptions, onThemeChange } from './chart-theme';

type DrawnCandle = {
  readonly time: number;
  readonly open: number;
  readonly high: number;
  readonly low: number;
  readonly close: number;
  /** What traded, drawn as a bar at the foot; nothing while it is not known. */
  readonly volume?: number | undefined;
};

type DrawnPoint = { readonly time: number; readonly value: number };

type DrawnSeries<T> = {
  readonly set: (points: readonly T[]) => void;
  readonly update: (point: T) => void;
  readonly remove: () => void;
};

type Colour = 'gain' | 'loss' | 'muted' | 'accent';
export type Level = { readonly value: number; readonly title: string; readonly colour: Colour };

type CandleSeries = DrawnSeries<DrawnCandle> & {
  /** Dashed lines across the candles, in place of those before. */
  readonly setLevels: (levels: readonly Level[]) => void;
  /** Points at the candle of a moment. */
  readonly mark: (time: number, text: string) => void;
};

export type Chart = {
  readonly addCandles: (decimals: number) => CandleSeries;
  readonly addLine: (levels: readonly Level[]) => DrawnSeries<DrawnPoint>;
  /** Shows all there is. */
  readonly fit: () => void;
  /** Calls back with the time under the pointer, or nothing; answers with how to stop it. */
  readonly onHover: (hovered: (time: number | undefined) => void) => () => void;
  /** Calls back while the first candles are in the picture; answers with how to stop it. */
  readonly onNearStart: (near: () => void) => () => void;
};

/** So many candles before the first one that is drawn, the next are asked for. */
const NEAR_START = 20;

/** A chart that fills `place` and follows the theme. The library is loaded when the first chart is. */
export function useChart(place: RefObject<HTMLDivElement | null>): Chart | undefined {
  const [chart, setChart] = useState<Chart>();
  useEffect(() => {
    let api: IChartApi | undefined;
    let isGone = false;
    let stopFollowing = () => {};
    void import('lightweight-charts').then((library) => {
      if (isGone || !place.current) return;
      const made = library.createChart(place.current, { autoSize: true, ...chartOptions() });
      api = made;
      const restyles = new Set<() => void>();
      stopFollowing = onThemeChange(() => {
        made.applyOptions(chartOptions());
        for (const restyle of restyles) restyle();
      });
      setChart(drawingOn(made, library, restyles));
    });
    return () => {
      isGone = true;
      stopFollowing();
      setChart(undefined);
      api?.remove();
    };
  }, [place]);
  return chart;
}

type Library = typeof import('lightweight-charts');

type Handle = <T extends { readonly time: number }>(
  series: { setData: (data: never[]) => void; update: (point: never) => void },
  restyle: () => void,
  remove: () => void,
) => DrawnSeries<T>;

function drawingOn(api: IChartApi, library: Library, restyles: Set<() => void>): Chart {
  const handle: Handle = (series, restyle, remove) => {
    restyles.add(restyle);
    restyle();
    return {
      set: (points) => series.setData(points.map(timed) as never[]),
      update: (point) => series.update(timed(point) as never),
      remove: () => {
        restyles.delete(restyle);
        remove();
      },
    };
  };
  return {
    fit: () => api.timeScale().fitContent(),
    onHover: (hovered) => {
      const moved: MouseEventHandler<Time> = ({ time }) => hovered(typeof time === 'number' ? time : undefined);
      api.subscribeCrosshairMove(moved);
      return () => api.unsubscribeCrosshairMove(moved);
    },
    onNearStart: (near) => {
      const moved: LogicalRangeChangeEventHandler = (range) => {
        if (range && range.from < NEAR_START) near();
      };
      api.timeScale().subscribeVisibleLogicalRangeChange(moved);
      return () => api.timeScale().unsubscribeVisibleLogicalRangeChange(moved);
    },
    addCandles: (decimals) => candlesOn(api, library, decimals, handle),
    addLine: (levels) => {
      const options = { lineWidth: 2, priceLineVisible: false, priceFormat: grouped(0) } as const;
      const series = api.addSeries(library.LineSeries, options);
      const lines = levels.map(({ value, title, colour }) => ({
        colour,
        line: series.createPriceLine(dashed(value, title)),
      }));
      const restyle = () => {
        const colours = chartColours();
        series.applyOptions({ color: colours.accent });
        for (const { colour, line } of lines) line.applyOptions({ color: colours[colour] });
      };
      // The rules' levels belong in the picture even while equity is far from them.
      series.applyOptions({ autoscaleInfoProvider: withLevels(levels.map(({ value }) => value)) });
      const drawing = handle<DrawnPoint>(series, restyle, () => removeQuietly(api, series));
      const set: typeof drawing.set = (points) => {
        drawing.set(points);
        api.timeScale().fitContent();
      };
      return { ...drawing, set };
    },
  };
}

function candlesOn(api: IChartApi, library: Library, decimals: number, handle: Handle): CandleSeries {
  const series = api.addSeries(library.CandlestickSeries, { priceFormat: grouped(decimals) });
  const volumes = api.addSeries(library.HistogramSeries, {
    priceScaleId: '',
    priceFormat: { type: 'volume' },
    lastValueVisible: false,
    priceLineVisible: false,
  });
  volumes.priceScale().applyOptions({ scaleMargins: { top: 0.85, bottom: 0 } });
  let lines: { readonly colour: Colour; readonly line: IPriceLine }[] = [];
  let restyleMark = () => {};
  const restyle = () => {
    const colours = chartColours();
    series.applyOptions({
      upColor: 'transparent',
      downColor: colours.loss,
      borderUpColor: colours.gain,
      borderDownColor: colours.loss,
      wickUpColor: colours.gain,
      wickDownColor: colours.loss,
      // The library would take a hollow candle's colour for its label, too, and write on black.
      priceLineColor: colours.muted,
    });
    for (const { colour, line } of lines) line.applyOptions({ color: colours[colour] });
    volumes.applyOptions({ color: colours.line });
    restyleMark();
  };
  const drawing = handle<DrawnCandle>(series, restyle, () => {
    removeQuietly(api, volumes);
    removeQuietly(api, series);
  });
  return {
    ...drawing,
    set: (candles) => {
      volumes.setData(candles.map(volumeBar));
      drawing.set(candles);
    },
    update: (candle) => {
      volumes.update(volumeBar(candle));
      drawing.update(candle);
    },
    setLevels: (levels) => {
      for (const { line } of lines) series.removePriceLine(line);
      lines = levels.map(({ value, title, colour }) => ({
        colour,
        line: series.createPriceLine(dashed(value, title)),
      }));
      restyle();
    },
    mark: (time, text) => {
      const markers = library.createSeriesMarkers(series, []);
      restyleMark = () => {
        const color = chartColours().accent;
        markers.setMarkers([{ time: time as UTCTimestamp, position: 'aboveBar', shape: 'arrowDown', color, text }]);
      };
      restyleMark();
    },
  };
}

const volumeBar = ({ time, volume }: DrawnCandle) =>
  volume === undefined ? timed({ time }) : timed({ time, value: volume });

const dashed = (price: number, title: string) =>
  ({ price, title, lineWidth: 1, lineStyle: 2, axisLabelVisible: true }) as const;

const timed = <T extends { readonly time: number }>(point: T) => ({ ...point, time: point.time as UTCTimestamp });

const grouped = (decimals: number) => ({
  type: 'custom' as const,
  minMove: 10 ** -decimals,
  formatter: (value: number) =>
    value.toLocaleString('en-US', { minimumFractionDigits: decimals, maximumFractionDigits: decimals }),
});

type Range = { priceRange: { minValue: number; maxValue: number } | null } | null;

const withLevels = (levels: readonly number[]) => (original: () => Range) => {
  const range = original()?.priceRange;
  const values = [...levels, ...(range ? [range.minValue, range.maxValue] : [])];
  if (values.length === 0) return null;
  return { priceRange: { minValue: Math.min(...values), maxValue: Math.max(...values) } };
};

/** The whole chart may be gone already when a series is taken off it. */
function removeQuietly(api: IChartApi, series: Parameters<IChartApi['removeSeries']>[0]): void {
  try {
    api.removeSeries(series);
  } catch {
    // Removed together with its chart.
  }
}
