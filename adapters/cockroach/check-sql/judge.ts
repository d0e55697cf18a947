/** What the parser found in one text; see main.go. */
export type Parsed = {
  readonly name: string;
  readonly error: string;
  readonly tags: readonly string[];
  readonly written: readonly string[];
  readonly functions: readonly string[];
  readonly types: readonly string[];
};

const TAGS = new Set([
  'CREATE TABLE',
  'CREATE INDEX',
  'ALTER TABLE',
  'DROP TABLE',
  'DROP INDEX',
  'SELECT',
  'INSERT',
  'UPDATE',
  'DELETE',
  'VALUES',
]);

/**
 * Functions and types that both CockroachDB and PostgreSQL have and that mean the same in both. Much else parses and
 * fails only when it runs: advisory locks, sequences, citext, ranges. A new one is added here after its page in
 * CockroachDB's reference was read.
 */
const FUNCTIONS = new Set([
  'count',
  'sum',
  'min',
  'max',
  'avg',
  'bool_or',
  'bool_and',
  'array_agg',
  'string_agg',
  'jsonb_agg',
  'greatest',
  'least',
  'coalesce',
  'nullif',
  'abs',
  'div',
  'floor',
  'ceil',
  'round',
  'length',
  'lower',
  'upper',
  'now',
  'date_trunc',
  'extract',
  'row_number',
  'rank',
  'lag',
  'lead',
  'first_value',
  'last_value',
  'unnest',
  'generate_series',
  'jsonb_build_object',
  'jsonb_array_elements',
  'jsonb_to_recordset',
  'encode',
  'decode',
  'concat',
]);

const TYPES = new Set([
  'INT2',
  'INT4',
  'INT8',
  'DECIMAL',
  'BOOL',
  'STRING',
  'UUID',
  'DATE',
  'TIMESTAMPTZ',
  'INTERVAL',
  'JSONB',
  'BYTES',
]);

const elementOf = (type: string): string => type.replace(/\[\]$/, '').replace(/\(.*\)$/, '');

/** What speaks against running this text on CockroachDB; nothing when it may run. */
export function complaintsAbout(parsed: Parsed): readonly string[] {
  if (parsed.error !== '') return [parsed.error];
  const written = parsed.written.map((table) => table.replace(/ AS .*$/, ''));
  return [
    ...(parsed.tags.length === 1 ? [] : [`holds ${parsed.tags.length} statements; one is allowed`]),
    ...parsed.tags.filter((tag) => !TAGS.has(tag)).map((tag) => `${tag} is not a statement that we use`),
    ...parsed.functions
      .filter((name) => !FUNCTIONS.has(name.toLowerCase()))
      .map((name) => `function ${name} is not on the list of functions that both databases have`),
    ...parsed.types
      .filter((type) => !TYPES.has(elementOf(type)))
      .map((type) => `type ${type} is not on the list of types that both databases have`),
    ...written
      .filter((table, index) => written.indexOf(table) !== index)
      .map((table) => `writes ${table} twice; CockroachDB allows one mutation of a table in a statement`),
  ];
}
