import { decodeEvent } from '../../../../contracts/topics/envelope';
import { standingOf } from '../../../../domain/account/standing/flat-standing';
import { freshStanding } from '../../../../domain/account/standing/standing';
import type { Broken } from '../../../../domain/assessment/judging/judgement';
import { type AccountId, idOf } from '../../../../domain/kernel/ids';
import { instant } from '../../../../domain/kernel/instant';
import { uuidIds } from '../../../../runtime/edge';
import type { AccountSnapshot, ProvenVerdict } from '../../../../usecases/ports/accounts/account-store';
import { changeTo, from, marketFill, newDay } from '../../../fixtures/changed-account';
import { BTC, dollars, marketTicket, NOW, newAssessment } from '../../../fixtures/stored-account';
import { IMPLEMENTATIONS, type Stores } from '../stores';

/** Goal: an account is what was saved of it, to the last digit, and the fake says the same as the database. */
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
    return given;
  };

  const loaded = async (id: AccountId): Promise<AccountSnapshot> => {
    const snapshot = await stores.accounts.load(id);
    if (!snapshot) throw new Error('opened above');
    return snapshot;
  };

  /** Trades one market order, and answers with its fill. */
  const traded = async (id: AccountId, side: 'buy' | 'sell', amount: bigint) => {
    const snapshot = await loaded(id);
    const ticket = marketTicket(side, amount);
    const change = changeTo(snapshot, marketFill(from(snapshot), ticket));
    expect(await stores.accounts.save(snapshot, change)).toBe('saved');
    const [, filled] = change.events;
    if (filled?.kind !== 'order_filled') throw new Error('a market order fills');
    return { ticket, fill: filled.fill };
  };

  test('a new account is its funding, at version 1', async () => {
    const { accountId, assessmentId, userId, pinned } = await opened();
    expect(await stores.accounts.load(accountId)).toEqual({
      accountId,
      assessmentId,
      userId,
      version: 1,
      status: 'active',
      rules: pinned.rules,
      ruleSetVersion: 3,
      ruleSetHash: pinned.ruleSetHash,
      prior: undefined,
      account: {
        cashUsd: dollars(100_000),
        positions: [],
        tradesClosed: 0,
        day: '2026-03-14',
        dayAnchorUsd: dollars(100_000),
        orders: [],
        standing: freshStanding(dollars(100_000), NOW),
      },
    });
  });

  test('an unknown account is nothing', async () => {
    expect(await stores.accounts.load(uuidIds.next<AccountId>())).toBeUndefined();
    expect(stores.accounts.recall(uuidIds.next<AccountId>())).toBeUndefined();
  });

  test('a market order is read back to the last digit, as the answer to its id', async () => {
    const { accountId } = await opened();
    const { ticket, fill } = await traded(accountId, 'buy', 123_456_789n);
    const snapshot = await stores.accounts.load(accountId, ticket.orderId);
    expect(snapshot?.prior).toEqual({ ticket, order: undefined, fills: [fill] });
    expect(snapshot?.account.positions).toEqual([
      {
        instrument: BTC,
        qty: 123_456_789n,
        costUsd: -fill.cashUsd,
        realizedUsd: 0n,
        feesUsd: fill.feeUsd,
        openedAt: fill.filledAt,
      },
    ]);
    expect(snapshot?.version).toBe(3);
  });

  test('a position that closes is gone, and can be opened again', async () => {
    const { accountId } = await opened();
    await traded(accountId, 'buy', 100_000_000n);
    await traded(accountId, 'sell', 100_000_000n);
    const { positions, tradesClosed, standing } = (await loaded(accountId)).account;
    expect([positions, tradesClosed, standing.day.closed]).toEqual([[], 1, 1]);
    await traded(accountId, 'sell', 50_000_000n);
    expect((await loaded(accountId)).account.positions.map(({ qty }) => qty)).toEqual([-50_000_000n]);
  });

  test('every part of the standing is kept', async () => {
    const { accountId } = await opened();
    const snapshot = await loaded(accountId);
    const standing = standingOf({
      startedAt: instant(1),
      activeAt: instant(2),
      highWaterUsd: dollars(3),
      dayPeakUsd: dollars(4),
      peakedAt: instant(5),
      dayBalanceUsd: dollars(-5),
      dayOpened: 6,
      dayClosed: 7,
      tradesCounted: 8,
      worstTradeUsd: dollars(9),
      daysCounted: 10,
      bestDayUsd: dollars(11),
      winningDaysUsd: dollars(12),
      isPaused: true,
      warned: { daily_loss: 80 },
      touched: { max_drawdown: instant(15) },
      stopCorrections: [{ instrument: BTC, openedAt: instant(13), dueAt: instant(14) }],
      tradeSizesUsd: dollars(13),
      daySized: 14,
      reducedFromUsd: { [BTC]: dollars(15) },
      bestTradeUsd: dollars(16),
      excludedWinsUsd: dollars(17),
      dayExcludedUsd: dollars(18),
      holds: { now: { kind: 'chargeback' as const, since: instant(19) }, heldMs: 20, endedAt: instant(21) },
      inNews: [BTC],
      activityAt: instant(22),
      weekBalanceUsd: dollars(24),
      monthBalanceUsd: dollars(25),
      payouts: {
        taken: 1,
        last: { at: instant(26), day: '2026-03-13', fromUsd: dollars(27) },
        bestUsd: dollars(28),
        daysWon: 29,
        growth: {
          steps: [{ at: instant(30), capitalUsd: dollars(31) }],
          fromUsd: dollars(32),
          taken: 33,
          paidUsd: dollars(34),
        },
      },
      missedStops: [{ instrument: BTC, openedAt: instant(23) }],
    });
    const step = newDay(from(snapshot));
    const change = changeTo(snapshot, { ...step, account: { ...step.account, standing } });
    expect(await stores.accounts.save(snapshot, change)).toBe('saved');
    expect((await loaded(accountId)).account).toEqual(change.account);
  });

  test('of two decisions on one version, one is saved', async () => {
    const { accountId } = await opened();
    const snapshot = await loaded(accountId);
    const saves = await Promise.all(
      [1, 2, 3, 4].map(() => stores.accounts.save(snapshot, changeTo(snapshot, newDay(from(snapshot))))),
    );
    expect(saves.sort()).toEqual(['saved', 'stale', 'stale', 'stale']);
    expect((await loaded(accountId)).version).toBe(2);
  });

  const limit: Broken = {
    kind: 'limit',
    rule: 'daily_loss',
    limitUsd: dollars(5_000),
    usedUsd: dollars(5_001),
    roomUsd: dollars(-1),
    floorUsd: dollars(95_000),
  };
  const share: Broken = {
    kind: 'share',
    rule: 'consistency',
    per: 'trade',
    limitUsd: dollars(1_500),
    usedUsd: dollars(2_000),
    totalUsd: dollars(3_000),
  };
  const deadline: Broken = { kind: 'deadline', rule: 'inactivity', dueAt: instant(NOW - 1) };

  test.each`
    broken       | status      | breach
    ${limit}     | ${'failed'} | ${'daily_loss'}
    ${share}     | ${'failed'} | ${'consistency'}
    ${deadline}  | ${'failed'} | ${'inactivity'}
    ${undefined} | ${'passed'} | ${null}
  `('a verdict ends the account as $status by $breach, with its evidence byte for byte', async (row) => {
    const { broken, status, breach }: { broken?: Broken; status: string; breach: string | null } = row;
    const { accountId, assessmentId, userId } = await opened();
    const snapshot = await loaded(accountId);
    const violationId = idOf<never>(uuidIds.next());
    const verdict: ProvenVerdict = {
      at: NOW,
      equityUsd: dollars(94_999),
      evidence: '{\n  "quote": "1.50 €"\n}',
      evidenceHash: 'a'.repeat(64),
      ...(broken && { violation: { violationId, broken } }),
    };
    const equityPoint = { at: NOW, equityUsd: dollars(94_999), balanceUsd: dollars(100_000) };
    const change = { ...changeTo(snapshot, newDay(from(snapshot)), { verdict }), equityPoint };
    expect(await stores.accounts.save(snapshot, change)).toBe('saved');
    const stored = { userId, assessmentId, at: NOW, evidence: verdict.evidence, evidenceHash: verdict.evidenceHash };
    expect(await stores.assessments.evidence(assessmentId)).toEqual(stored);
    expect(await stores.assessments.evidence(violationId)).toEqual(broken && stored);
    expect((await stores.assessments.find(assessmentId))?.summary).toMatchObject({
      status,
      breach,
      violationId: broken ? violationId : null,
      endedAt: NOW,
    });
    expect(await stores.assessments.equityCurve(accountId, 10)).toEqual([equityPoint]);
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
    const { accountId } = await opened();
    for (let count = 0; count < 5; count++) await traded(accountId, 'buy', 10_000_000n);
    const rows = (await stores.outbox.unsent(1_000)).filter(({ key }) => key === accountId);
    const events = rows.map(({ body }) => decodeEvent(body));
    expect(events.map((read) => read.ok && read.event.accountVersion)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]);
    expect(rows.slice(0, 3).map(({ topic }) => topic)).toEqual(['assessment', 'trading', 'trading']);
    const [first, ...others] = rows.map(({ eventId }) => eventId);
    if (!first) throw new Error('there are eleven');
    await stores.outbox.markSent([first]);
    const left = (await stores.outbox.unsent(1_000)).filter(({ key }) => key === accountId);
    expect(left.map(({ eventId }) => eventId)).toEqual(others);
    const [placed, filled] = others;
    if (!placed || !filled) throw new Error('there are ten');
    await stores.outbox.markSent([placed]);
    const again = (await stores.outbox.unsent(1_000)).filter(({ key }) => key === accountId);
    expect(again.map(({ eventId }) => eventId)).toContain(filled);
    await stores.outbox.markSent([placed, filled]);
    const rest = (await stores.outbox.unsent(1_000)).filter(({ key }) => key === accountId);
    expect(rest.map(({ eventId }) => eventId)).toEqual(others.slice(2));
  });

  test('equity is thinned evenly, both ends kept', async () => {
    const { accountId } = await opened();
    const minutes = Array.from({ length: 101 }, (_, minute) => minute);
    await stores.open.recordEquity(
      minutes.map((minute) => ({
        accountId,
        at: instant(NOW + minute * 60_000),
        equityUsd: dollars(100_000 + minute),
        balanceUsd: dollars(100_000),
      })),
    );
    const curve = await stores.assessments.equityCurve(accountId, 11);
    expect(curve.map(({ at }) => (at - NOW) / 60_000)).toEqual([0, 10, 20, 30, 40, 50, 60, 70, 80, 90, 100]);
    expect(await stores.assessments.equityCurve(accountId, 101)).toHaveLength(101);
    expect(await stores.assessments.equityCurve(accountId, 7)).toHaveLength(7);
  });
});
