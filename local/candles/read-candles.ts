import { readFileSync } from 'node:fs';
import { type Columns, columnsOf, PRICES, type Price } from './columns';
import { CandleFault, lineFault } from './fault';
import { isEmpty, type NumberStyle, numberStyle, readNumber } from './numbers';
import { type Row, rowsOf } from './rows';
import { readTime, timeComplaint } from './times';

/** One minute, from `at` on, epoch milliseconds. */
export type Candle = Readonly<Record<Price, number>> & { readonly at: number };

export type CandleFile = {
  /** Oldest first, each minute once, those that nobody traded in left out. */
  readonly candles: readonly [Candle, ...Candle[]];
  /** What was understood, in one line for whoever gave the file. */
  readonly understood: string;
};

const MINUTE_MS = 60_000;

/** Reads a file of one-minute candles of any common layout. Throws CandleFault, one line that names place and fault. */
export function readCandles(file: string): CandleFile {
  try {
    return candlesOf(readFileSync(file, 'utf8'));
  } catch (error) {
    throw error instanceof CandleFault ? new CandleFault(file, error.message) : error;
  }
}

/** Columns are known by their names, or by what their numbers can only be; what may be read in two ways is refused. */
export function candlesOf(text: string): CandleFile {
  const rows = rowsOf(text);
  const columns = columnsOf(rows);
  const style = numberStyle(pricesIn(rows.rows, columns));
  const read = rows.rows.map((row) => ({
    line: row.line,
    ...timeOf(row, columns),
    candle: candleOf(row, columns, style),
  }));
  const writings = [...new Set(read.map(({ writing }) => writing))];
  const isNewestFirst = read.length > 1 && (read[0]?.at ?? 0) > (read.at(-1)?.at ?? 0);
  const sorted = read.sort((a, b) => a.at - b.at);
  const { placed, doubled } = eachOnce(sorted);
  checkMinutes(placed);
  const candles = placed.map(({ at, open, high, low, close }): Candle => ({ at, open, high, low, close }));
  const [first, ...others] = candles;
  if (!first) throw new CandleFault(`line ${sorted[0]?.line ?? 1}`, 'and what follows hold no prices');
  const last = candles.at(-1) ?? first;
  const missing = (last.at - first.at) / MINUTE_MS + 1 - candles.length;
  const counts = `${countText(missing)} missing, ${countText(doubled)} doubled`;
  const how = `columns ${columns.known}, time in ${writings.join(' and ')}${isNewestFirst ? ', newest first' : ''}`;
  return {
    candles: [first, ...others],
    understood: `${countText(candles.length)} minutes, ${minuteText(first.at)} to ${minuteText(last.at)} UTC, ${counts} (${how})`,
  };
}

type Read = { readonly line: number; readonly at: number; readonly candle: Omit<Candle, 'at'> | undefined };
type Placed = Candle & { readonly line: number };

function* pricesIn(rows: readonly Row[], columns: Columns): Generator<string> {
  for (const { cells } of rows) for (const price of PRICES) yield cells[columns[price]] ?? '';
}

function timeOf({ line, cells }: Row, { time }: Columns) {
  const cell = cells[time] ?? '';
  const read = readTime(cell);
  if (!read) throw lineFault(line, `the time ${timeComplaint(cell)}`);
  return read;
}

/** Undefined for a minute without prices. */
function candleOf({ line, cells }: Row, columns: Columns, style: NumberStyle): Read['candle'] {
  const four = PRICES.map((price) => cells[columns[price]] ?? '');
  if (four.every(isEmpty)) return undefined;
  const [open, high, low, close] = four.map((cell, index) => {
    const value = readNumber(cell, style);
    if (value > 0 && Number.isFinite(value)) return value;
    throw lineFault(line, `${PRICES[index]} must be a price above 0, is "${cell}"`);
  }) as [number, number, number, number];
  for (const [name, value] of Object.entries({ open, close })) {
    if (value > high) throw lineFault(line, `high ${high} is below ${name} ${value}`);
    if (value < low) throw lineFault(line, `low ${low} is above ${name} ${value}`);
  }
  return { open, high, low, close };
}

/** A minute that comes again as it was is counted; two different words on one minute are refused. */
function eachOnce(sorted: readonly Read[]): { readonly placed: readonly Placed[]; readonly doubled: number } {
  const placed: Placed[] = [];
  let doubled = 0;
  for (const { line, at, candle } of sorted) {
    if (!candle) continue;
    const known = placed.at(-1);
    if (known?.at !== at) {
      placed.push({ line, at, ...candle });
      continue;
    }
    if (PRICES.some((price) => known[price] !== candle[price])) {
      throw lineFault(line, `holds another candle of ${minuteText(at)} than line ${known.line}`);
    }
    doubled++;
  }
  return { placed, doubled };
}

/** Every candle begins with its minute, and most follow the one before at once. */
function checkMinutes(candles: readonly Placed[]): void {
  const steps = new Map<number, number>();
  for (const [index, { line, at }] of candles.entries()) {
    if (at % MINUTE_MS !== 0) throw lineFault(line, `${new Date(at).toISOString()} is not the beginning of a minute`);
    const before = candles[index - 1];
    if (before) steps.set(at - before.at, (steps.get(at - before.at) ?? 0) + 1);
  }
  const [step] = [...steps].sort((a, b) => b[1] - a[1])[0] ?? [MINUTE_MS];
  if (step === MINUTE_MS || steps.has(MINUTE_MS)) return;
  throw new CandleFault('times', `the candles are of ${step / MINUTE_MS} minutes each, wanted are those of one`);
}

const countText = (count: number): string => count.toLocaleString('en-US');
const minuteText = (at: number): string => new Date(at).toISOString().slice(0, 16).replace('T', ' ');
