import type { EquitySample } from '../../domain/assessment/performance';
import type { Instant } from '../../domain/kernel/instant';
import type { Usd } from '../../domain/kernel/money';
import type { ReportContent } from '../../usecases/ports/report-renderer';
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
  const { startingUsd, maxDrawdownUsd, profitTargetUsd } = snapshot.rules;
  const floor = asNumber(startingUsd) - asNumber(maxDrawdownUsd);
  const target = asNumber(startingUsd) + asNumber(profitTargetUsd);
  const values = equity.map(({ equityUsd }) => asNumber(equityUsd));
  const frame = framed(content, 280, Math.min(floor, ...values), Math.max(target, ...values), (tick) => `$${tick}`);
  const steps = dailyFloors.filter(({ from }) => from <= summary.endedAt);
  const daily = stepped(
    steps.map(({ from, floorUsd }) => ({ x: frame.x(from), y: frame.y(asNumber(floorUsd)) })),
    FRAME.right,
  );
  const line = equity.map((sample) => place(frame, sample));
  const end = asNumber(equity.at(-1)?.equityUsd ?? startingUsd);
  return {
    width: WIDTH,
    height: frame.height,
    description: descriptionOf(content),
    marks: [
      ...frame.marks,
      level(frame, target, 'target'),
      level(frame, floor, 'floor'),
      path(daily, { stroke: 'daily', width: 1.2, dash: [2, 3] }),
      path(line, { stroke: 'equity', width: 2 }),
      ...sideLabels(frame, [
        { value: target, text: `Target ${short(target)}`, role: 'target' },
        { value: end, text: `Equity ${short(end)}`, role: 'equity' },
        { value: asNumber(steps.at(-1)?.floorUsd ?? startingUsd), text: 'Daily loss floor', role: 'daily' },
        { value: floor, text: `Floor ${short(floor)}`, role: 'floor' },
      ]),
    ],
  };
}

/** How far below its highest point equity was, at every moment. */
export function drawdownChart(content: ReportContent): Drawing {
  const { underwater, drawdown } = content;
  const values = underwater.map(({ equityUsd }) => asNumber(equityUsd));
  const low = Math.min(-1, ...values);
  const frame = framed(content, 170, low, 0, (tick) => (tick === '0' ? '$0' : `−$${tick.replace('-', '')}`));
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

function framed(
  { equity, summary, snapshot }: ReportContent,
  plotHeight: number,
  low: number,
  high: number,
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
    label(FRAME.left - 8, y(value) + LABEL_SIZE / 3, tickText(grouped(value)), 'muted', 'right'),
  ]);
  const columns = timeTicks(startsAt, summary.endedAt, snapshot.rules.dayZone, 7).flatMap(({ value, text }) => [
    path(
      [
        { x: x(value as Instant), y: bottom },
        { x: x(value as Instant), y: bottom + 4 },
      ],
      { stroke: 'muted', width: 1 },
    ),
    label(x(value as Instant), bottom + 18, text, 'muted', 'middle'),
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
  return placed.map(({ one, y }) => label(FRAME.right + 8, y + LABEL_SIZE / 3, one.text, one.role, 'left'));
}

const grouped = (value: number): string =>
  value.toLocaleString('en-US', { maximumFractionDigits: Math.abs(value) < 100 ? 2 : 0 });

const short = (value: number): string => `$${Math.round(value).toLocaleString('en-US')}`;

const descriptionOf = ({ summary, judgement, snapshot, drawdown }: ReportContent): string =>
  `Equity from ${dollars(snapshot.rules.startingUsd)} to ${dollars(judgement.equityUsd)}, ` +
  `${gain((judgement.equityUsd - snapshot.rules.startingUsd) as Usd)}; ${summary.status}. ` +
  `The drawdown floor lay at ${dollars((snapshot.rules.startingUsd - snapshot.rules.maxDrawdownUsd) as Usd)}, ` +
  `the target at ${dollars((snapshot.rules.startingUsd + snapshot.rules.profitTargetUsd) as Usd)}; ` +
  `the deepest fall from a peak was ${dollars(drawdown.deepestUsd)}.`;
