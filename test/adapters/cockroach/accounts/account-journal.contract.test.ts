import fc from 'fast-check';
import type { Broken } from '../../../../domain/assessment/judging/judgement';
import { type AccountId, type EventId, idOf, type ReportId, type ViolationId } from '../../../../domain/kernel/ids';
import { sha256Digest, uuidIds } from '../../../../runtime/edge';
import { replayAccount } from '../../../../usecases/events/replay-account';
import type { AccountSnapshot, ProvenVerdict } from '../../../../usecases/ports/accounts/account-store';
import { changeTo, from } from '../../../fixtures/changed-account';
import { dollars, NOW, newAssessment, trace } from '../../../fixtures/stored-account';
import { IMPLEMENTATIONS, type Stores } from '../stores';
import { type Move, moved, someMoves } from './moves';

const BROKEN: Broken = {
  kind: 'limit',
  rule: 'daily_loss',
  limitUsd: dollars(5_000),
  usedUsd: dollars(5_001),
  roomUsd: dollars(-1),
  floorUsd: dollars(95_000),
};

/** Goal: whatever is saved of an account, its journal rebuilds it, and its version is the number of its events. */
describe.each(IMPLEMENTATIONS)('journal %s', (_, open) => {
  let stores: Stores;
  let close: () => Promise<void>;
  beforeAll(async () => {
    ({ stores, close } = await open());
  });
  afterAll(() => close());

  const loaded = async (id: AccountId): Promise<AccountSnapshot> => {
    const snapshot = await stores.accounts.load(id);
    if (!snapshot) throw new Error('opened before');
    return snapshot;
  };

  const saved = async (id: AccountId, moves: readonly Move[]): Promise<void> => {
    const snapshot = await loaded(id);
    const step = moves.reduce(moved, from(snapshot));
    if (step.events.length === 0) return;
    expect(await stores.accounts.save(snapshot, changeTo(snapshot, step))).toBe('saved');
  };

  /** A verdict with moves before it and after it, as where what is held is closed. */
  const judged = async (id: AccountId, ending: 'passed' | 'failed', moves: readonly Move[]): Promise<void> => {
    const snapshot = await loaded(id);
    const before = moves.reduce(moved, from(snapshot));
    const whole = moves.reduce(moved, before);
    const violation = { violationId: idOf<ViolationId>(uuidIds.next()), broken: BROKEN };
    const verdict: ProvenVerdict = {
      at: NOW,
      equityUsd: dollars(94_999),
      evidence: '{}',
      evidenceHash: 'a'.repeat(64),
      ...(ending === 'failed' && { violation }),
    };
    const change = changeTo(snapshot, before, { verdict, after: whole.events.slice(before.events.length) });
    expect(await stores.accounts.save(snapshot, change)).toBe('saved');
  };

  /** An event that leaves the account as it is, and counts. */
  const reported = async ({ accountId, assessmentId, userId }: AccountSnapshot): Promise<void> => {
    const report = {
      reportId: idOf<ReportId>(uuidIds.next()),
      accountId,
      assessmentId,
      userId,
      title: 'Standard',
      createdAt: NOW,
      sha256: sha256Digest.sha256(''),
    };
    const { reportId, title, sha256 } = report;
    const inbox = { consumer: 'write-report', eventId: idOf<EventId>(uuidIds.next()) };
    await stores.reports.save(report, { html: new Uint8Array(), pdf: new Uint8Array() }, inbox, (accountVersion) => ({
      ...trace,
      eventId: idOf<EventId>(uuidIds.next()),
      type: 'report.ready',
      key: accountId,
      accountVersion,
      occurredAt: NOW,
      data: { accountId, assessmentId, userId, reportId, title, assessmentStatus: 'active', sha256 },
    }));
  };

  /** What waits goes out: rows of the journal that were sent stand before some that were not. */
  const sent = async (): Promise<void> => {
    const waiting = await stores.outbox.unsent(1_000);
    await stores.outbox.markSent(waiting.map(({ eventId }) => eventId));
  };

  const expectSame = async (id: AccountId): Promise<number> => {
    const { version } = await loaded(id);
    const replayed = await replayAccount(stores)(id);
    expect(replayed).toEqual({ ok: true, value: { version, events: version, difference: null } });
    return version;
  };

  const versionsOf = async (id: AccountId, limit: number): Promise<readonly number[]> => {
    const versions: number[] = [];
    let page = await stores.journal.page(id, 0, limit);
    while (page.length > 0) {
      versions.push(...page.map(({ version }) => version));
      page = await stores.journal.page(id, versions.at(-1) ?? 0, limit);
    }
    return versions;
  };

  test('after any saves the fold of the journal is the account that is loaded', async () => {
    const saves = fc.array(someMoves, { minLength: 1, maxLength: 12 });
    const ends = fc.constantFrom('active', 'passed', 'failed');
    await fc.assert(
      fc.asyncProperty(saves, ends, someMoves, async (changes, end, last) => {
        const { given, inbox } = newAssessment();
        const id = given.accountId;
        await stores.assessments.create(given, inbox);
        for (const moves of changes) {
          await saved(id, moves);
          if (moves.length > 1) await sent();
          await expectSame(id);
        }
        if (end !== 'active') await judged(id, end, last);
        await reported(await loaded(id));
        const version = await expectSame(id);
        const places = Array.from({ length: version }, (_, index) => index + 1);
        expect(await versionsOf(id, 3)).toEqual(places);
      }),
      { numRuns: 25, seed: 34 },
    );
  });

  test('of an account that nobody opened there is nothing', async () => {
    const nobody = uuidIds.next<AccountId>();
    expect(await stores.journal.page(nobody, 0, 10)).toEqual([]);
    expect(await replayAccount(stores)(nobody)).toMatchObject({ ok: false, refusal: 'account_unknown' });
  });
});
