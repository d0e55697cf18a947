'use client';

import { useEffect, useMemo, useRef } from 'react';
import { bySecond, drawn } from '../lib/chart-series';
import type { EquityPoint, Rules } from '../lib/contract';
import { larger, readUsd, smaller, USD_SCALE, writeDecimal } from '../lib/decimal';
import { dollars, roundDollars } from '../lib/display';
import { type Level, useChart } from './use-chart';

type EquityChartProps = { readonly points: readonly EquityPoint[]; readonly rules: Rules };

/** Equity over time between the target and the drawdown's floor; the same in a sentence for those who cannot see it. */
export function EquityChart({ points, rules }: EquityChartProps) {
  const place = useRef<HTMLDivElement>(null);
  const chart = useChart(place);
  const levels = useMemo(() => levelsOf(rules), [rules]);
  useEffect(() => {
    if (!chart) return;
    const series = chart.addLine(levels);
    series.set(bySecond(points).map(({ time, equityUsd }) => ({ time, value: drawn(equityUsd) })));
    return () => series.remove();
  }, [chart, points, levels]);
  return (
    <>
      <div className="chart chart-equity" ref={place} aria-hidden="true" />
      <p className="hidden">{describe(points, rules)}</p>
    </>
  );
}

function levelsOf({ startingUsd, profitTargetUsd, maxDrawdownUsd }: Rules): readonly Level[] {
  const [start, target, width] = [readUsd(startingUsd), readUsd(profitTargetUsd), readUsd(maxDrawdownUsd)];
  const at = (units: bigint) => drawn(writeDecimal(units, USD_SCALE));
  return [
    { value: at(start + target), title: 'Target', colour: 'gain' },
    { value: at(start), title: 'Start', colour: 'muted' },
    { value: at(start - width), title: 'Drawdown', colour: 'loss' },
  ];
}

function describe(points: readonly EquityPoint[], rules: Rules): string {
  const values = points.map(({ equityUsd }) => readUsd(equityUsd));
  const [first, last] = [values[0], values.at(-1)];
  if (first === undefined || last === undefined) return 'No equity has been recorded yet.';
  const low = values.reduce(smaller, first);
  const high = values.reduce(larger, first);
  const floor = roundDollars(readUsd(rules.startingUsd) - readUsd(rules.maxDrawdownUsd));
  return (
    `Equity moved from ${dollars(first)} to ${dollars(last)}, between ${dollars(low)} and ${dollars(high)}; ` +
    `the drawdown floor is ${floor}.`
  );
}
