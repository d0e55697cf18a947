'use client';

import { type ReactNode, useId, useRef } from 'react';
import { rounded, type Scale, type Span } from '../lib/odds/scale';
import { useWidth } from './use-width';

const FIRST_WIDTH = 640;
const MARGIN = { top: 14, right: 14, bottom: 38, left: 62 } as const;

export type Plot = { readonly x: Span; readonly y: Span };

type FrameProps = {
  /** What the picture shows, in a sentence: all that a reader who cannot see it is told before its table. */
  readonly label: string;
  readonly height: number;
  readonly children: (plot: Plot) => ReactNode;
};

/** A picture as wide as its place. Its height is fixed, so that nothing moves when it is drawn. */
export function Frame({ label, height, children }: FrameProps) {
  const place = useRef<HTMLDivElement>(null);
  const width = useWidth(place, FIRST_WIDTH);
  const id = useId();
  const plot: Plot = {
    x: [MARGIN.left, Math.max(width - MARGIN.right, MARGIN.left + 1)],
    y: [height - MARGIN.bottom, MARGIN.top],
  };
  return (
    <div ref={place} className="odds-picture" style={{ height }}>
      <svg viewBox={`0 0 ${width} ${height}`} width="100%" height={height} role="img" aria-labelledby={id}>
        <title id={id}>{label}</title>
        {children(plot)}
      </svg>
    </div>
  );
}

type AxisProps = {
  readonly plot: Plot;
  readonly scale: Scale;
  readonly ticks: readonly number[];
  readonly textOf: (value: number) => string;
};

/** Lines across the plot, each with its value at the left. */
export const LeftAxis = ({ plot, scale, ticks, textOf }: AxisProps) => (
  <g className="odds-axis">
    {ticks.map((tick) => (
      <g key={tick}>
        <path d={`M${plot.x[0]} ${rounded(scale(tick))}H${plot.x[1]}`} />
        <text x={plot.x[0] - 8} y={rounded(scale(tick))} dy="0.32em" textAnchor="end">
          {textOf(tick)}
        </text>
      </g>
    ))}
  </g>
);

/** Values below the plot, and what they are. */
export const FootAxis = ({ plot, scale, ticks, textOf, name }: AxisProps & { readonly name: string }) => (
  <g className="odds-axis">
    {ticks.map((tick) => (
      <text key={tick} x={rounded(scale(tick))} y={plot.y[0] + 16} textAnchor="middle">
        {textOf(tick)}
      </text>
    ))}
    <text x={plot.x[1]} y={plot.y[0] + 33} textAnchor="end">
      {name}
    </text>
  </g>
);
