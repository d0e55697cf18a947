import { NO_PARTITION, type Outbox, RELAY } from '../../../usecases/ports/events/outbox';
import type { Database } from '../connection/database';
import { markEventsSent, outboxBacklog, parkEvents, unsentEvents } from './outbox.sql';
import { eventsOfRow, OUTBOX_SHARDS, shardOf } from './outbox-columns';

export const makeOutbox = (database: Database): Outbox => ({
  unsent: async (limit) => {
    const rows = await database.query(unsentEvents, [OUTBOX_SHARDS, limit, RELAY]);
    return rows.flatMap(({ event_id, waits, ...row }) =>
      eventsOfRow({ eventId: event_id, ...row }).map((event) => ({ ...event, waits })),
    );
  },
  markSent: async (ids) => {
    if (ids.length > 0) await database.write(markEventsSent, [ids.map(shardOf), ids]);
  },
  park: async (rows) => {
    await database.write(parkEvents, [
      rows.map(({ eventId }) => shardOf(eventId)),
      rows.map(({ eventId }) => eventId),
      rows.map(({ topic }) => topic),
      rows.map(({ key }) => key),
      rows.map(({ body }) => body),
      rows.map(({ reason }) => reason),
      rows.map(({ waits }) => waits),
      RELAY,
      NO_PARTITION,
    ]);
  },
  backlog: async () => {
    const [row] = await database.query(outboxBacklog);
    if (!row || row.oldest_at === null) return { rows: 0, oldestMs: 0 };
    return { rows: row.rows, oldestMs: Math.max(0, row.read_at - row.oldest_at) };
  },
});
