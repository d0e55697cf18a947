import { DAY_MS, type Instant, isoText, plusMs } from '../../../domain/kernel/instant';
import type { Database } from '../connection/database';
import { pruneInBatches } from '../events/prune';
import {
  pruneKnownDevices,
  prunePasswordResets,
  pruneRefreshTokens,
  pruneRegistrations,
  pruneSessions,
} from './prune-identity.sql';

/** Until then a stolen token that comes back late is still recognized, and a user's question can be answered. */
const SESSIONS_KEPT_MS = 30 * DAY_MS;

type Pruned = {
  readonly registrations: number;
  readonly passwordResets: number;
  readonly knownDevices: number;
  readonly refreshTokens: number;
  readonly sessions: number;
};

/**
 * Deletes registrations that nobody confirmed in time, expired links and devices, and sessions that expired long ago;
 * answers with how many rows went.
 */
export async function pruneIdentity(database: Database, now: Instant): Promise<Pruned> {
  const expiredBefore = isoText(plusMs(now, -SESSIONS_KEPT_MS));
  return {
    registrations: await pruneInBatches(database, pruneRegistrations, [isoText(now)]),
    passwordResets: await pruneInBatches(database, prunePasswordResets, [isoText(now)]),
    knownDevices: await pruneInBatches(database, pruneKnownDevices, [isoText(now)]),
    refreshTokens: await pruneInBatches(database, pruneRefreshTokens, [expiredBefore]),
    sessions: await pruneInBatches(database, pruneSessions, [expiredBefore]),
  };
}
