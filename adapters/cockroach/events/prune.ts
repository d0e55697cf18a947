import { DAY_MS, type Instant, isoText, plusMs } from '../../../domain/kernel/instant';
import type { Database } from '../connection/database';
import type { Statement } from '../connection/statement';
import { OUTBOX_SHARDS } from './outbox-columns';
import { pruneInbox, pruneOutbox } from './prune.sql';

const OUTBOX_KEPT_MS = 7 * DAY_MS;
/** Longer than the topics keep their records: an event that can still be delivered is still known. */
const INBOX_KEPT_MS = 30 * DAY_MS;
const BATCH = 1_000;

/** Deletes what nobody will ask for again, in small statements, and answers with how many rows went. */
export async function prune(
  database: Database,
  now: Instant,
): Promise<{ readonly outbox: number; readonly inbox: number }> {
  const sentBefore = plusMs(now, -OUTBOX_KEPT_MS);
  const outbox = await pruneInBatches(database, pruneOutbox, [
    OUTBOX_SHARDS,
    firstIdAt(sentBefore),
    isoText(sentBefore),
  ]);
  const inbox = await pruneInBatches(database, pruneInbox, [isoText(plusMs(now, -INBOX_KEPT_MS))]);
  return { outbox, inbox };
}

export async function pruneInBatches(database: Database, statement: Statement<never>, values: readonly unknown[]) {
  let total = 0;
  for (;;) {
    const count = await database.write(statement, [...values, BATCH]);
    total += count;
    if (count < BATCH) return total;
  }
}

/** The lowest UUIDv7 of a millisecond: 48 bits of time, then zeros. */
const firstIdAt = (at: Instant): string => {
  const time = at.toString(16).padStart(12, '0');
  return `${time.slice(0, 8)}-${time.slice(8)}-0000-0000-000000000000`;
};
