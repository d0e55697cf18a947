/** How a value stands in a picture: pixels along an axis. Numbers here draw; none of them is shown as a figure. */
export type Scale = (value: number) => number;

export const scaleOf =
  ([from, to]: Span, [start, end]: Span): Scale =>
  (value) =>
    to === from ? (start + end) / 2 : start + ((value - from) / (to - from)) * (end - start);

export type Span = readonly [number, number];

export const spanOf = (values: readonly number[]): Span => [
  values.reduce((a, b) => (a < b ? a : b), Number.POSITIVE_INFINITY),
  values.reduce((a, b) => (a > b ? a : b), Number.NEGATIVE_INFINITY),
];

const STEPS = [1, 2, 2.5, 5, 10] as const;

/** Round values from `from` to `to`, about `count` of them (1, 2, 2.5 and 5 times a power of ten). */
export function ticksOf([from, to]: Span, count: number): readonly number[] {
  if (!(to > from)) return [from];
  const rough = (to - from) / count;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = power * (STEPS.find((each) => each * power >= rough) ?? 10);
  const first = Math.ceil(from / step);
  const last = Math.floor(to / step);
  return Array.from({ length: last - first + 1 }, (_, index) => (first + index) * step);
}

/** Whole numbers only: days have no halves. */
export const wholeTicksOf = (span: Span, count: number): readonly number[] => [
  ...new Set(ticksOf(span, count).filter(Number.isInteger)),
];

/** A corner between 0 and 1 turns of a half circle from left to right. */
export function onArc(share: number, radius: number, [x, y]: Span): Span {
  const angle = Math.PI * (1 - share);
  return [x + radius * Math.cos(angle), y - radius * Math.sin(angle)];
}

/** The path of a part of that half circle. */
export function arcPath(from: number, to: number, radius: number, centre: Span): string {
  const [x1, y1] = onArc(from, radius, centre);
  const [x2, y2] = onArc(to, radius, centre);
  return `M${rounded(x1)} ${rounded(y1)}A${radius} ${radius} 0 0 1 ${rounded(x2)} ${rounded(y2)}`;
}

export const rounded = (value: number): number => Math.round(value * 100) / 100;

/** The outline between an upper and a lower line over the same places. */
export function bandPath(xs: readonly number[], upper: readonly number[], lower: readonly number[]): string {
  const there = xs.map((x, index) => `${rounded(x)} ${rounded(upper[index] ?? 0)}`);
  const back = xs.map((x, index) => `${rounded(x)} ${rounded(lower[index] ?? 0)}`).reverse();
  return `M${[...there, ...back].join('L')}Z`;
}

export const linePath = (xs: readonly number[], ys: readonly number[]): string =>
  `M${xs.map((x, index) => `${rounded(x)} ${rounded(ys[index] ?? 0)}`).join('L')}`;

/** "2.5 %" on an axis of per cents. */
export const percentTick = (value: number): string => `${rounded(value)}\u00a0%`;

/** "10.5k", "1.2m": an axis has little room. */
export function shortDollars(value: number): string {
  const size = Math.abs(value);
  const sign = value < 0 ? '−' : '';
  const short = (unit: number, name: string) => `${sign}$${rounded(size / unit)}${name}`;
  if (size >= 1e6) return short(1e6, 'm');
  return size >= 1e4 ? short(1e3, 'k') : `${sign}$${rounded(size).toLocaleString('en-US')}`;
}
