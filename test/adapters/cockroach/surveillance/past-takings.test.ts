import { makeAccountStore } from '../../../../adapters/cockroach/accounts/account-store';
import { makeAssessmentStore } from '../../../../adapters/cockroach/assessments/assessment-store';
import type { Database } from '../../../../adapters/cockroach/connection/database';
import { makePastTakings } from '../../../../adapters/cockroach/surveillance/past-takings';
import { plusMs } from '../../../../domain/kernel/instant';
import { BTC, NOW, newAssessment, trader, units } from '../../../fixtures/stored-account';
import { migratedDatabase } from '../test-database';

let database: Database;
beforeAll(async () => {
  database = await migratedDatabase(4);
});
afterAll(() => database.close());

/** Goal: once Redis has lost it, the fills of the last hour say what was taken of which level, and by whom. */
test('what takers took within the last hour, oldest first', async () => {
  const { given, inbox } = newAssessment();
  await makeAssessmentStore(database).create(given, inbox);
  let now = plusMs(NOW, -3_600_001);
  const order = trader(makeAccountStore(database), given, { now: () => now });
  await order('buy', units(1n) / 10n);
  for (const side of ['buy', 'sell'] as const) {
    now = plusMs(NOW, side === 'buy' ? -3_600_000 : -1_000);
    await order(side, units(1n) / 4n);
  }
  const takings = await makePastTakings(database, { now: () => NOW })();
  const { userId } = given;
  expect(takings.filter((taking) => taking.userId === userId)).toEqual([
    { userId, instrument: BTC, key: 'asks 6000100000000', qty: units(1n) / 4n, at: plusMs(NOW, -3_600_000) },
    { userId, instrument: BTC, key: 'bids 5999900000000', qty: units(1n) / 4n, at: plusMs(NOW, -1_000) },
  ]);
});
