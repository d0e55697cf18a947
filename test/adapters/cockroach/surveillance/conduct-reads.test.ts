import { makeAccountStore } from '../../../../adapters/cockroach/accounts/account-store';
import { makeAssessmentStore } from '../../../../adapters/cockroach/assessments/assessment-store';
import type { Database } from '../../../../adapters/cockroach/connection/database';
import { sql } from '../../../../adapters/cockroach/connection/statement';
import { makeConductReads } from '../../../../adapters/cockroach/surveillance/conduct-reads';
import type { Conduct } from '../../../../domain/assessment/rules/rule-set';
import { type AccountId, type InstrumentId, idOf, type UserId } from '../../../../domain/kernel/ids';
import { DAY_MS, type Instant, instant, isoText, plusMs } from '../../../../domain/kernel/instant';
import { uuidIds } from '../../../../runtime/edge';
import { NOW, newAssessment, rules, trader } from '../../../fixtures/stored-account';
import { migratedDatabase } from '../test-database';

const COIN = 100_000_000n;

const endAccount = sql<never>('test_end_account')`
  UPDATE accounts SET status = 'failed' WHERE account_id = $1::UUID`;
const putVerdict = sql<never>('test_put_verdict')`
  INSERT INTO verdicts (account_id, outcome, at, equity_usd, evidence, evidence_hash)
  VALUES ($1::UUID, 'failed', $2::TIMESTAMPTZ, 0, '{}', repeat('0', 64))`;
const makeSecondPart = sql<never>('test_make_second_part')`
  UPDATE fills SET part = 2 WHERE account_id = $1::UUID AND filled_at = $2::TIMESTAMPTZ`;
const putSettlement = sql<never>('test_put_settlement')`
  INSERT INTO settlements (account_id, version, instrument, payout_price, corrects, cash_usd, realized_usd, qty,
    cost_usd, position_realized_usd, fees_usd, opened_at, settled_at, before)
  VALUES ($1::UUID, $2::INT4, $3::TEXT, 0, $4::BOOL, 0, 0, $5::INT8, 0, 0, 0, $6::TIMESTAMPTZ, $7::TIMESTAMPTZ, '{}')`;

