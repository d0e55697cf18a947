import { setTimeout as sleep } from 'node:timers/promises';
import { makeAccountStore } from '../../../../adapters/cockroach/accounts/account-store';
import { makeAssessmentStore } from '../../../../adapters/cockroach/assessments/assessment-store';
import type { Database } from '../../../../adapters/cockroach/connection/database';
import { DatabaseUnavailable } from '../../../../adapters/cockroach/connection/database-errors';
import { sql } from '../../../../adapters/cockroach/connection/statement';
import { makeOutbox } from '../../../../adapters/cockroach/events/outbox-store';
import { decodeEvent } from '../../../../contracts/topics/envelope';
import { type AccountId, idOf, type OrderId } from '../../../../domain/kernel/ids';
import { uuidIds } from '../../../../runtime/edge';
import { changeTo, from, marketFill } from '../../../fixtures/changed-account';
import { dollars, marketTicket, newAssessment, trader } from '../../../fixtures/stored-account';
import { expectSoundBooks } from '../books';
import { migratedDatabase } from '../test-database';

const setClockAhead = sql<never>('test_set_clock_ahead')`
  UPDATE accounts SET changed_at = now() + INTERVAL '1 hour' WHERE account_id = $1::UUID`;

const endOthers = sql<{ ended: boolean }>('test_end_others')`
  SELECT pg_terminate_backend(pid) AS ended FROM pg_stat_activity
  WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend'`;

/** Goal: whoever races and whatever breaks, an acknowledged order is there once, and the books add up. */
describe('racing for accounts', () => {
  let database: Database;
  beforeAll(async () => {
    database = await migratedDatabase(24);
  });
  afterAll(() => database.close());

  const opened = async () => {
    const { given, inbox } = newAssessment();
    await makeAssessmentStore(database).create(given, inbox);
    return { ...given, order: trader(makeAccountStore(database), given) };
  };

  const versionsOf = async (id: AccountId) => {
    const rows = (await makeOutbox(database).unsent(10_000)).filter(({ key }) => key === id);
    return rows.map(({ body }) => decodeEvent(body)).map((read) => (read.ok ? read.event.accountVersion : read.reason));
  };

  test('64 writers on one account lose nothing', async () => {
    const { accountId, order } = await opened();
    const untilFilled = async (index: number): Promise<void> => {
      const orderId = idOf<OrderId>(uuidIds.next());
      for (;;) {
        const answer = await order(index % 4 === 3 ? 'sell' : 'buy', 1_000_000n, orderId);
        if (answer.ok) return;
        if (answer.refusal !== 'account_busy') throw new Error(answer.refusal);
      }
    };
    await Promise.all(Array.from({ length: 64 }, (_, index) => untilFilled(index)));
    await expectSoundBooks(database, accountId, 64);
    expect(await versionsOf(accountId)).toEqual(Array.from({ length: 129 }, (_, index) => index + 1));
  });

  test('connections cut at random moments: every order is answered in the end, and is there once', async () => {
    const { accountId, order } = await opened();
    let cuts = 0;
    let isDone = false;
    const cutting = (async () => {
      while (!isDone) {
        await sleep(15);
        try {
          cuts += (await database.query(endOthers)).length;
        } catch (error) {
          if (!(error instanceof DatabaseUnavailable)) throw error;
        }
      }
    })();
    const untilAnswered = async (): Promise<void> => {
      const orderId = idOf<OrderId>(uuidIds.next());
      for (;;) {
        try {
          const answer = await order('buy', 100_000n, orderId);
          if (answer.ok) return;
          if (answer.refusal !== 'account_busy') throw new Error(answer.refusal);
        } catch (error) {
          if (!(error instanceof DatabaseUnavailable)) throw error;
        }
      }
    };
    const client = async () => {
      for (let count = 0; count < 25; count++) await untilAnswered();
    };
    await Promise.all([client(), client(), client(), client()]);
    isDone = true;
    await cutting;
    expect(cuts).toBeGreaterThan(0);
    await expectSoundBooks(database, accountId, 100);
    expect(await versionsOf(accountId)).toEqual(Array.from({ length: 201 }, (_, index) => index + 1));
  });

  test('the order of events survives a database node whose clock is an hour behind', async () => {
    const { accountId, order } = await opened();
    await order('buy', 1_000_000n);
    await database.write(setClockAhead, [accountId]);
    for (let count = 0; count < 3; count++) await order('buy', 1_000_000n);
    expect(await versionsOf(accountId)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9]);
  });

  test('a save that fails half-way leaves nothing', async () => {
    const { accountId, order } = await opened();
    await order('buy', 1_000_000n);
    const accounts = makeAccountStore(database);
    const snapshot = await accounts.load(accountId);
    if (!snapshot) throw new Error('opened above');
    const step = marketFill(from(snapshot), marketTicket('buy', 1_000_000n));
    const [placed, filled] = step.events;
    if (!placed || filled?.kind !== 'order_filled') throw new Error('a market order fills');
    const cash = { ledgerAccount: 'cash', amountUsd: dollars(1) } as const;
    const unbalanced = changeTo(snapshot, { ...step, events: [placed, { ...filled, ledger: [cash] }] });
    await expect(accounts.save(snapshot, unbalanced)).rejects.toThrow(/check constraint/);
    await expectSoundBooks(database, accountId, 1);
    expect((await accounts.load(accountId))?.version).toBe(snapshot.version);
  });
});
