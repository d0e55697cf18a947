import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { MIGRATIONS } from '../migrations/all';
import type { Migration } from '../migrations/migration';
import type { Database } from './database';
import { isCreatedMeanwhile } from './database-errors';
import { appliedMigrations, endMigrationLease, recordMigration, takeMigrationLease } from './migrate.sql';

/** The runner's own tables; a lease in a row takes the place of an advisory lock, which CockroachDB does not have. */
export const BOOTSTRAP: Migration = {
  name: '0000-migrations',
  statements: [
    `CREATE TABLE IF NOT EXISTS schema_migration (
      name TEXT PRIMARY KEY,
      applied_at TIMESTAMPTZ NOT NULL DEFAULT now()
    )`,
    `CREATE TABLE IF NOT EXISTS schema_migration_lease (
      id INT8 PRIMARY KEY CHECK (id = 1),
      holder UUID NOT NULL,
      expires_at TIMESTAMPTZ NOT NULL
    )`,
  ],
};

const LEASE_SECONDS = 60;
const POLL_MS = 200;

/**
 * Brings the schema up to date and answers with the names it applied. A second runner waits for the first to finish.
 */
export async function migrate(
  database: Database,
  migrations: readonly Migration[] = MIGRATIONS,
): Promise<readonly string[]> {
  for (const statement of BOOTSTRAP.statements) await createOnce(database, statement);
  const holder = randomUUID();
  const takeLease = async () => (await database.write(takeMigrationLease, [holder, LEASE_SECONDS])) === 1;
  while (!(await takeLease())) await sleep(POLL_MS);
  try {
    const applied = new Set((await database.query(appliedMigrations)).map(({ name }) => name));
    const missing = migrations.filter(({ name }) => !applied.has(name));
    for (const { name, statements } of missing) {
      for (const statement of statements) {
        if (!(await takeLease())) throw new Error(`migration ${name}: another runner took over`);
        await database.execute(statement);
      }
      await database.write(recordMigration, [name]);
    }
    return missing.map(({ name }) => name);
  } finally {
    await database.write(endMigrationLease, [holder]);
  }
}

/** Once another session's table is committed, saying it again finds it. */
async function createOnce(database: Database, statement: string): Promise<void> {
  try {
    await database.execute(statement);
  } catch (error) {
    if (!isCreatedMeanwhile(error)) throw error;
    await sleep(POLL_MS);
    await database.execute(statement);
  }
}
