import { type Drawing, LABEL_SIZE, type Mark, type Paint } from '../drawing';
import { escaped } from './escaped';

const ANCHORS = { left: 'start', right: 'end', middle: 'middle' } as const;

/** Colors are the page's custom properties, so the picture follows dark and light. */
export const svgOf = ({ width, height, description, marks }: Drawing): string =>
  `<svg viewBox="0 0 ${width} ${height}" role="img" aria-label="${escaped(description)}">` +
  `${marks.map(svgMark).join('')}</svg>`;

function svgMark(mark: Mark): string {
  if (mark.kind === 'label') {
    const { at, text, role, align } = mark;
    const place = `x="${num(at.x)}" y="${num(at.y)}" text-anchor="${ANCHORS[align]}"`;
    return `<text ${place} font-size="${LABEL_SIZE}" fill="var(--${role})">${escaped(text)}</text>`;
  }
  const steps = mark.points.map(({ x, y }, n) => `${n === 0 ? 'M' : 'L'}${num(x)} ${num(y)}`).join('');
  return `<path d="${steps}" ${painted(mark.paint)}/>`;
}

function painted({ stroke, fill, width, dash }: Paint): string {
  const line = stroke
    ? `stroke="var(--${stroke})" stroke-width="${width}" stroke-linejoin="round"${dash ? ` stroke-dasharray="${dash.join(' ')}"` : ''}`
    : '';
  return `fill="${fill ? `var(--${fill})` : 'none'}" ${line}`.trim();
}

const num = (value: number): string => String(Math.round(value * 10) / 10);
