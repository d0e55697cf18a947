import type { EquitySample } from '../../domain/assessment/reporting/performance';
import type { Instant } from '../../domain/kernel/instant';
import { addUsd, subUsd, type Usd } from '../../domain/kernel/money';
import type { ReportContent } from '../../usecases/ports/assessments/report-renderer';
import { type Drawing, LABEL_SIZE, label, type Mark, type Point, path, type Role } from './drawing';
import { dollars, gain } from './figures';
import { linear, timeTicks, valueTicks } from './scale';

const WIDTH = 760;
const FRAME = { left: 74, right: 626, top: 14 } as const;
const AXIS_HEIGHT = 26;

/** Positions only: exact money became a float here, and no figure comes back out of it. */
const asNumber = (amount: Usd): number => Number(amount) / 1e6;

type Frame = {
  readonly height: number;
  readonly x: (at: Instant) => number;
  readonly y: (dollars: number) => number;
  readonly bottom: number;
  readonly marks: readonly Mark[];
};

/** Equity over the whole assessment, with the lines it was not allowed to touch and the one it was meant to reach. */
export function equityChart(content: ReportContent): Drawing {
  const { equity, snapshot, dailyFloors, summary } = content;
  const { startingUsd } = snapshot.rules;
  const [floor, target] = [numberOf(floorOf(content)), numberOf(targetOf(content))];
  const values = equity.map(({ equityUsd }) => asNumber(equityUsd));
  const [low, high] = [Math.min(floor ?? values[0] ?? 0, ...values), Math.max(target ?? values[0] ?? 0, ...values)];
  const frame = framed(content, { plotHeight: 280, low, high }, (tick) => `$${tick}`);
  const steps = dailyFloors.filter(({ from }) => from <= summary.endedAt);
  const daily = stepped(
    steps.map(({ from, floorUsd }) => ({ x: frame.x(from), y: frame.y(asNumber(floorUsd)) })),
    FRAME.right,
  );
  const end = asNumber(equity.at(-1)?.equityUsd ?? startingUsd);
  const lastStep = numberOf(steps.at(-1)?.floorUsd);
  const named = (value: number | undefined, text: (value: number) => string, role: Role): readonly SideLabel[] =>
    value === undefined ? [] : [{ value, text: text(value), role }];
  return {
    width: WIDTH,
    height: frame.height,
    description: descriptionOf(content),
    marks: [
      ...frame.marks,
      ...(target === undefined ? [] : [level(frame, target, 'target')]),
      ...(floor === undefined ? [] : [level(frame, floor, 'floor')]),
      ...(daily.length === 0 ? [] : [path(daily, { stroke: 'daily', width: 1.2, dash: [2, 3] })]),
      path(
        equity.map((sample) => place(frame, sample)),
        { stroke: 'equity', width: 2 },
      ),
      ...sideLabels(frame, [
        ...named(target, (value) => `Target ${short(value)}`, 'target'),
        ...named(end, (value) => `Equity ${short(value)}`, 'equity'),
        ...named(lastStep, () => 'Daily loss floor', 'daily'),
        ...named(floor, (value) => `Floor ${short(value)}`, 'floor'),
      ]),
    ],
  };
}

const numberOf = (amount: Usd | undefined): number | undefined => (amount === undefined ? undefined : asNumber(amount));

/** Where the maximum loss lay when the verdict fell. */
const floorOf = ({ judgement }: ReportContent): Usd | undefined =>
  judgement.rooms.find(({ rule }) => rule === 'max_drawdown')?.floorUsd ?? undefined;

const targetOf = ({ snapshot }: ReportContent): Usd | undefined =>
  snapshot.rules.target ? addUsd(snapshot.rules.startingUsd, snapshot.rules.target.profitUsd) : undefined;

/** How far below its highest point equity was, at every moment. */
export function drawdownChart(content: ReportContent): Drawing {
  const { underwater, drawdown } = content;
  const values = underwater.map(({ equityUsd }) => asNumber(equityUsd));
  const low = Math.min(-1, ...values);
  const frame = framed(content, { plotHeight: 170, low, high: 0 }, (tick) =>
    tick === '0' ? '$0' : `−$${tick.replace('-', '')}`,
  );
  const line = underwater.map((sample) => place(frame, sample));
  const area = [{ x: FRAME.left, y: frame.y(0) }, ...line, { x: FRAME.right, y: frame.y(0) }];
  return {
    width: WIDTH,
    height: frame.height,
    description: `Drawdown below the highest equity before: at its deepest ${dollars(drawdown.deepestUsd)}.`,
    marks: [
      path(area, { fill: 'lossWash', width: 0 }),
      ...frame.marks,
      path(line, { stroke: 'loss', width: 1.6 }),
      ...sideLabels(frame, [
        {
          value: -asNumber(drawdown.deepestUsd),
          text: `Deepest ${short(asNumber(drawdown.deepestUsd))}`,
          role: 'loss',
        },
      ]),
    ],
  };
}

