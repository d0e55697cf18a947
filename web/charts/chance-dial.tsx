import { useId } from 'react';
import { type Chance, intervalText, shareOf } from '../lib/odds/chances';
import { arcPath, onArc, rounded } from '../lib/odds/scale';

const CENTRE = [120, 118] as const;
const RADIUS = 96;

type ChanceDialProps = { readonly name: string; readonly chance: Chance };

/** A chance between never and always, with its interval as the part of the arc where it may well be. */
export function ChanceDial({ name, chance }: ChanceDialProps) {
  const id = useId();
  const [share, low, high] = [Number(chance.share), Number(chance.low), Number(chance.high)];
  const [x1, y1] = onArc(share, RADIUS - 14, CENTRE);
  const [x2, y2] = onArc(share, RADIUS + 14, CENTRE);
  return (
    <svg className="odds-dial" viewBox="0 0 240 142" role="img" aria-labelledby={id}>
      <title id={id}>{`${name}: ${shareOf(chance.share)}, with an interval from ${intervalText(chance)}`}</title>
      <path className="odds-dial-track" d={arcPath(0, 1, RADIUS, CENTRE)} />
      <path className="odds-dial-share" d={arcPath(0, share, RADIUS, CENTRE)} />
      <path className="odds-dial-interval" d={arcPath(low, high, RADIUS, CENTRE)} />
      <path className="odds-dial-needle" d={`M${rounded(x1)} ${rounded(y1)}L${rounded(x2)} ${rounded(y2)}`} />
      <g>
        <text className="odds-dial-figure" x={CENTRE[0]} y="98" textAnchor="middle">
          {shareOf(chance.share)}
        </text>
        <text className="odds-dial-note" x={CENTRE[0]} y="117" textAnchor="middle">
          {intervalText(chance)}
        </text>
        <text className="odds-dial-note" x={CENTRE[0] - RADIUS} y="137" textAnchor="middle">
          0 %
        </text>
        <text className="odds-dial-note" x={CENTRE[0] + RADIUS} y="137" textAnchor="middle">
          100 %
        </text>
      </g>
    </svg>
  );
}