/** Goal: what the search for opposite positions is told is what was traded. */
describe('what people with several accounts have traded', () => {
  let database: Database;
  beforeAll(async () => {
    database = await migratedDatabase(8);
  });
  afterAll(() => database.close());

  const since = plusMs(NOW, -7 * DAY_MS);
  const people = async () => {
    const reads = makeConductReads(database);
    return new Set(await reads.sharedTraders(since, undefined, 1_000));
  };
  const tradedBy = (userId: UserId) => makeConductReads(database).tradedAccounts([userId], since);

  async function opened(
    userId: UserId,
    hedgeSignalAfterMs: number | null = 60_000,
    more: Partial<Conduct> = {},
  ): Promise<AccountId> {
    const { given, inbox } = newAssessment({ userId });
    const conduct = { ...rules.conduct, hedgeSignalAfterMs, ...more };
    const pinned = { ...given.pinned, rules: { ...rules, conduct } };
    await makeAssessmentStore(database).create({ ...given, pinned }, inbox);
    return given.accountId;
  }

  const ended = async (accountId: AccountId, at: Instant) => {
    await database.write(endAccount, [accountId]);
    await database.write(putVerdict, [accountId, isoText(at)]);
  };
  const somebody = () => idOf<UserId>(uuidIds.next());

  test('fills come oldest first and signed, with what the rules of each account ask', async () => {
    const userId = somebody();
    const [one, two] = [await opened(userId), await opened(userId, null)];
    let now = NOW;
    const [first, second] = [one, two].map((accountId) =>
      trader(makeAccountStore(database), { accountId, userId }, { now: () => now }),
    );
    await first?.('buy', COIN);
    await second?.('sell', COIN / 2n);
    now = plusMs(NOW, 5_000);
    await first?.('sell', COIN / 4n);
    const accounts = await tradedBy(userId);
    const btc = { instrument: idOf<InstrumentId>('BTC-USD') };
    expect([...accounts].sort((a, b) => (a.hedgeSignalAfterMs ?? 0) - (b.hedgeSignalAfterMs ?? 0))).toEqual([
      { userId, accountId: two, hedgeSignalAfterMs: null, moves: [{ ...btc, at: NOW, qty: -COIN / 2n }] },
      {
        userId,
        accountId: one,
        hedgeSignalAfterMs: 60_000,
        moves: [
          { ...btc, at: NOW, qty: COIN },
          { ...btc, at: plusMs(NOW, 5_000), qty: -COIN / 4n },
        ],
      },
    ]);
  });

  test('a settled position leaves once, also when its payout was corrected', async () => {
    const userId = somebody();
    const accountId = await opened(userId);
    await opened(userId);
    await trader(makeAccountStore(database), { accountId, userId })('buy', COIN);
    const settle = (version: number, corrects: boolean, after: number) => {
      const at = [isoText(NOW), isoText(plusMs(NOW, after))];
      return database.write(putSettlement, [accountId, version, 'BTC-USD', corrects, COIN, ...at]);
    };
    await settle(8, false, 1_000);
    await settle(9, true, 2_000);
    await settle(10, false, 3_000);
    const [account] = await tradedBy(userId);
    expect(account?.moves.map(({ qty, at }) => [qty, at])).toEqual([
      [COIN, NOW],
      [-COIN, plusMs(NOW, 1_000)],
    ]);
  });

  test.each`
    story                                | accounts                                          | counts
    ${'one account'}                     | ${['active']}                                     | ${false}
    ${'two'}                             | ${['active', 'active']}                           | ${true}
    ${'one of them ended within a week'} | ${['active', plusMs(NOW, -6 * DAY_MS)]}           | ${true}
    ${'one of them ended long ago'}      | ${['active', plusMs(NOW, -8 * DAY_MS)]}           | ${false}
    ${'one ended long ago beside two'}   | ${['active', 'active', plusMs(NOW, -8 * DAY_MS)]} | ${true}
  `('somebody with $story counts: $counts', async ({ accounts, counts }) => {
    const userId = somebody();
    for (const end of accounts) {
      const accountId = await opened(userId);
      if (end !== 'active') await ended(accountId, end);
    }
    expect((await people()).has(userId)).toBe(counts);
  });

  test('pages follow one another by user id', async () => {
    const reads = makeConductReads(database);
    for (let person = 0; person < 5; person++) {
      const userId = somebody();
      await opened(userId);
      await opened(userId);
    }
    const all = await reads.sharedTraders(since, undefined, 1_000);
    const paged: UserId[] = [];
    for (;;) {
      const page = await reads.sharedTraders(since, paged.at(-1), 2);
      paged.push(...page);
      if (page.length < 2) break;
    }
    expect(paged).toEqual(all);
    expect([...all].sort()).toEqual(all);
  });

  describe('of accounts that are watched for reversals', () => {
    const watched = { reverseSignalWithinMs: 30_000 };

    test('what came before is one move for each instrument, and what came since is told one by one', async () => {
      const userId = somebody();
      const accountId = await opened(userId, null, watched);
      let now = NOW;
      const trade = trader(makeAccountStore(database), { accountId, userId }, { now: () => now });
      await trade('buy', 3n * COIN);
      now = plusMs(NOW, 1_000);
      await trade('sell', COIN);
      now = plusMs(NOW, 5_000);
      await trade('sell', 2n * COIN);
      await trade('sell', COIN / 2n);
      const account = { userId, accountId, reverseSignalWithinMs: 30_000 };
      const move = (after: number, qty: bigint) => ({ instrument: 'BTC-USD', at: plusMs(NOW, after), qty });
      const reads = makeConductReads(database);
      const later = [move(5_000, -2n * COIN), move(5_000, -COIN / 2n)];
      expect(await reads.movesSince([accountId], plusMs(NOW, 5_000))).toEqual([
        { ...account, moves: [move(1_000, 2n * COIN), ...later] },
      ]);
      expect(await reads.movesSince([accountId], NOW)).toEqual([
        { ...account, moves: [move(0, 3n * COIN), move(1_000, -COIN), ...later] },
      ]);
    });

    test('a position that was left before is not told of', async () => {
      const userId = somebody();
      const accountId = await opened(userId, null, watched);
      const trade = trader(makeAccountStore(database), { accountId, userId });
      await trade('buy', COIN);
      await trade('sell', COIN);
      expect(await makeConductReads(database).movesSince([accountId], plusMs(NOW, 1))).toEqual([]);
    });

    test('they come in pages by account id, as long as they changed since, and only where the rules ask', async () => {
      const reads = makeConductReads(database);
      const asking: AccountId[] = [];
      for (let index = 0; index < 5; index++) asking.push(await opened(somebody(), null, watched));
      const silent = await opened(somebody());
      const all = await reads.watchedAccounts('reverseSignalWithinMs', NOW, undefined, 1_000);
      expect(all.filter((id) => asking.includes(id))).toEqual([...asking].sort());
      expect(all).not.toContain(silent);
      const paged: AccountId[] = [];
      for (;;) {
        const page = await reads.watchedAccounts('reverseSignalWithinMs', NOW, paged.at(-1), 2);
        paged.push(...page);
        if (page.length < 2) break;
      }
      expect(paged).toEqual(all);
      // An account's changes are dated by the database's clock.
      expect(
        await reads.watchedAccounts('reverseSignalWithinMs', instant(Date.UTC(2200, 0)), undefined, 1_000),
      ).toEqual([]);
    });
  });

  describe('of the search for copies', () => {
    const since = plusMs(NOW, 100 * DAY_MS);
    const copySignal = { withinMs: 500, times: 5 };

    test('the first fills of orders come by account, where the rules ask', async () => {
      const reads = makeConductReads(database);
      const [one, two, silent] = [somebody(), somebody(), somebody()];
      const holders = {
        one: { userId: one, accountId: await opened(one, null, { copySignal }) },
        two: { userId: two, accountId: await opened(two, null, { copySignal }) },
        silent: { userId: silent, accountId: await opened(silent) },
      };
      for (const at of [plusMs(since, -1), since, plusMs(since, 7)]) {
        for (const holder of Object.values(holders)) {
          await trader(makeAccountStore(database), holder, { now: () => at })('sell', COIN);
        }
      }
      await database.write(makeSecondPart, [holders.two.accountId, isoText(plusMs(since, 7))]);
      const asking = (await reads.watchedAccounts('copySignal', NOW, undefined, 1_000)).filter((id) =>
        Object.values(holders).some(({ accountId }) => accountId === id),
      );
      expect(asking).toEqual([holders.one.accountId, holders.two.accountId].sort());
      const seen = (holder: { readonly userId: UserId }, after: number) => ({
        ...holder,
        instrument: 'BTC-USD',
        side: 'sell',
        at: plusMs(since, after),
        copySignal,
      });
      const found = await reads.firstFills(asking, since);
      expect(found.filter(({ userId }) => userId === one)).toEqual([seen(holders.one, 0), seen(holders.one, 7)]);
      expect(found.filter(({ userId }) => userId === two)).toEqual([seen(holders.two, 0)]);
      expect(found).toHaveLength(3);
      expect(await reads.firstFills([], since)).toEqual([]);
    });
  });
});
