import type { Odds } from '../lib/contract';
import { type Bar, endBars, endShares } from '../lib/odds/bars';
import { percentTick, rounded, scaleOf, ticksOf, wholeTicksOf } from '../lib/odds/scale';
import { FootAxis, Frame, LeftAxis, type Plot } from './frame';

/** What ends paths, and on which day: a bar a day, or for a few days together, stacked by rule. */
export function EndBars({ odds }: { readonly odds: Odds }) {
  const bars = endBars(odds);
  const shares = endShares(odds);
  const label = `What ends it, by day. In all: ${shares.map(({ name, share }) => `${name} ${share}`).join(', ')}.`;
  return (
    <>
      {bars.some(({ parts }) => parts.length > 0) ? (
        <Frame label={label} height={270}>
          {(plot) => <Bars bars={bars} paths={odds.paths} plot={plot} />}
        </Frame>
      ) : (
        <p className="muted">No path comes to a verdict within these days.</p>
      )}
      <ul className="odds-legend">
        {shares.map(({ kind, name, share }) => (
          <li key={kind} className={`odds-key-end odds-end-${kind}`}>
            {name} <strong>{share}</strong>
          </li>
        ))}
      </ul>
    </>
  );
}

type BarsProps = { readonly bars: readonly Bar[]; readonly paths: number; readonly plot: Plot };

function Bars({ bars, paths, plot }: BarsProps) {
  const most = Math.max(1, ...bars.map(({ parts }) => parts.reduce((sum, part) => sum + part.paths, 0)));
  const last = bars.at(-1)?.to ?? 1;
  const down = scaleOf([0, most], plot.y);
  const highest = (most / paths) * 100;
  const percents = scaleOf([0, highest], plot.y);
  const along = scaleOf([0.5, last + 0.5], plot.x);
  return (
    <>
      <LeftAxis plot={plot} scale={percents} ticks={ticksOf([0, highest], 4)} textOf={percentTick} />
      {bars.map(({ from, to, parts }) => {
        const [left, right] = [along(from - 0.5), along(to + 0.5)];
        const gap = Math.min(2, (right - left) / 5);
        return (
          <g key={from}>
            {parts.map(({ kind, below, paths: here, title }) => (
              <rect
                key={kind}
                className={`odds-end-${kind}`}
                x={rounded(left + gap / 2)}
                width={rounded(right - left - gap)}
                y={rounded(down(below + here))}
                height={rounded(down(below) - down(below + here))}
              >
                <title>{title}</title>
              </rect>
            ))}
          </g>
        );
      })}
      <FootAxis plot={plot} scale={along} ticks={wholeTicksOf([1, last], 8)} textOf={String} name="Trading day" />
    </>
  );
}
