import { CandleFault, lineFault } from './fault';

export type Row = { readonly line: number; readonly cells: readonly string[] };

export type Rows = {
  /** The names of the columns, where a line before the first candle has them. */
  readonly header: Row | undefined;
  readonly rows: readonly Row[];
};

/** Time and four prices. */
const CELLS_MIN = 5;
/** A comma comes last: where others separate, it is part of the numbers. */
const SEPARATORS = ['\t', ';', '|', ','] as const;

/** Takes a text apart: byte order mark, any line ends, the separator of its own, quotes, lines before the candles. */
export function rowsOf(text: string): Rows {
  const lines = linesOf(text);
  const separator = separatorOf(lines);
  const all = lines.map(({ line, text: content }) => ({ line, cells: cellsOf(content, separator) }));
  const start = all.findIndex(({ cells }) => isCandle(cells));
  const first = all[start];
  if (!first) throw new CandleFault(`line ${all[0]?.line ?? 1}`, `is no candle, and no other line is: ${WANTED}`);
  const header = headerOf(all.slice(0, start));
  const rows = all.slice(start).filter(({ cells }) => !isSame(cells, header?.cells));
  for (const { line, cells } of rows) {
    if (cells.length === first.cells.length) continue;
    throw lineFault(line, `has ${cells.length} cells where line ${first.line} has ${first.cells.length}`);
  }
  if (header && header.cells.length !== first.cells.length) {
    const [names, cells] = [header.cells.length, first.cells.length];
    throw lineFault(header.line, `names ${names} columns where line ${first.line} has ${cells} cells`);
  }
  return { header, rows };
}

const WANTED = 'wanted are a time and the prices open, high, low and close in each';

type Line = { readonly line: number; readonly text: string };

function linesOf(text: string): readonly Line[] {
  if (text.includes('\u0000')) throw new CandleFault('line 1', 'is not UTF-8 text; save the file as UTF-8');
  const lines = text
    .replace(/^\uFEFF/, '')
    .split(/\r\n|\n|\r/)
    .map((content, index) => ({ line: index + 1, text: content }))
    .filter(({ text: content }) => content.trim() !== '');
  if (lines.length === 0) throw new CandleFault('line 1', 'is the end of the file: it holds no candles');
  return lines;
}

/** By the last line, which is a candle. */
function separatorOf(lines: readonly Line[]): string {
  const last = lines.at(-1)?.text ?? '';
  return SEPARATORS.find((separator) => cellsOf(last, separator).length >= CELLS_MIN) ?? ',';
}

/** Quotes keep a separator inside a cell; a separator that ends the line adds no cell. */
function cellsOf(text: string, separator: string): readonly string[] {
  const cells: string[] = [];
  let cell = '';
  let isQuoted = false;
  for (const letter of text) {
    if (letter === '"') isQuoted = !isQuoted;
    else if (letter === separator && !isQuoted) {
      cells.push(cell.trim());
      cell = '';
    } else cell += letter;
  }
  if (cell.trim() !== '' || cells.length === 0) cells.push(cell.trim());
  return cells;
}

const isNumber = (cell: string): boolean => /^[-+]?[\d.,]*\d(e[-+]?\d+)?$/i.test(cell);

/** Four prices are numbers; where a minute has none, its time still is one or begins with a year. */
const isCandle = (cells: readonly string[]): boolean =>
  cells.length >= CELLS_MIN && (cells.filter(isNumber).length >= 4 || /^\d{4,}/.test(cells[0] ?? ''));

/** The line before the first candle names the columns; a source, a comment or a title may stand above it. */
function headerOf(before: readonly Row[]): Row | undefined {
  const header = before.at(-1);
  const isHeader = header !== undefined && header.cells.length >= CELLS_MIN;
  for (const { line, cells } of isHeader ? before.slice(0, -1) : before) {
    const [first = ''] = cells;
    if (cells.length === 1 || /^#|^\w+:\/\//.test(first)) continue;
    throw lineFault(line, 'is neither a candle nor the names of the columns');
  }
  return isHeader ? header : undefined;
}

const isSame = (cells: readonly string[], others: readonly string[] | undefined): boolean =>
  others !== undefined && cells.join('\n') === others.join('\n');
