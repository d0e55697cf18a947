import { CandleFault, lineFault } from './fault';
import { isEmpty, type NumberStyle, numberStyle, readNumber } from './numbers';
import type { Row, Rows } from './rows';
import { readTime } from './times';

export type Price = 'open' | 'high' | 'low' | 'close';

/** Where time and prices stand, and how that is known. */
export type Columns = Readonly<Record<'time' | Price, number>> & { readonly known: 'by name' | 'by proof' };

export const PRICES: readonly Price[] = ['open', 'high', 'low', 'close'];

const PRICE_NAMES: Readonly<Record<Price, RegExp>> = {
  open: /^(o|open(price)?(usdt?)?|first)$/,
  high: /^(h|high(price)?(usdt?)?|max)$/,
  low: /^(l|low(price)?(usdt?)?|min)$/,
  close: /^(c|close(price)?(usdt?)?|last)$/,
};
/** The first of these that is there: a file that has both has the same time twice. */
const TIME_NAMES = [
  /^(unix(time)?(stamp)?|epoch)(ms)?$/,
  /^(open)?time(stamp)?(ms|utc)?$/,
  /^(date(time)?|ts|t)(utc)?$/,
];

export const columnsOf = (rows: Rows): Columns => (rows.header ? byName(rows.header) : byProof(rows.rows));

function byName({ line, cells }: Row): Columns {
  const names = cells.map((cell) => cell.toLowerCase().replace(/[^a-z]/g, ''));
  const placeOf = (wanted: string, patterns: readonly RegExp[]): number => {
    for (const pattern of patterns) {
      const found = names.flatMap((name, index) => (pattern.test(name) ? [index] : []));
      if (found.length > 1) throw lineFault(line, `names ${found.length} columns that may be the ${wanted}`);
      if (found[0] !== undefined) return found[0];
    }
    throw lineFault(line, `names no column for the ${wanted}: ${cells.join(', ')}`);
  };
  const { open, high, low, close } = PRICE_NAMES;
  return {
    time: placeOf('time', TIME_NAMES),
    open: placeOf('open', [open]),
    high: placeOf('high', [high]),
    low: placeOf('low', [low]),
    close: placeOf('close', [close]),
    known: 'by name',
  };
}

/** So many rows prove what a column is. */
const SAMPLE = 5_000;
/** No minute's high is further above its low; a volume that stood for a price would be. */
const SPAN_MAX = 3;
/** A minute begins where the one before ended: one reading of open and close must fit so much better. */
const FITS_BETTER = 2;
const MINUTE_MS = 60_000;

type Quad = Readonly<Record<Price, number>>;

/** Without names: which columns can only be these, by every row. What two readings fit is refused. */
function byProof(rows: readonly Row[]): Columns {
  const sample = rows.slice(0, SAMPLE);
  const time = timeColumn(sample);
  const width = sample[0]?.cells.length ?? 0;
  const windows = Array.from({ length: width - 3 }, (_, first) => [first, first + 1, first + 2, first + 3]);
  const fitting = windows
    .filter((window) => !window.includes(time))
    .flatMap((window) => readingsOf(sample, time, window))
    .sort((a, b) => a.misfit - b.misfit);
  const [best, ...others] = fitting;
  if (!best)
    throw lineFault(sample[0]?.line ?? 1, 'and what follows hold no four columns that can be open, high, low, close');
  const rival = others.find((other) => !isSameReading(best, other));
  if (rival && rival.misfit < best.misfit * FITS_BETTER + Number.EPSILON) {
    const [one, two] = [best, rival].map(({ quad }) => PRICES.map((price) => `${price} ${quad[price] + 1}`).join(', '));
    throw new CandleFault('columns', `may be ${one}, or ${two}: name them in a first line, time,open,high,low,close`);
  }
  return { time, ...best.quad, known: 'by proof' };
}

/** The column in which every cell is a time; of several the one of whole minutes: ends of minutes may stand beside. */
function timeColumn(sample: readonly Row[]): number {
  const width = sample[0]?.cells.length ?? 0;
  const times = Array.from({ length: width }, (_, column) => column).filter((column) =>
    sample.every(({ cells }) => readTime(cells[column] ?? '') !== undefined),
  );
  const whole = times.filter((column) =>
    sample.every(({ cells }) => (readTime(cells[column] ?? '')?.at ?? 1) % MINUTE_MS === 0),
  );
  const [only, ...others] = times.length > 1 ? whole : times;
  if (only === undefined || others.length > 0) {
    const found = only === undefined ? 'no column' : `${others.length + 1} columns`;
    throw lineFault(sample[0]?.line ?? 1, `and what follows hold ${found} that can be the time: name the columns`);
  }
  return only;
}

type Reading = {
  readonly quad: Quad;
  /** The prices of the sample by this reading, four a row. */
  readonly prices: readonly number[];
  /** How far each open lies from the close of the minute before, on the whole. */
  readonly misfit: number;
};

function readingsOf(sample: readonly Row[], time: number, window: readonly number[]): readonly Reading[] {
  const cells = sample.flatMap((row) => window.map((column) => row.cells[column] ?? ''));
  const style = styleOf(cells);
  if (!style) return [];
  const traded = sample.filter((row) => !window.every((column) => isEmpty(row.cells[column] ?? '')));
  const prices = traded.map((row) => window.map((column) => readNumber(row.cells[column] ?? '', style)));
  const times = traded.map((row) => readTime(row.cells[time] ?? '')?.at ?? 0);
  return ORDERS.flatMap((order) => {
    const rows = prices.map((four) => order.map((index) => four[index] ?? 0));
    if (rows.length === 0 || !rows.every(isPossible)) return [];
    const [open = 0, high = 0, low = 0, close = 0] = order.map((index) => window[index] ?? 0);
    return [{ quad: { open, high, low, close }, prices: rows.flat(), misfit: misfitOf(rows, times) }];
  });
}

/** Columns that are no prices may hold numbers of any style. */
function styleOf(cells: readonly string[]): NumberStyle | undefined {
  try {
    return numberStyle(cells);
  } catch {
    return undefined;
  }
}

const isPossible = ([open = 0, high = 0, low = 0, close = 0]: readonly number[]): boolean =>
  low > 0 && low <= open && low <= close && high >= open && high >= close && high <= low * SPAN_MAX;

function misfitOf(rows: readonly (readonly number[])[], times: readonly number[]): number {
  let sum = 0;
  for (let index = 1; index < rows.length; index++) {
    const [one, two] = [rows[index - 1] ?? [], rows[index] ?? []];
    // Files with the newest first say the same, from the other end.
    const [before, after] = (times[index] ?? 0) > (times[index - 1] ?? 0) ? [one, two] : [two, one];
    if (Math.abs((times[index] ?? 0) - (times[index - 1] ?? 0)) === MINUTE_MS) {
      sum += Math.abs((after[0] ?? 0) - (before[3] ?? 0));
    }
  }
  return sum;
}

const isSameReading = (one: Reading, other: Reading): boolean =>
  one.prices.every((price, index) => price === other.prices[index]);

/** All orders in which four columns can be open, high, low and close. */
const ORDERS: readonly (readonly number[])[] = [0, 1, 2, 3].flatMap((open) =>
  [0, 1, 2, 3].flatMap((high) =>
    [0, 1, 2, 3].flatMap((low) =>
      [0, 1, 2, 3].flatMap((close) => (new Set([open, high, low, close]).size === 4 ? [[open, high, low, close]] : [])),
    ),
  ),
);
