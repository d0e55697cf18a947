import { makeMonthResults } from '../../../../adapters/cockroach/assessments/month-results';
import type { Database } from '../../../../adapters/cockroach/connection/database';
import { sql } from '../../../../adapters/cockroach/connection/statement';
import { makeBoardChoices } from '../../../../adapters/cockroach/identity/board-choices';
import { balanceOf } from '../../../../domain/account/account';
import { idOf, type UserId } from '../../../../domain/kernel/ids';
import { type Instant, instant, plusMs } from '../../../../domain/kernel/instant';
import { price, subUsd, type Usd } from '../../../../domain/kernel/money';
import { boundsOf, type Month } from '../../../../domain/kernel/month';
import { uuidIds } from '../../../../runtime/edge';
import { heldAtOnce } from '../../../fakes/held-books';
import { BTC, bookAt, dollars, NOW, newAssessment, trader, units } from '../../../fixtures/stored-account';
import { type Stores, storesOn } from '../stores';
import { migratedDatabase } from '../test-database';

let database: Database;
let stores: Stores;
beforeAll(async () => {
  database = await migratedDatabase();
  stores = storesOn(database);
});
afterAll(() => database.close());

const MARCH = boundsOf('2026-03' as Month);
const APRIL = boundsOf('2026-04' as Month);

const addUser = sql<never>('add_test_user')`
  INSERT INTO users (user_id, email, email_key, display_name, password_hash, roles, verified_at, created_at)
  VALUES ($1::UUID, $1::TEXT, $1::TEXT, 'Jane Doe', 'h', '{trader}', now(), now())`;
const addTier = sql<never>('add_test_tier')`
  INSERT INTO tiers (tier_id, slug, name, price_usd, rule_set_version, published_at)
  VALUES ($1::UUID, $2::TEXT, 'Standard', 1, 1, now())`;
const endAccount = sql<never>('end_test_account')`
  UPDATE accounts SET status = 'failed' WHERE account_id = $1::UUID`;
const addVerdict = sql<never>('add_test_verdict')`
  INSERT INTO verdicts (account_id, outcome, at, equity_usd, evidence, evidence_hash)
  VALUES ($1::UUID, 'failed', $2::TIMESTAMPTZ, 0, '', repeat('0', 64))`;

/** Somebody with one account, who trades Bitcoin at a price and a time that the test sets. */
async function person(userId = idOf<UserId>(uuidIds.next())) {
  const { given, inbox } = newAssessment({ userId });
  await stores.assessments.create(given, inbox);
  const { accountId } = given;
  let [now, dollarsNow]: [Instant, bigint] = [NOW, 60_000n];
  const level = (at: bigint) => [{ price: price(units(at)), qty: bookAt(now).bids[0]?.qty ?? (0n as never) }];
  const book = () => ({ ...bookAt(now), bids: level(dollarsNow - 1n), asks: level(dollarsNow + 1n) });
  const books = heldAtOnce(async () => new Map([[BTC, book()]]));
  const order = trader(stores.accounts, given, { now: () => now }, { books });
  const balance = async (): Promise<Usd> => {
    const found = await stores.accounts.load(accountId);
    if (!found) throw new Error('no account');
    return balanceOf(found.account);
  };
  return {
    ...given,
    balance,
    at: (moment: Instant, amount: bigint) => {
      [now, dollarsNow] = [moment, amount];
    },
    /** In hundredths of a bitcoin. */
    trade: async (side: 'buy' | 'sell', hundredths: bigint) => {
      const placed = await order(side, (units(1n) * hundredths) / 100n);
      if (!placed.ok) throw new Error(placed.refusal);
    },
    losing: (at: Instant, lossUsd: number) =>
      balance().then((balanceUsd) =>
        stores.open.recordEquity([{ accountId, at, equityUsd: subUsd(balanceUsd, dollars(lossUsd)), balanceUsd }]),
      ),
  };
}

async function known() {
  const somebody = await person();
  await database.write(addUser, [somebody.userId]);
  const slug = `tier-${somebody.accountId}`;
  await database.write(addTier, [somebody.pinned.tierId, slug]);
  return { ...somebody, slug };
}

const resultsOf = async (userId: UserId, bounds = MARCH) =>
  (await makeMonthResults(database).of([userId], bounds))[0]?.results;

