import { type Database, makeDatabase } from '../adapters/cockroach/database';
import { readSecret } from '../adapters/secrets/secret';
import { readConfig } from './config';
import { lazy } from './lazy';
import { databaseSecret } from './secret-schemas';

/** The database that DATABASE_SECRET leads to. `poolMax` times the number of copies must fit its connections. */
export async function openDatabase(poolMax: number, statementTimeoutMs?: number): Promise<Database> {
  const { DATABASE_SECRET } = readConfig('DATABASE_SECRET');
  const options = { poolMax, ...(statementTimeoutMs !== undefined && { statementTimeoutMs }) };
  return makeDatabase(await readSecret(DATABASE_SECRET, databaseSecret()), options);
}

/** An instance serves one request at a time; the second connection is for a request that asks two things at once. */
const FUNCTION_POOL_MAX = 2;

/** The one pool of an HTTP function's instance. */
export const functionDatabase = lazy(() => openDatabase(FUNCTION_POOL_MAX));
