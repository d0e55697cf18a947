import { decodeEvent } from '../../../contracts/topics/envelope';
import { type EventId, type InstrumentId, idOf, type ReportId, type UserId } from '../../../domain/kernel/ids';
import { instant } from '../../../domain/kernel/instant';
import { ppm } from '../../../domain/kernel/money';
import type { Instrument } from '../../../domain/market/instrument';
import { sha256Digest, uuidIds } from '../../../runtime/edge';
import type { Report } from '../../../usecases/ports/assessments/report-store';
import { type DeadLetter, type Inbox, RELAY } from '../../../usecases/ports/events/outbox';
import { bitcoin, NOW, newAssessment, rules, trace, trader } from '../../fixtures/stored-account';
import { IMPLEMENTATIONS, type Stores } from './stores';

/** Goal: the smaller stores keep what they are given, once, and the fakes say the same as the database. */
describe.each(IMPLEMENTATIONS)('stores %s', (_, open) => {
  let stores: Stores;
  let close: () => Promise<void>;
  beforeAll(async () => {
    ({ stores, close } = await open());
  });
  afterAll(() => close());

  const opened = async (changes: Parameters<typeof newAssessment>[0] = {}) => {
    const { given, inbox } = newAssessment(changes);
    expect(await stores.assessments.create(given, inbox)).toBe('created');
    return { given, inbox };
  };

  describe('assessments', () => {
    test('the event that granted one has its effect once, also when it comes twice at once', async () => {
      const { given, inbox } = newAssessment();
      const answers = await Promise.all([1, 2, 3].map(() => stores.assessments.create(given, inbox)));
      expect(answers.sort()).toEqual(['created', 'duplicate', 'duplicate']);
      expect(await stores.assessments.listOf(given.userId)).toHaveLength(1);
    });

    test('a place in a program is taken once, whatever the event', async () => {
      const { given } = await opened();
      const again = newAssessment({ purchaseId: given.purchaseId });
      expect(await stores.assessments.create(again.given, again.inbox)).toBe('taken');
    });

    test('a trader sees his own, the newest first, at their balance', async () => {
      const userId = idOf<UserId>(uuidIds.next());
      const { given: older } = await opened({ userId, createdAt: instant(NOW - 1_000) });
      const { given: newer } = await opened({ userId });
      await opened();
      const order = trader(stores.accounts, newer);
      await order('buy', 1_000_000n);
      const list = await stores.assessments.listOf(userId);
      expect(list.map(({ assessmentId }) => assessmentId)).toEqual([newer.assessmentId, older.assessmentId]);
      const fee = (await stores.assessments.fills(newer.accountId, 1))[0]?.feeUsd ?? 0n;
      expect(list.map(({ balanceUsd }) => balanceUsd)).toEqual([rules.startingUsd - fee, rules.startingUsd]);
      expect(list[1]).toEqual({
        accountId: older.accountId,
        assessmentId: older.assessmentId,
        userId,
        tierName: 'Standard',
        phase: 1,
        phases: 1,
        attempt: 1,
        hold: null,
        status: 'active',
        startingUsd: rules.startingUsd,
        capitalUsd: rules.startingUsd,
        paysOut: false,
        balanceUsd: rules.startingUsd,
        createdAt: NOW - 1_000,
        endedAt: null,
        breach: null,
        violationId: null,
        reportId: null,
      });
    });

    test('fills come newest first, as many as asked for', async () => {
      const { given } = await opened();
      const order = trader(stores.accounts, given);
      for (const amount of [1_000_000n, 2_000_000n, 3_000_000n]) await order('buy', amount);
      const fills = await stores.assessments.fills(given.accountId, 2);
      expect(fills.map(({ qty }) => qty)).toEqual([3_000_000n, 2_000_000n]);
    });

    test('what nobody made is not found', async () => {
      const nobody = idOf<never>(uuidIds.next());
      expect(await stores.assessments.find(nobody)).toBeUndefined();
      expect(await stores.assessments.evidence(nobody)).toBeUndefined();
      expect(await stores.assessments.listOf(nobody)).toEqual([]);
    });
  });

  describe('reports', () => {
    const html = new TextEncoder().encode('<p>1.50 €</p>');
    const pdf = new Uint8Array([0x25, 0x50, 0x44, 0x46, 0, 255]);

    const written = async (given: Awaited<ReturnType<typeof opened>>['given'], inbox: Inbox) => {
      const { accountId, assessmentId, userId } = given;
      const report: Report = {
        reportId: idOf<ReportId>(uuidIds.next()),
        accountId,
        assessmentId,
        userId,
        title: 'Standard',
        createdAt: NOW,
        sha256: sha256Digest.sha256('<p>1.50 €</p>'),
      };
      const { reportId, title, sha256 } = report;
      const answer = await stores.reports.save(report, { html, pdf }, inbox, (accountVersion) => ({
        ...trace,
        eventId: idOf<EventId>(uuidIds.next()),
        type: 'report.ready',
        key: accountId,
        accountVersion,
        occurredAt: NOW,
        data: { accountId, assessmentId, userId, reportId, title, assessmentStatus: 'failed', sha256 },
      }));
      return { report, answer };
    };

    test('a report is kept with its documents, takes the next version, and is shown with its assessment', async () => {
      const { given } = await opened();
      const { report, answer } = await written(given, inboxOf());
      expect(answer).toBe('saved');
      expect(await stores.reports.find(report.reportId)).toEqual(report);
      expect(await stores.reports.listOf(given.userId)).toEqual([report]);
      expect(new Uint8Array((await stores.reports.document(report.reportId, 'html')) ?? [])).toEqual(html);
      expect(new Uint8Array((await stores.reports.document(report.reportId, 'pdf')) ?? [])).toEqual(pdf);
      const found = await stores.assessments.find(given.assessmentId);
      expect([found?.summary.reportId, found?.snapshot.version]).toEqual([report.reportId, 2]);
      const sent = (await stores.outbox.unsent(1_000)).filter(({ key }) => key === given.accountId);
      const events = sent.map(({ body }) => decodeEvent(body)).map((read) => read.ok && read.event);
      expect(events.map((event) => event && [event.type, event.accountVersion])).toEqual([
        ['assessment.created', 1],
        ['report.ready', 2],
      ]);
    });

    test('the event behind a report has its effect once', async () => {
      const { given } = await opened();
      const inbox = inboxOf();
      expect((await written(given, inbox)).answer).toBe('saved');
      expect((await written(given, inbox)).answer).toBe('duplicate');
      expect(await stores.reports.listOf(given.userId)).toHaveLength(1);
    });

    test('deliveries at once write one report, and none is lost for good', async () => {
      const { given } = await opened();
      const inbox = inboxOf();
      const untilDecided = async (): Promise<string> => {
        const { answer } = await written(given, inbox);
        return answer === 'stale' ? untilDecided() : answer;
      };
      const answers = await Promise.all([1, 2, 3, 4].map(untilDecided));
      expect(answers.sort()).toEqual(['duplicate', 'duplicate', 'duplicate', 'saved']);
      expect(await stores.reports.listOf(given.userId)).toHaveLength(1);
    });
  });

  describe('dead letters', () => {
    const letter = (changes: Partial<DeadLetter> = {}): DeadLetter => ({
      consumer: 'write-report',
      topic: 'assessment',
      partition: 3,
      offset: '41',
      key: 'k-1',
      value: '{"broken":',
      reason: 'not JSON',
      ...changes,
    });

    test('a letter is parked once, listed in the order of its records, and gone when released', async () => {
      const consumer = `c-${uuidIds.next()}`;
      const second = letter({ consumer, offset: '9223372036854775807' });
      await stores.letters.park(second);
      await stores.letters.park(letter({ consumer }));
      await stores.letters.park(letter({ consumer, reason: 'again' }));
      const list = (await stores.letters.list()).filter((listed) => listed.consumer === consumer);
      expect(list).toEqual([expect.objectContaining(letter({ consumer })), expect.objectContaining(second)]);
      const waiting = await stores.letters.waiting();
      await stores.letters.release(list[0]?.id ?? '');
      expect(await stores.letters.waiting()).toBe(waiting - 1);
      const left = (await stores.letters.list()).filter((listed) => listed.consumer === consumer);
      expect(left.map(({ offset }) => offset)).toEqual([second.offset]);
    });

    test('records wait behind a parked key of their own consumer only', async () => {
      const consumer = `c-${uuidIds.next()}`;
      await stores.letters.park(letter({ consumer, key: 'parked' }));
      expect(await stores.letters.parkedKeys(consumer, ['parked', 'free'])).toEqual(new Set(['parked']));
      expect(await stores.letters.parkedKeys('another', ['parked', 'free'])).toEqual(new Set());
      expect(await stores.letters.parkedKeys(consumer, [])).toEqual(new Set());
    });

    test('a letter is published on its dead-letter topic, with its reason', async () => {
      const consumer = `c-${uuidIds.next()}`;
      await stores.letters.park(letter({ consumer }));
      const rows = await stores.outbox.unsent(1_000);
      const bodies = rows.filter(({ topic }) => topic === 'assessment.dead').map(({ body }) => JSON.parse(body));
      expect(bodies).toContainEqual(letter({ consumer }));
    });
  });

  describe('outbox', () => {
    test('the backlog counts what waits, and is empty when all is sent', async () => {
      await opened();
      expect((await stores.outbox.backlog()).rows).toBeGreaterThan(0);
      let waiting = await stores.outbox.unsent(100);
      while (waiting.length > 0) {
        await stores.outbox.markSent(waiting.map(({ eventId }) => eventId));
        waiting = await stores.outbox.unsent(100);
      }
      expect(await stores.outbox.backlog()).toEqual({ rows: 0, oldestMs: 0 });
      await stores.outbox.markSent([]);
    });

    test('rows that no topic takes become letters in their order, and what comes later of their key waits', async () => {
      const { given } = await opened();
      const mine = async () => (await stores.outbox.unsent(10_000)).filter(({ key }) => key === given.accountId);
      const lettersOfMine = async () => (await stores.letters.list()).filter(({ key }) => key === given.accountId);
      const rows = await mine();
      expect(rows.map(({ waits }) => waits)).toEqual([false]);
      const [first] = rows;
      if (!first) throw new Error('an opened account has an event');
      const second = { ...first, eventId: uuidIds.next<EventId>() };
      const parked = [
        { ...first, reason: 'too large' },
        { ...second, reason: 'behind' },
      ];
      await stores.outbox.park(parked);
      await stores.outbox.park(parked); // After a crash the same is parked again.
      expect(await mine()).toEqual([]);
      const letters = await lettersOfMine();
      expect(letters).toMatchObject([
        { id: first.eventId, consumer: RELAY, topic: first.topic, value: first.body, reason: 'too large' },
        { id: second.eventId, consumer: RELAY, topic: first.topic, value: first.body, reason: 'behind' },
      ]);
      await trader(stores.accounts, given)('buy', 1_000_000n);
      expect((await mine()).map(({ waits }) => waits)).toContain(true);
      for (const { id } of letters) await stores.letters.release(id);
      const later = await mine();
      expect(later.map(({ waits }) => waits)).not.toContain(true);
      await stores.outbox.park(later.map((row) => ({ ...row, waits: true, reason: 'behind' })));
      expect([await lettersOfMine(), await mine()]).toEqual([[], later]);
    });
  });

  describe('instruments', () => {
    const outcome: Instrument = {
      ...bitcoin,
      id: idOf<InstrumentId>('PM-rain-YES'),
      venue: 'polymarket',
      venueSymbol: '7131',
      kind: 'outcome',
      title: 'Rain: yes',
      takerFee: { kind: 'probability', rate: ppm(70_000n) },
      makerFee: { kind: 'probability', rate: ppm(0n) },
      outcome: { marketId: '0x1', eventId: 'weather', category: 'Weather', question: 'Will it “rain”?', side: 'yes' },
    };

    test('instruments are kept whole, changed in place, listed by name', async () => {
      await stores.instruments.upsert([outcome, bitcoin]);
      await stores.instruments.upsert([]);
      expect(await stores.instruments.list()).toEqual([bitcoin, outcome]);
      const closed: Instrument = { ...outcome, status: 'closed' };
      await stores.instruments.upsert([outcome, closed]);
      const found = await stores.instruments.find([outcome.id, idOf<InstrumentId>('NO-SUCH')]);
      expect([...found]).toEqual([[outcome.id, closed]]);
    });
  });

  const inboxOf = (): Inbox => ({ consumer: 'write-report', eventId: idOf<EventId>(uuidIds.next()) });
});
