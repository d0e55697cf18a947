import { isDeepStrictEqual } from 'node:util';
import { decodeEvent } from '../../../contracts/topics/envelope';
import { type AccountId, idOf, type OrderId } from '../../../domain/kernel/ids';
import { instant } from '../../../domain/kernel/instant';
import { uuidIds } from '../../../runtime/edge';
import type { AccountChange } from '../../../usecases/ports/account-store';
import { IMPLEMENTATIONS, type Stores } from './stores';
import { BTC, bookAt, dollars, NOW, newAssessment, trace, trader } from './story';

/** Goal: an account is what its orders made of it, whoever races, and the fake says the same as the database. */
describe.each(IMPLEMENTATIONS)('accounts %s', (_, open) => {
  let stores: Stores;
  let close: () => Promise<void>;
  beforeAll(async () => {
    ({ stores, close } = await open());
  });
  afterAll(() => close());

  const opened = async () => {
    const { given, inbox } = newAssessment();
    await stores.assessments.create(given, inbox);
    return { ...given, order: trader(stores.accounts, given) };
  };

  test('a new account is its funding, at version 1', async () => {
    const { accountId, assessmentId, userId, pinned } = await opened();
    expect(await stores.accounts.load(accountId)).toEqual({
      ...{ accountId, assessmentId, userId, version: 1, status: 'active' },
      ...{ rules: pinned.rules, ruleSetVersion: 3, ruleSetHash: pinned.ruleSetHash, priorFill: undefined },
      account: {
        cashUsd: dollars(100_000),
        positions: [],
        tradesClosed: 0,
        day: '2026-03-14',
        dayAnchorUsd: dollars(100_000),
      },
    });
  });

  test('an unknown account is nothing', async () => {
    expect(await stores.accounts.load(uuidIds.next<AccountId>())).toBeUndefined();
  });

  test('a fill is read back to the last digit, as the answer to its order id', async () => {
    const { accountId, order } = await opened();
    const placed = await order('buy', 123_456_789n);
    if (!placed.ok) throw new Error(placed.refusal);
    const loaded = await stores.accounts.load(accountId, placed.value.fill.orderId);
    expect(loaded?.priorFill).toEqual(placed.value.fill);
    expect(loaded?.account.positions).toEqual([
      {
        instrument: BTC,
        qty: 123_456_789n,
        costUsd: -placed.value.fill.cashUsd,
        realizedUsd: 0n,
        feesUsd: placed.value.fill.feeUsd,
      },
    ]);
    expect(loaded?.version).toBe(3);
  });

  test('a position that closes is gone, and can be opened again', async () => {
    const { accountId, order } = await opened();
    await order('buy', 100_000_000n);
    await order('sell', 100_000_000n);
    const flat = await stores.accounts.load(accountId);
    expect([flat?.account.positions, flat?.account.tradesClosed]).toEqual([[], 1]);
    await order('sell', 50_000_000n);
    const short = await stores.accounts.load(accountId);
    expect(short?.account.positions.map(({ qty }) => qty)).toEqual([-50_000_000n]);
  });

  test('of two decisions on one version, one is saved', async () => {
    const { accountId } = await opened();
    const snapshot = await stores.accounts.load(accountId);
    if (!snapshot) throw new Error('opened above');
    const saves = await Promise.all([1, 2, 3, 4].map(() => stores.accounts.save(snapshot, dayOpened(snapshot))));
    expect(saves.sort()).toEqual(['saved', 'stale', 'stale', 'stale']);
    expect((await stores.accounts.load(accountId))?.version).toBe(2);
  });

  test('one order id sent 20 times at once is one order, and every answer is its fill', async () => {
    const { accountId, order } = await opened();
    const orderId = idOf<OrderId>(uuidIds.next());
    const answers = await Promise.all(Array.from({ length: 20 }, () => order('buy', 10_000_000n, orderId)));
    const fills = answers.map((answer) => (answer.ok ? answer.value.fill : answer.refusal));
    expect(fills.every((fill) => isDeepStrictEqual(fill, fills[0]))).toBe(true);
    expect(answers.filter((answer) => answer.ok && !answer.value.isReplay)).toHaveLength(1);
    expect(await stores.assessments.fills(accountId, 10)).toHaveLength(1);
  });

  test('a verdict ends the account, and its evidence is read back byte for byte', async () => {
    const { accountId, assessmentId, userId } = await opened();
    const snapshot = await stores.accounts.load(accountId);
    if (!snapshot) throw new Error('opened above');
    const violationId = idOf<never>(uuidIds.next());
    const violation = { violationId, rule: 'daily_loss', limitUsd: dollars(5_000), usedUsd: dollars(5_001) } as const;
    const evidence = '{\n  "quote": "1.50 €"\n}';
    const change: AccountChange = {
      ...dayOpened(snapshot),
      status: 'failed',
      verdict: { at: NOW, equityUsd: dollars(94_999), evidence, evidenceHash: 'a'.repeat(64), violation },
      equityPoint: { at: NOW, equityUsd: dollars(94_999), balanceUsd: dollars(100_000) },
    };
    expect(await stores.accounts.save(snapshot, change)).toBe('saved');
    expect(await stores.assessments.evidence(violationId)).toEqual({ userId, evidence });
    expect((await stores.assessments.find(assessmentId))?.summary).toMatchObject({
      ...{ status: 'failed', breach: 'daily_loss', violationId, endedAt: NOW },
    });
    expect(await stores.assessments.equityCurve(accountId, 10)).toEqual([change.equityPoint]);
    const page = await stores.open.page(undefined, 1_000);
    expect(page.some((found) => found.accountId === accountId)).toBe(false);
  });

  test('open accounts come in pages that overlap nowhere', async () => {
    const ids = new Set((await Promise.all([1, 2, 3, 4, 5].map(opened))).map(({ accountId }) => accountId));
    const seen: AccountId[] = [];
    let page = await stores.open.page(undefined, 2);
    while (page.length > 0) {
      seen.push(...page.map(({ accountId }) => accountId));
      page = await stores.open.page(seen.at(-1), 2);
    }
    expect(new Set(seen).size).toBe(seen.length);
    expect(seen.filter((id) => ids.has(id))).toHaveLength(5);
  });

  test('the outbox gives the events of an account in the order of their versions, and each once', async () => {
    const { accountId, order } = await opened();
    for (let count = 0; count < 5; count++) await order('buy', 10_000_000n);
    const rows = (await stores.outbox.unsent(1_000)).filter(({ key }) => key === accountId);
    const events = rows.map(({ body }) => decodeEvent(body));
    expect(events.map((read) => read.ok && read.event.accountVersion)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]);
    expect(rows.slice(0, 3).map(({ topic }) => topic)).toEqual(['assessment', 'trading', 'trading']);
    const [first, ...others] = rows.map(({ eventId }) => eventId);
    if (!first) throw new Error('there are eleven');
    await stores.outbox.markSent([first]);
    const left = (await stores.outbox.unsent(1_000)).filter(({ key }) => key === accountId);
    expect(left.map(({ eventId }) => eventId)).toEqual(others);
  });

  test('equity is thinned evenly, both ends kept', async () => {
    const { accountId } = await opened();
    const minutes = Array.from({ length: 101 }, (_, minute) => minute);
    await stores.open.recordEquity(
      minutes.map((minute) => ({
        ...{ accountId, at: instant(NOW + minute * 60_000) },
        ...{ equityUsd: dollars(100_000 + minute), balanceUsd: dollars(100_000) },
      })),
    );
    const curve = await stores.assessments.equityCurve(accountId, 11);
    expect(curve.map(({ at }) => (at - NOW) / 60_000)).toEqual([0, 10, 20, 30, 40, 50, 60, 70, 80, 90, 100]);
    expect(await stores.assessments.equityCurve(accountId, 101)).toHaveLength(101);
    expect(await stores.assessments.equityCurve(accountId, 7)).toHaveLength(7);
  });

  const dayOpened = (snapshot: Parameters<typeof stores.accounts.save>[0]): AccountChange => {
    const { accountId, assessmentId, userId, version, account } = snapshot;
    const dayAnchorUsd = account.cashUsd;
    return {
      account: { ...account, day: '2026-03-15', dayAnchorUsd },
      status: 'active',
      ledger: [],
      announcements: [
        {
          ...{ ...trace, eventId: idOf(uuidIds.next()), type: 'assessment.day-opened', key: accountId },
          ...{ accountVersion: version + 1, occurredAt: bookAt(NOW).receivedAt },
          data: { accountId, assessmentId, userId, day: '2026-03-15', dayAnchorUsd },
        },
      ],
    };
  };
});
