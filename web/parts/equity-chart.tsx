'use client';

import { useEffect, useMemo, useRef } from 'react';
import { formatDecimal } from '../../domain/kernel/decimal';
import { largerUsd, USD_SCALE } from '../../domain/kernel/money';
import { bySecond, drawn } from '../lib/chart-series';
import type { EquityPoint, Rules } from '../lib/contract';
import { dollars, roundDollarsText } from '../lib/display';
import { readUsd } from '../lib/read-decimal';
import { type Level, useChart } from './use-chart';

type EquityChartProps = {
  readonly points: readonly EquityPoint[];
  readonly rules: Rules;
  /** Where the maximum drawdown breaks; it may have risen since the start. */
  readonly floorUsd: string | undefined;
};

/** Equity over time between the target and the drawdown's floor; the same in a sentence for those who cannot see it. */
export function EquityChart({ points, rules, floorUsd }: EquityChartProps) {
  const place = useRef<HTMLDivElement>(null);
  const chart = useChart(place);
  const levels = useMemo(() => levelsOf(rules, floorUsd), [rules, floorUsd]);
  useEffect(() => {
    if (!chart) return;
    const series = chart.addLine(levels);
    series.set(bySecond(points).map(({ time, equityUsd }) => ({ time, value: drawn(equityUsd) })));
    return () => series.remove();
  }, [chart, points, levels]);
  return (
    <>
      <div className="chart chart-equity" ref={place} aria-hidden="true" />
      <p className="hidden">{describe(points, floorUsd)}</p>
    </>
  );
}

function levelsOf({ startingUsd, target }: Rules, floorUsd: string | undefined): readonly Level[] {
  const start = readUsd(startingUsd);
  const at = (units: bigint) => drawn(formatDecimal(units, USD_SCALE));
  return [
    ...(target ? [{ value: at(start + readUsd(target.profitUsd)), title: 'Target', colour: 'gain' } as const] : []),
    { value: at(start), title: 'Start', colour: 'muted' },
    ...(floorUsd === undefined ? [] : [{ value: drawn(floorUsd), title: 'Floor', colour: 'loss' } as const]),
  ];
}

function describe(points: readonly EquityPoint[], floorUsd: string | undefined): string {
  const values = points.map(({ equityUsd }) => readUsd(equityUsd));
  const [first, last] = [values[0], values.at(-1)];
  if (first === undefined || last === undefined) return 'No equity has been recorded yet.';
  const low = values.reduce((least, value) => (value < least ? value : least));
  const high = values.reduce(largerUsd);
  const floor = floorUsd === undefined ? '' : `; the maximum drawdown’s floor is ${roundDollarsText(floorUsd)}`;
  return `Equity moved from ${dollars(first)} to ${dollars(last)}, between ${dollars(low)} and ${dollars(high)}${floor}.`;
}
