import type { Outbox } from '../../usecases/ports/outbox';
import type { Database } from './database';
import { markEventsSent, outboxBacklog, unsentEvents } from './outbox.sql';
import { eventsOfRow, OUTBOX_SHARDS, shardOf } from './outbox-columns';

export const makeOutbox = (database: Database): Outbox => ({
  unsent: async (limit) => {
    const rows = await database.query(unsentEvents, [OUTBOX_SHARDS, limit]);
    return rows.flatMap(({ event_id, ...row }) => eventsOfRow({ eventId: event_id, ...row }));
  },
  markSent: async (ids) => {
    if (ids.length > 0) await database.write(markEventsSent, [ids.map(shardOf), ids]);
  },
  backlog: async () => {
    const [row] = await database.query(outboxBacklog);
    if (!row || row.oldest_at === null) return { rows: 0, oldestMs: 0 };
    return { rows: row.rows, oldestMs: Math.max(0, row.read_at - row.oldest_at) };
  },
});
