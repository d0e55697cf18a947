'use client';

import type { DataTable } from '../lib/odds/table';
import { csvOf, csvOfAll } from '../lib/odds/table';
import { saveFile } from '../parts/save-file';
import { ScrollTable } from '../parts/scroll-table';

type TableTwinProps = {
  readonly table: DataTable;
  /** What its file is called before its own name. */
  readonly filePrefix: string;
};

/** A picture's figures as a table and as a file; folded, as the picture says most of it. */
export const TableTwin = ({ table, filePrefix }: TableTwinProps) => (
  <details className="odds-twin">
    <summary>
      As a table<span className="hidden">: {table.title}</span>
    </summary>
    <FiguresTable table={table} />
    <CsvButton table={table} filePrefix={filePrefix} />
  </details>
);

export const FiguresTable = ({ table: { slug, title, columns, rows } }: Pick<TableTwinProps, 'table'>) => (
  <ScrollTable
    label={title}
    className={`odds-rows odds-${slug}`}
    columns={columns.map((name, index) => (index === 0 ? { name, kind: 'words' as const } : name))}
  >
    {rows.map((row, index) => (
      // Rows have no name of their own, and never change places.
      <tr key={index}>
        {row.map(({ shown }, column) =>
          column === 0 ? (
            <th key={columns[column]} scope="row" className="words">
              {shown}
            </th>
          ) : (
            <td key={columns[column]}>{shown}</td>
          ),
        )}
      </tr>
    ))}
  </ScrollTable>
);

export const CsvButton = ({ table, filePrefix }: TableTwinProps) => (
  <button
    type="button"
    className="button button-small"
    onClick={() => saveCsv(csvOf(table), `${filePrefix}-${table.slug}.csv`)}
  >
    CSV<span className="hidden">: {table.title}</span>
  </button>
);

type AllCsvProps = { readonly tables: readonly DataTable[]; readonly filePrefix: string };

export const AllCsvButton = ({ tables, filePrefix }: AllCsvProps) => (
  <button type="button" className="button" onClick={() => saveCsv(csvOfAll(tables), `${filePrefix}.csv`)}>
    All tables as CSV
  </button>
);

const saveCsv = (text: string, filename: string): void =>
  saveFile(new Blob([text], { type: 'text/csv;charset=utf-8' }), filename);
