import type { Instant } from '../../kernel/instant';
import type { Usd } from '../../kernel/money';
import type { ClosedTrade } from '../closed-trades/closed-trade';
import { amountIn, type DecimalMark, decimalMarkOf, plainAmountIn } from './amounts';
import { instantIn } from './dates';
import type { Row } from './rows';

/** What is wrong with a file, where it is, in words. */
export type FileFault = { readonly line: number; readonly column?: string; readonly rule: string };

/** Rows under a header. */
export type Table = { readonly header: Row; readonly rows: readonly Row[] };

/** A trade with the line that closes it, and what its file calls it. */
export type FileTrade = ClosedTrade & { readonly line: number; readonly id: string };

/** A kind of file, told by its header. */
export type TradeFormat = {
  readonly isHeader: (names: readonly string[]) => boolean;
  /** How many rows a trade may take. */
  readonly rowsPerTrade: number;
  readonly tradesIn: (table: Table) => readonly FileTrade[] | FileFault;
};

/** Names of columns in lower case, in their order. */
export const namesOf = ({ cells }: Row): readonly string[] => cells.map((cell) => cell.toLowerCase());

/** A column as it is found in a header, and as it is called in a fault. */
export type Column = { readonly name: string; readonly at: number };

/** The first column of one of these names; with `nth`, a later one of the same name. */
export function columnOf(names: readonly string[], wanted: readonly string[], nth = 0): Column | undefined {
  const found = names.flatMap((name, at) => (wanted.includes(name) ? [{ name, at }] : []));
  return found[nth];
}

export const isFault = <T extends object>(value: T | FileFault): value is FileFault => 'rule' in value;

export const isFilled = ({ cells }: Row): boolean => cells.some((cell) => cell !== '');

/** The first column that a header lacks. */
export const missingColumn = ({ line }: Row, name: string): FileFault => ({ line, rule: `must have a column ${name}` });

/**
 * Reads the cells of one row after another. The first fault is kept; what is read after it means nothing, and whoever
 * has read a row looks at `fault`.
 */
export class CellReader {
  fault: FileFault | undefined;
  private row: Row;
  private readonly mark: DecimalMark | undefined;

  /** `amounts`: the columns whose numbers are written as their program writes them; without any, they are plain. */
  constructor(
    private readonly table: Table,
    private readonly amounts: readonly (Column | undefined)[] = [],
  ) {
    this.row = table.header;
    this.mark = decimalMarkOf(
      table.rows.flatMap((row) => amounts.map((column) => (column && row.cells[column.at]) ?? '')),
    );
  }

  at(row: Row): this {
    this.row = row;
    const most = this.table.header.cells.length;
    // A number with a comma in a file of commas is two cells, and moves all that follow into the wrong columns.
    if (row.cells.slice(most).some((cell) => cell !== '')) {
      this.fault ??= { line: row.line, rule: `must have at most the ${most} cells of the header` };
    }
    return this;
  }

  text(column: Column | undefined): string {
    return (column && this.row.cells[column.at]) ?? '';
  }

  instant(column: Column): Instant {
    return this.valueOf(column, instantIn(this.text(column)));
  }

  /** Nothing where the column is not there, or its cell is empty. */
  usdOrNull(column: Column | undefined): Usd | null {
    return column === undefined || this.text(column) === '' ? null : this.usd(column);
  }

  usd(column: Column): Usd {
    const text = this.text(column);
    return this.valueOf(column, this.amounts.length === 0 ? plainAmountIn(text) : amountIn(text, this.mark));
  }

  refuse({ name }: Column, rule: string): void {
    this.fault ??= { line: this.row.line, column: name, rule };
  }

  private valueOf<T>(column: Column, value: T | string): T {
    if (typeof value === 'string') this.refuse(column, value);
    return value as T;
  }
}
