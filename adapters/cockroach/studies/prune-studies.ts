import { DAY_MS, type Instant, isoText, plusMs } from '../../../domain/kernel/instant';
import type { Database } from '../connection/database';
import { pruneInBatches } from '../events/prune';
import { pruneStudies as pruneStudiesSql } from './study.sql';

const KEPT_MS = 366 * DAY_MS;

/** Deletes studies that are older than a year, and answers with how many went. */
export const pruneStudies = async (database: Database, now: Instant): Promise<{ readonly studies: number }> => ({
  studies: await pruneInBatches(database, pruneStudiesSql, [isoText(plusMs(now, -KEPT_MS))]),
});