/** Goal: a month's result is what the balance did in it, to the millionth, and what was held open at a loss. */
test('closed profit is what the balance gained within the month, fees paid, and trades are counted when they close', async () => {
  const jane = await known();
  await jane.trade('buy', 2n);
  jane.at(plusMs(NOW, 1), 61_000n);
  await jane.trade('sell', 1n);
  // Through flat: the long is closed, and a short begins.
  await jane.trade('sell', 3n);
  await jane.trade('buy', 2n);
  const march = subUsd(await jane.balance(), jane.cashUsd);
  expect(await resultsOf(jane.userId)).toEqual([
    {
      tier: jane.slug,
      phase: 1,
      phases: 1,
      attempt: 1,
      status: 'active',
      isHeld: false,
      startingUsd: jane.cashUsd,
      closedUsd: march,
      openLossUsd: { before: 0n, after: 0n },
      tradesClosed: 2,
    },
  ]);
  expect(await resultsOf(jane.userId, APRIL)).toBeUndefined();
});

test('each month has its own part, to the millisecond', async () => {
  const jane = await known();
  await jane.trade('buy', 2n);
  jane.at(instant(APRIL.from - 1), 61_000n);
  await jane.trade('sell', 1n);
  const march = subUsd(await jane.balance(), jane.cashUsd);
  jane.at(APRIL.from, 62_000n);
  await jane.trade('sell', 1n);
  const whole = subUsd(await jane.balance(), jane.cashUsd);
  expect(await resultsOf(jane.userId)).toMatchObject([{ closedUsd: march, tradesClosed: 0 }]);
  expect(await resultsOf(jane.userId, APRIL)).toMatchObject([{ closedUsd: subUsd(whole, march), tradesClosed: 1 }]);
});

test('an open loss is that of the last point since the position changed; profit that is open is nothing', async () => {
  const jane = await known();
  await jane.losing(instant(NOW - 60_000), 700);
  await jane.trade('buy', 2n);
  expect(await resultsOf(jane.userId)).toMatchObject([{ openLossUsd: { before: 0n, after: 0n } }]);
  await jane.losing(plusMs(NOW, 60_000), -200);
  expect(await resultsOf(jane.userId)).toMatchObject([{ openLossUsd: { before: 0n, after: 0n } }]);
  await jane.losing(plusMs(NOW, 120_000), 300);
  expect(await resultsOf(jane.userId)).toMatchObject([{ openLossUsd: { before: 0n, after: dollars(-300) } }]);
  // In April the same loss was there before, and is closed.
  jane.at(plusMs(APRIL.from, 1_000), 60_000n);
  await jane.losing(instant(APRIL.from - 1), 310);
  await jane.trade('sell', 2n);
  expect(await resultsOf(jane.userId, APRIL)).toMatchObject([{ openLossUsd: { before: dollars(-310), after: 0n } }]);
});

test('who failed after a month did not fail in it', async () => {
  const jane = await known();
  await jane.trade('buy', 2n);
  jane.at(plusMs(APRIL.from, 5), 60_000n);
  await jane.trade('sell', 2n);
  await database.write(endAccount, [jane.accountId]);
  await database.write(addVerdict, [jane.accountId, new Date(APRIL.from + 10).toISOString()]);
  expect(await resultsOf(jane.userId)).toMatchObject([{ status: 'active' }]);
  expect(await resultsOf(jane.userId, APRIL)).toMatchObject([{ status: 'failed' }]);
});

test('people are found by their accounts, by what changed, and by what they chose', async () => {
  const [results, choices] = [makeMonthResults(database), makeBoardChoices(database)];
  const [jane, idle] = [await known(), await known()];
  expect(await results.peopleOf([jane.accountId, jane.accountId])).toEqual([jane.userId]);
  expect(await choices.find(jane.userId)).toEqual({ choice: 'masked', displayName: 'Jane Doe' });
  expect(await choices.find(idOf(uuidIds.next()))).toBeUndefined();
  const later = instant(Date.now() + 3_600_000);
  const page = { after: undefined, limit: 1_000 };
  expect(await results.changed(later, false, page)).toEqual([]);
  await choices.put(jane.userId, 'hidden', later);
  expect(await results.changed(later, false, page)).toEqual([jane.userId]);
  await idle.trade('buy', 2n);
  expect(await results.changed(later, true, page)).toEqual(expect.arrayContaining([jane.userId, idle.userId]));
  await jane.trade('buy', 2n);
  expect(await makeMonthResults(database).of([jane.userId], MARCH)).toMatchObject([{ choice: 'hidden' }]);
  // Page by page, in the order of their ids.
  const ids: UserId[] = [];
  for (let after: UserId | undefined; ; after = ids.at(-1)) {
    const [next] = await results.changed(instant(0), true, { after, limit: 1 });
    if (next === undefined) break;
    ids.push(next);
  }
  expect(ids).toEqual([...new Set(ids)].sort());
  expect(ids).toEqual(expect.arrayContaining([jane.userId, idle.userId]));
});
