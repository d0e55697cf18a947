import { pruneIdentity } from '../adapters/cockroach/identity/prune-identity';
import { prune } from '../adapters/cockroach/prune';
import { functionDatabase } from './database';
import { systemClock } from './edge';

/** Deletes what nobody will ask for again; answers with how many rows went from where. */
export async function sweepAll(): Promise<Readonly<Record<string, number>>> {
  const database = await functionDatabase();
  const now = systemClock.now();
  return { ...(await prune(database, now)), ...(await pruneIdentity(database, now)) };
}
