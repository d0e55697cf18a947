/**
 * One step of the schema. Statements run one by one, outside a transaction (CockroachDB changes schemas that way), and
 * each can run twice: `IF NOT EXISTS`. A released step is never edited; a column is added first, and dropped in a later
 * release when no running version reads it.
 */
export type Migration = { readonly name: string; readonly statements: readonly string[] };
