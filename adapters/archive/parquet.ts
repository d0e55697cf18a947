import { constants, zstdCompressSync, zstdDecompressSync } from 'node:zlib';
import { type FileMetaData, parquetMetadata, parquetReadObjects } from 'hyparquet';
import { type ColumnSource, parquetWriteBuffer } from 'hyparquet-writer';

/** A column of the file: its name, and how its values are stored. */
export type Column<Row> = {
  readonly name: string;
  readonly type: 'STRING' | 'INT32' | 'INT64';
  readonly isNullable?: true;
  /** No value of it is there twice, and nobody looks for one: neither a dictionary nor bounds are of use. */
  readonly isUnique?: true;
  readonly of: (row: Row) => string | number | null;
};

/** One group of rows as it is read: whole numbers as numbers, whatever their width. */
export type ReadRow = Readonly<Record<string, string | number | null>>;

/** The first row of a group and the one after its last, with the least and greatest text of its first column. */
type Group = { readonly from: number; readonly to: number; readonly least: string; readonly greatest: string };

/** So few that a reader of one instrument leaves most of a file alone, and enough for the compression to pay. */
const GROUP_ROWS = 10_000;
/** A little more than zstd's own 3 costs twice the time and gains a twentieth. */
const LEVEL = 3;

const compress = (bytes: Uint8Array): Uint8Array =>
  zstdCompressSync(bytes, { params: { [constants.ZSTD_c_compressionLevel]: LEVEL } });

/**
 * A Parquet file in memory: zstd, groups of rows, and the whole of the least and greatest text of each group, so that a
 * reader can leave out the groups that do not concern it. The same rows give the same bytes.
 */
export function writeTable<Row>(columns: readonly Column<Row>[], rows: readonly Row[]): Uint8Array {
  const columnData = columns.map(
    ({ name, type, isNullable, isUnique, of }): ColumnSource => ({
      name,
      type,
      nullable: isNullable ?? false,
      data: rows.map((row) => stored(of(row), type)),
      ...(type !== 'STRING' && { encoding: 'DELTA_BINARY_PACKED' }),
      ...(isUnique && { encoding: 'PLAIN', statistics: false }),
    }),
  );
  const file = parquetWriteBuffer({
    columnData,
    codec: 'ZSTD',
    compressors: { ZSTD: compress },
    statisticsTruncateLength: Number.POSITIVE_INFINITY,
    rowGroupSize: GROUP_ROWS,
    createdBy: 'proving-ground archive',
  });
  return new Uint8Array(file);
}

const stored = (value: string | number | null, type: Column<never>['type']) =>
  type === 'INT64' && value !== null ? BigInt(value) : value;

/** The rows of a file, group by group; groups whose first column lies outside what is `wanted` are not unpacked. */
export async function* readTable(
  bytes: Uint8Array,
  wanted: (least: string, greatest: string) => boolean,
): AsyncGenerator<readonly ReadRow[]> {
  const file = bytes.slice().buffer as ArrayBuffer;
  const metadata = parquetMetadata(file);
  for (const { from, to, least, greatest } of groupsOf(metadata)) {
    if (!wanted(least, greatest)) continue;
    const rows = await parquetReadObjects({
      file,
      metadata,
      rowStart: from,
      rowEnd: to,
      compressors: { ZSTD: (input, size) => unpacked(input, size) },
    });
    yield rows.map(readRow);
  }
}

function unpacked(input: Uint8Array, size: number): Uint8Array {
  const output = zstdDecompressSync(input, { maxOutputLength: Math.max(size, 1) });
  return new Uint8Array(output.buffer, output.byteOffset, output.byteLength);
}

const readRow = (row: Record<string, unknown>): ReadRow =>
  Object.fromEntries(
    Object.entries(row).map(([name, value]) => {
      if (value === undefined || value === null) return [name, null];
      return [name, typeof value === 'bigint' ? Number(value) : (value as string | number)];
    }),
  );

function groupsOf({ row_groups }: FileMetaData): readonly Group[] {
  let from = 0;
  return row_groups.map(({ num_rows, columns }) => {
    const { statistics } = columns[0]?.meta_data ?? {};
    const to = from + Number(num_rows);
    const group = { from, to, least: textOf(statistics?.min_value), greatest: textOf(statistics?.max_value) };
    from = to;
    return group;
  });
}

const textOf = (value: unknown): string =>
  value instanceof Uint8Array ? Buffer.from(value).toString('utf8') : String(value ?? '');
