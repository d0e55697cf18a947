import { makeOwedWindows } from '../../../../adapters/cockroach/assessments/kept-windows';
import type { Database } from '../../../../adapters/cockroach/connection/database';
import { idOf } from '../../../../domain/kernel/ids';
import { DAY_MS, instant, plusMs } from '../../../../domain/kernel/instant';
import { uuidIds } from '../../../../runtime/edge';
import type { AccountSnapshot, ProvenVerdict } from '../../../../usecases/ports/accounts/account-store';
import { changeTo, from } from '../../../fixtures/changed-account';
import { dollars, NOW, newAssessment } from '../../../fixtures/stored-account';
import { storesOn } from '../stores';
import { migratedDatabase } from '../test-database';

/** Goal: a verdict is owed its window from the statement that made it, until the one that says that it is kept. */
let database: Database;
beforeAll(async () => {
  database = await migratedDatabase(2);
});
afterAll(() => database.close());

async function ended(at: number, isViolated: boolean) {
  const stores = storesOn(database);
  const { given, inbox } = newAssessment({});
  await stores.assessments.create(given, inbox);
  const snapshot = (await stores.accounts.load(given.accountId)) as AccountSnapshot;
  const violationId = idOf<never>(uuidIds.next());
  const broken = { kind: 'deadline', rule: 'inactivity', dueAt: instant(at - 1) } as const;
  const verdict: ProvenVerdict = {
    at: instant(at),
    equityUsd: dollars(90_000),
    evidence: `{"at":${at}}`,
    evidenceHash: 'a'.repeat(64),
    ...(isViolated && { violation: { violationId, broken } }),
  };
  expect(await stores.accounts.save(snapshot, changeTo(snapshot, from(snapshot), { verdict }))).toBe('saved');
  const verdictId = isViolated ? violationId : given.assessmentId;
  return { accountId: given.accountId, verdictId, at: instant(at), evidence: verdict.evidence };
}

test('verdicts are owed from the oldest on, by the id that proves them, and not for longer than there are ticks', async () => {
  const owed = makeOwedWindows(database);
  const failed = await ended(NOW + 2_000, true);
  const passed = await ended(NOW + 1_000, false);
  const tooOld = await ended(NOW - 3 * DAY_MS, true);
  const since = plusMs(NOW, -DAY_MS);
  expect(await owed.list(since, 10)).toEqual([passed, failed]);
  expect(await owed.list(since, 1)).toEqual([passed]);
  expect(await owed.list(tooOld.at, 10)).toEqual([tooOld, passed, failed]);

  await owed.kept(passed.accountId, passed.verdictId, instant(NOW + 9_000), 'b'.repeat(64));
  await owed.kept(passed.accountId, passed.verdictId, instant(NOW + 10_000), 'c'.repeat(64)); // Kept once more.
  expect(await owed.list(since, 10)).toEqual([failed]);
});
