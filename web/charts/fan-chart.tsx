import type { Odds } from '../lib/contract';
import { roundDollarsText } from '../lib/display';
import { bandPath, linePath, rounded, scaleOf, shortDollars, spanOf, ticksOf, wholeTicksOf } from '../lib/odds/scale';
import { FootAxis, Frame, LeftAxis, type Plot } from './frame';

type FanChartProps = {
  readonly odds: Pick<Odds, 'fan' | 'beganUsd' | 'startingUsd' | 'targetUsd'>;
  /** Where the maximum loss breaks now; undefined where it is not known. */
  readonly floorUsd: string | undefined;
};

type FanLevel = { readonly name: string; readonly usd: string; readonly kind: 'target' | 'start' | 'floor' };

/** Balances at the end of each day, from the beginning on: the middle, and the ranges of half and of nine tenths. */
export function FanChart({ odds, floorUsd }: FanChartProps) {
  const { fan, beganUsd, startingUsd, targetUsd } = odds;
  const levels: readonly FanLevel[] = [
    ...(targetUsd === null ? [] : [{ name: 'Target', usd: targetUsd, kind: 'target' } as const]),
    { name: 'Start', usd: startingUsd, kind: 'start' },
    ...(floorUsd === undefined ? [] : [{ name: 'Floor now', usd: floorUsd, kind: 'floor' } as const]),
  ];
  return (
    <>
      <Frame label={describe(odds)} height={300}>
        {(plot) => <Fan fan={fan} beganUsd={beganUsd} levels={levels} plot={plot} />}
      </Frame>
      <ul className="odds-legend" aria-hidden="true">
        <li className="odds-key-median">Middle</li>
        <li className="odds-key-half">Half of all paths</li>
        <li className="odds-key-most">Nine in ten</li>
        {levels.map(({ name, kind }) => (
          <li key={kind} className={`odds-key-${kind}`}>
            {name}
          </li>
        ))}
      </ul>
    </>
  );
}

type FanProps = Pick<Odds, 'fan' | 'beganUsd'> & { readonly levels: readonly FanLevel[]; readonly plot: Plot };

function Fan({ fan, beganUsd, levels, plot }: FanProps) {
  const began = { p5: beganUsd, p25: beganUsd, p50: beganUsd, p75: beganUsd, p95: beganUsd };
  const days = [began, ...fan];
  const lines = (name: keyof typeof began) => days.map((day) => Number(day[name]));
  const span = spanOf([...lines('p5'), ...lines('p95'), ...levels.map(({ usd }) => Number(usd))]);
  const pad = (span[1] - span[0]) * 0.04;
  const down = scaleOf([span[0] - pad, span[1] + pad], plot.y);
  const along = scaleOf([0, days.length - 1], plot.x);
  const xs = days.map((_, day) => along(day));
  const at = (name: keyof typeof began) => lines(name).map(down);
  return (
    <>
      <LeftAxis plot={plot} scale={down} ticks={ticksOf(span, 5)} textOf={shortDollars} />
      <path className="odds-fan-most" d={bandPath(xs, at('p95'), at('p5'))} />
      <path className="odds-fan-half" d={bandPath(xs, at('p75'), at('p25'))} />
      <path className="odds-fan-median" d={linePath(xs, at('p50'))} />
      {levels.map(({ name, usd, kind }) => (
        <path
          key={kind}
          className={`odds-level odds-level-${kind}`}
          d={`M${plot.x[0]} ${rounded(down(Number(usd)))}H${plot.x[1]}`}
        >
          <title>{`${name}: ${roundDollarsText(usd)}`}</title>
        </path>
      ))}
      <FootAxis
        plot={plot}
        scale={along}
        ticks={wholeTicksOf([0, days.length - 1], 6)}
        textOf={String}
        name="Trading day"
      />
    </>
  );
}

function describe({ fan, beganUsd }: FanChartProps['odds']): string {
  const last = fan.at(-1);
  if (!last) return 'There is no day to show.';
  return (
    `Balances by day: from ${roundDollarsText(beganUsd)} to a middle of ${roundDollarsText(last.p50)} after day ` +
    `${fan.length}; nine in ten paths end between ${roundDollarsText(last.p5)} and ${roundDollarsText(last.p95)}.`
  );
}