/** How high the plot is drawn, and the values that it has to show. */
type Range = { readonly plotHeight: number; readonly low: number; readonly high: number };

function framed(
  { equity, summary, snapshot }: ReportContent,
  { plotHeight, low, high }: Range,
  tickText: (tick: string) => string,
): Frame {
  const bottom = FRAME.top + plotHeight;
  const margin = (high - low || 1) * 0.05;
  const [from, to] = [low - margin, high + (high === 0 ? 0 : margin)];
  const startsAt = equity[0]?.at ?? summary.createdAt;
  const x = linear(startsAt, summary.endedAt, FRAME.left, FRAME.right);
  const y = linear(from, to, bottom, FRAME.top);
  const rows = valueTicks(from, to, 6).flatMap((value) => [
    path(across(y(value)), { stroke: 'grid', width: 1 }),
    label({ x: FRAME.left - 8, y: y(value) + LABEL_SIZE / 3 }, tickText(grouped(value)), 'muted', 'right'),
  ]);
  const columns = timeTicks(startsAt, summary.endedAt, snapshot.rules.dayZone, 7).flatMap(({ value, text }) => [
    path(
      [
        { x: x(value as Instant), y: bottom },
        { x: x(value as Instant), y: bottom + 4 },
      ],
      { stroke: 'muted', width: 1 },
    ),
    label({ x: x(value as Instant), y: bottom + 18 }, text, 'muted', 'middle'),
  ]);
  return { height: bottom + AXIS_HEIGHT, x, y, bottom, marks: [...rows, ...columns] };
}

const across = (y: number): readonly Point[] => [
  { x: FRAME.left, y },
  { x: FRAME.right, y },
];

const level = (frame: Frame, value: number, role: Role): Mark =>
  path(across(frame.y(value)), { stroke: role, width: 1.4, dash: [6, 4] });

const place = (frame: Frame, { at, equityUsd }: EquitySample): Point => ({
  x: frame.x(at),
  y: frame.y(asNumber(equityUsd)),
});

/** A limit stays where it is until the next step. */
const stepped = (points: readonly Point[], right: number): readonly Point[] =>
  points.flatMap((point, n) => [point, { x: points[n + 1]?.x ?? right, y: point.y }]);

type SideLabel = { readonly value: number; readonly text: string; readonly role: Role };

/** Names the lines at their right end; names that would cover one another are moved apart. */
function sideLabels(frame: Frame, labels: readonly SideLabel[]): readonly Mark[] {
  const gap = LABEL_SIZE + 3;
  const placed = [...labels].sort((a, b) => b.value - a.value).map((one) => ({ one, y: frame.y(one.value) }));
  for (let n = 1; n < placed.length; n++) {
    const [above, below] = [placed[n - 1], placed[n]];
    if (above && below && below.y - above.y < gap) below.y = above.y + gap;
  }
  const overflow = Math.max(0, (placed.at(-1)?.y ?? 0) - frame.bottom);
  for (let n = placed.length - 1, limit = Number.POSITIVE_INFINITY; n >= 0 && overflow > 0; n--) {
    const current = placed[n];
    if (!current) continue;
    current.y = Math.min(current.y, n === placed.length - 1 ? frame.bottom : limit);
    limit = current.y - gap;
  }
  return placed.map(({ one, y }) => label({ x: FRAME.right + 8, y: y + LABEL_SIZE / 3 }, one.text, one.role, 'left'));
}

const grouped = (value: number): string =>
  value.toLocaleString('en-US', { maximumFractionDigits: Math.abs(value) < 100 ? 2 : 0 });

const short = (value: number): string => `$${Math.round(value).toLocaleString('en-US')}`;

function descriptionOf(content: ReportContent): string {
  const { summary, judgement, snapshot, drawdown } = content;
  const { startingUsd } = snapshot.rules;
  const result = subUsd(judgement.equityUsd, startingUsd);
  const [floor, target] = [floorOf(content), targetOf(content)];
  const lines = [
    ...(floor === undefined ? [] : [`the maximum-loss floor lay at ${dollars(floor)}`]),
    ...(target === undefined ? [] : [`the target at ${dollars(target)}`]),
  ];
  return (
    `Equity from ${dollars(startingUsd)} to ${dollars(judgement.equityUsd)}, ${gain(result)}; ${summary.status}; ` +
    `${lines.join(', ')}; the deepest fall from a peak was ${dollars(drawdown.deepestUsd)}.`
  );
}
