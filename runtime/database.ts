import { type Database, makeDatabase } from '../adapters/cockroach/connection/database';
import { readSecret } from '../adapters/secrets/secret';
import { readConfig } from './config';
import { lazy } from './lazy';
import { POOLS, type PoolName } from './pools';
import { databaseSecret } from './secret-schemas';

/** The database that DATABASE_SECRET leads to, through a pool of its own. */
export async function openDatabase(pool: PoolName, statementTimeoutMs?: number): Promise<Database> {
  const { DATABASE_SECRET } = readConfig('DATABASE_SECRET');
  const options = { poolMax: POOLS[pool], ...(statementTimeoutMs !== undefined && { statementTimeoutMs }) };
  return makeDatabase(await readSecret(DATABASE_SECRET, databaseSecret()), options);
}

/** The one pool of a function's instance. Marked pure: what opens a pool of its own does not carry this one. */
export const functionDatabase = /* @__PURE__ */ lazy(() => openDatabase('function'));
