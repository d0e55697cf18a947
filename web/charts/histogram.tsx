import type { Column } from '../lib/odds/bars';
import { percentTick, rounded, scaleOf, ticksOf } from '../lib/odds/scale';
import { FootAxis, Frame, LeftAxis, type Plot } from './frame';

type HistogramProps = {
  readonly label: string;
  /** What the columns are counted by. */
  readonly name: string;
  readonly columns: readonly Column[];
  readonly paths: number;
};

/** How many paths are in each column. */
export const Histogram = ({ label, name, columns, paths }: HistogramProps) => (
  <Frame label={label} height={230}>
    {(plot) => <Columns columns={columns} name={name} paths={paths} plot={plot} />}
  </Frame>
);

/** So much room a label below takes. */
const LABEL_PX = 64;

function Columns({ columns, name, paths, plot }: Omit<HistogramProps, 'label'> & { readonly plot: Plot }) {
  const most = Math.max(1, ...columns.map((column) => column.paths));
  const down = scaleOf([0, most], plot.y);
  const highest = (most / paths) * 100;
  const percents = scaleOf([0, highest], plot.y);
  const along = scaleOf([0, Math.max(columns.length, 1)], plot.x);
  const every = Math.max(1, Math.ceil((columns.length * LABEL_PX) / (plot.x[1] - plot.x[0])));
  const labelled = columns.map((_, index) => index).filter((index) => index % every === 0);
  return (
    <>
      <LeftAxis plot={plot} scale={percents} ticks={ticksOf([0, highest], 4)} textOf={percentTick} />
      {columns.map(({ label, paths: here, title }, index) => (
        <rect
          key={label}
          className="odds-column"
          x={rounded(along(index) + 0.5)}
          width={rounded(Math.max(along(index + 1) - along(index) - 1, 0.5))}
          y={rounded(down(here))}
          height={rounded(plot.y[0] - down(here))}
        >
          <title>{title}</title>
        </rect>
      ))}
      <FootAxis
        plot={plot}
        scale={(index) => along(index + 0.5)}
        ticks={labelled}
        textOf={(index) => columns[index]?.label ?? ''}
        name={name}
      />
    </>
  );
}
