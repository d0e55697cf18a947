/** A row of a file of separated values; `line` counts from 1 and is where it begins. */
export type Row = { readonly line: number; readonly cells: readonly string[] };

/** A quotation mark that nothing closes, or a row of more cells than any export has. */
export type BrokenRow = { readonly line: number; readonly broken: string };

const CELLS_MAX = 200;
const BYTE_ORDER_MARK = '\ufeff';

/**
 * Rows one by one (RFC 4180, with any separator): whoever stops asking reads nothing further. Blanks around a cell
 * without quotation marks are no part of it.
 */
export function* rowsOf(csv: string, separator: string): Generator<Row | BrokenRow> {
  let at = csv.startsWith(BYTE_ORDER_MARK) ? 1 : 0;
  let line = 1;
  while (at < csv.length) {
    const began = line;
    const cells: string[] = [];
    for (let more = true; more; ) {
      const cell = csv[at] === '"' ? quotedCell(csv, at) : plainCell(csv, at, separator);
      if (cell === undefined) return yield { line: began, broken: 'must close the quotation mark that it opens' };
      cells.push(cell.text);
      line += cell.lines;
      at = cell.end;
      more = csv[at] === separator;
      if (more) at += 1;
      else if (at < csv.length && csv[at] !== '\n' && csv[at] !== '\r') {
        return yield { line: began, broken: 'must have nothing between a closing quotation mark and the next cell' };
      }
      if (cells.length > CELLS_MAX) return yield { line: began, broken: `must be at most ${CELLS_MAX} cells` };
    }
    at += csv.startsWith('\r\n', at) ? 2 : 1;
    line += 1;
    yield { line: began, cells };
  }
}

type Cell = { readonly text: string; readonly end: number; readonly lines: number };

function plainCell(csv: string, from: number, separator: string): Cell {
  let end = from;
  while (end < csv.length && csv[end] !== separator && csv[end] !== '\n' && csv[end] !== '\r') end += 1;
  return { text: csv.slice(from, end).trim(), end, lines: 0 };
}

function quotedCell(csv: string, from: number): Cell | undefined {
  let [end, lines] = [from + 1, 0];
  while (end < csv.length && (csv[end] !== '"' || csv[end + 1] === '"')) {
    if (csv[end] === '\n') lines += 1;
    end += csv[end] === '"' ? 2 : 1;
  }
  if (end >= csv.length) return undefined;
  return {
    text: csv
      .slice(from + 1, end)
      .replaceAll('""', '"')
      .trim(),
    end: end + 1,
    lines,
  };
}
