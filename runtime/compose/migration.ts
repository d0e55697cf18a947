import { migrate } from '../../adapters/cockroach/connection/migrate';
import type { Trace } from '../../usecases/ports/clock-and-ids';
import { openDatabase } from '../database';
import { defaultTiersOn } from './tiers';

export type Migrated = { readonly applied: readonly string[]; readonly tiers: readonly string[] };

/** A change of a large table's schema runs for minutes. */
const STATEMENT_TIMEOUT_MS = 10 * 60_000;

/** Brings the schema up to date and fills an empty shop; on a database that is up to date it changes nothing. */
export async function migrateAll(trace: Trace): Promise<Migrated> {
  const database = await openDatabase('migration', STATEMENT_TIMEOUT_MS);
  try {
    const applied = await migrate(database);
    return { applied, tiers: await defaultTiersOn(database)(trace) };
  } finally {
    await database.close();
  }
}
