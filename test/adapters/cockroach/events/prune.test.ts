import { makeAssessmentStore } from '../../../../adapters/cockroach/assessments/assessment-store';
import type { Database } from '../../../../adapters/cockroach/connection/database';
import { sql } from '../../../../adapters/cockroach/connection/statement';
import { makeOutbox } from '../../../../adapters/cockroach/events/outbox-store';
import { prune } from '../../../../adapters/cockroach/events/prune';
import { DAY_MS, plusMs } from '../../../../domain/kernel/instant';
import { systemClock } from '../../../../runtime/edge';
import { newAssessment } from '../../../fixtures/stored-account';
import { migratedDatabase } from '../test-database';

const backdateInbox = sql<never>('test_backdate_inbox')`
  UPDATE inbox SET handled_at = now() - INTERVAL '31 days' WHERE event_id = $1::UUID`;

/** Goal: the sweep takes what is old and done with, and nothing else. */
describe('prune', () => {
  let database: Database;
  beforeAll(async () => {
    database = await migratedDatabase();
  });
  afterAll(() => database.close());

  const opened = async () => {
    const { given, inbox } = newAssessment();
    await makeAssessmentStore(database).create(given, inbox);
    return { eventId: given.messages[0]?.eventId as never, inbox };
  };

  test('sent events go a week after, unsent ones never; the inbox forgets after thirty days', async () => {
    const [sent, unsent] = [await opened(), await opened()];
    await makeOutbox(database).markSent([sent.eventId]);
    await database.write(backdateInbox, [sent.inbox.eventId]);
    const now = systemClock.now();
    expect(await prune(database, now)).toEqual({ outbox: 0, inbox: 1 });
    expect(await prune(database, plusMs(now, 6 * DAY_MS))).toEqual({ outbox: 0, inbox: 0 });
    expect(await prune(database, plusMs(now, 8 * DAY_MS))).toEqual({ outbox: 1, inbox: 0 });
    expect((await makeOutbox(database).unsent(10)).map(({ eventId }) => eventId)).toEqual([unsent.eventId]);
    expect(await prune(database, plusMs(now, 31 * DAY_MS))).toEqual({ outbox: 0, inbox: 1 });
  });

  test('more than one batch goes in one sweep', async () => {
    const many = await Promise.all(Array.from({ length: 1_100 }, opened));
    await makeOutbox(database).markSent(many.map(({ eventId }) => eventId));
    expect((await prune(database, plusMs(systemClock.now(), 8 * DAY_MS))).outbox).toBe(1_100);
  });
});
