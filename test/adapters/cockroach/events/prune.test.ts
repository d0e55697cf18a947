import { makeAssessmentStore } from '../../../../adapters/cockroach/assessments/assessment-store';
import type { Database } from '../../../../adapters/cockroach/connection/database';
import { sql } from '../../../../adapters/cockroach/connection/statement';
import { makeAccountJournal } from '../../../../adapters/cockroach/events/account-journal';
import { makeOutbox } from '../../../../adapters/cockroach/events/outbox-store';
import { prune } from '../../../../adapters/cockroach/events/prune';
import { makeMailRequests } from '../../../../adapters/cockroach/identity/mail-requests';
import { type EventId, idOf, type UserId } from '../../../../domain/kernel/ids';
import { DAY_MS, plusMs } from '../../../../domain/kernel/instant';
import { systemClock, uuidIds } from '../../../../runtime/edge';
import { mailRequest } from '../../../../usecases/identity/mail-request';
import { newAssessment, trace } from '../../../fixtures/stored-account';
import { migratedDatabase } from '../test-database';

const backdateInbox = sql<never>('test_backdate_inbox')`
  UPDATE inbox SET handled_at = now() - INTERVAL '31 days' WHERE event_id = $1::UUID`;

/** Goal: the sweep takes what is old and done with, and nothing else; what tells of an account stays for ever. */
describe('prune', () => {
  let database: Database;
  beforeAll(async () => {
    database = await migratedDatabase();
  });
  afterAll(() => database.close());

  /** An event that is about no account, and only passes through. */
  const asked = async (): Promise<EventId> => {
    const data = { kind: 'password-changed', userId: idOf<UserId>(uuidIds.next()) } as const;
    const request = mailRequest(uuidIds, systemClock.now(), trace, data);
    await makeMailRequests(database).put(request);
    return request.eventId;
  };

  const opened = async () => {
    const { given, inbox } = newAssessment();
    await makeAssessmentStore(database).create(given, inbox);
    return { accountId: given.accountId, eventId: given.messages[0]?.eventId as EventId, inbox };
  };

  test('sent events go a week after, unsent ones never; the inbox forgets after thirty days', async () => {
    const [sent, unsent, cause] = [await asked(), await asked(), await opened()];
    await makeOutbox(database).markSent([sent, cause.eventId]);
    await database.write(backdateInbox, [cause.inbox.eventId]);
    const now = systemClock.now();
    expect(await prune(database, now)).toEqual({ outbox: 0, inbox: 1 });
    expect(await prune(database, plusMs(now, 6 * DAY_MS))).toEqual({ outbox: 0, inbox: 0 });
    expect(await prune(database, plusMs(now, 8 * DAY_MS))).toEqual({ outbox: 1, inbox: 0 });
    expect((await makeOutbox(database).unsent(10)).map(({ eventId }) => eventId)).toEqual([unsent]);
  });

  test('the journal of an account stays, however old and long sent it is', async () => {
    const { accountId, eventId } = await opened();
    await makeOutbox(database).markSent([eventId]);
    expect((await prune(database, plusMs(systemClock.now(), 4_000 * DAY_MS))).outbox).toBe(0);
    const [first, ...others] = await makeAccountJournal(database).page(accountId, 0, 10);
    expect([first, others]).toEqual([
      { version: 1, event: expect.objectContaining({ type: 'assessment.created' }) },
      [],
    ]);
  });

  test('more than one batch goes in one sweep', async () => {
    await makeOutbox(database).markSent(await Promise.all(Array.from({ length: 1_100 }, asked)));
    expect((await prune(database, plusMs(systemClock.now(), 8 * DAY_MS))).outbox).toBe(1_100);
  });
});
