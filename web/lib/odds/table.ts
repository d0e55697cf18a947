/** A figure as it is read on the page, and as it stands in a file. */
export type Cell = { readonly shown: string; readonly raw: string };

export type DataTable = {
  /** Names its file. */
  readonly slug: string;
  readonly title: string;
  /** The first column names the row. */
  readonly columns: readonly string[];
  readonly rows: readonly (readonly Cell[])[];
};

export const words = (text: string): Cell => ({ shown: text, raw: text });
export const count = (value: number): Cell => ({ shown: value.toLocaleString('en-US'), raw: String(value) });

/** One table as CSV (RFC 4180). */
export const csvOf = ({ columns, rows }: Pick<DataTable, 'columns' | 'rows'>): string =>
  [columns, ...rows.map((row) => row.map(({ raw }) => raw))].map(lineOf).join('');

/** All tables in one file, each under its title, an empty line between them. */
export const csvOfAll = (tables: readonly DataTable[]): string =>
  tables.map((table) => `${lineOf([table.title])}${csvOf(table)}`).join('\r\n');

const lineOf = (cells: readonly string[]): string => `${cells.map(quoted).join(',')}\r\n`;

/** A spreadsheet takes text that begins like this for a formula; figures begin so, too, and are none. */
const FORMULA = /^[=+\-@\t\r]/;
const FIGURE = /^-?\d+(\.\d+)?$/;

function quoted(text: string): string {
  const safe = FORMULA.test(text) && !FIGURE.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
