import { type Instant, isoText, plusMs } from '../../../domain/kernel/instant';
import type { Database } from '../database';
import { pruneInBatches } from '../prune';
import { pruneMailTokens, pruneRefreshTokens, pruneSessions } from './prune-identity.sql';

/** Until then a stolen token that comes back late is still recognized, and a user's question can be answered. */
const SESSIONS_KEPT_MS = 30 * 86_400_000;

/** Deletes expired links and sessions that expired long ago; answers with how many rows went. */
export async function pruneIdentity(
  database: Database,
  now: Instant,
): Promise<{ readonly mailTokens: number; readonly refreshTokens: number; readonly sessions: number }> {
  const expiredBefore = isoText(plusMs(now, -SESSIONS_KEPT_MS));
  return {
    mailTokens: await pruneInBatches(database, pruneMailTokens, [isoText(now)]),
    refreshTokens: await pruneInBatches(database, pruneRefreshTokens, [expiredBefore]),
    sessions: await pruneInBatches(database, pruneSessions, [expiredBefore]),
  };
}
