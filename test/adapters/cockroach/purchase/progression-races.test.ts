import { randomUUID } from 'node:crypto';
import type { Database } from '../../../../adapters/cockroach/connection/database';
import { makeOutbox } from '../../../../adapters/cockroach/events/outbox-store';
import { decodeEvent } from '../../../../contracts/topics/envelope';
import { type AssessmentId, type EventId, idOf, type PurchaseId } from '../../../../domain/kernel/ids';
import { systemClock, uuidIds } from '../../../../runtime/edge';
import { advanceAssessment } from '../../../../usecases/assessment/advance-assessment';
import { alignHolds } from '../../../../usecases/assessment/align-holds';
import { provisionAssessment } from '../../../../usecases/assessment/provision-assessment';
import { retryAssessment } from '../../../../usecases/assessment/retry-assessment';
import { trace } from '../../../fixtures/stored-account';
import { migratedDatabase } from '../test-database';
import { type Bought, boughtIn, tierOf } from './bought';

const TIMES = 12;

/** Goal: whoever races, a phase is opened once, a retry is used once, and every payment has its attempt. */
describe('racing through a program', () => {
  let database: Database;
  let shop: Bought;
  beforeAll(async () => {
    database = await migratedDatabase(16);
    shop = await boughtIn(database);
  });
  afterAll(() => shop.close());

  const parts = () => ({ assessments: shop.assessments, accounts: shop.accounts, clock: systemClock, ids: uuidIds });
  const caused = (consumer: string, eventId: string = randomUUID()) => ({
    inbox: { consumer, eventId: idOf<EventId>(eventId) },
    trace,
  });
  const atOnce = <T>(work: (index: number) => Promise<T>): Promise<readonly T[]> =>
    Promise.all(Array.from({ length: TIMES }, (_, index) => work(index)));

  const grant = (purchaseId: PurchaseId, assessmentId: AssessmentId, eventId?: string) =>
    provisionAssessment(parts())({ purchaseId, assessmentId, userId: shop.buyer, ...caused('provision', eventId) });
  const advance = (assessmentId: AssessmentId, eventId?: string) =>
    advanceAssessment(parts())({ assessmentId, ...caused('advance', eventId) });
  const retry = (assessmentId: AssessmentId) => retryAssessment(parts())({ assessmentId, userId: shop.buyer, trace });

  async function begun(status: 'passed' | 'failed') {
    const assessmentId = idOf<AssessmentId>(uuidIds.next());
    expect(await grant(await shop.buy(tierOf()), assessmentId)).toBe('created');
    await shop.end(assessmentId, status);
    return assessmentId;
  }

  const placesOf = async (id: AssessmentId) =>
    (await shop.assessments.course(id))?.attempts.map((one) => `${one.phase}.${one.attempt} ${one.origin}`);

  /** How many assessments the events tell of, by phase and attempt. */
  const opened = async (id: AssessmentId) => {
    const accounts = new Set((await shop.assessments.course(id))?.attempts.map(({ accountId }) => String(accountId)));
    const events = (await makeOutbox(database).unsent(10_000)).filter(({ key }) => accounts.has(key));
    return events
      .map(({ body }) => decodeEvent(body))
      .flatMap((read) =>
        read.ok && read.event.type === 'assessment.created'
          ? [`${read.event.data.phase}.${read.event.data.attempt}`]
          : [],
      )
      .sort();
  };

  test('one event delivered many times, and many events of one pass, open the next phase once', async () => {
    const first = await begun('passed');
    const event = randomUUID();
    const outcomes = await atOnce((index) => advance(first, index % 2 === 0 ? event : undefined));
    expect(outcomes.filter((outcome) => outcome === 'created')).toHaveLength(1);
    expect(await placesOf(first)).toEqual(['1.1 purchase', '2.1 advance']);
    expect(await opened(first)).toEqual(['1.1', '2.1']);
  });

  test('many requests for a retry use one, and all are answered with its assessment', async () => {
    const first = await begun('failed');
    const answers = await atOnce(() => retry(first));
    expect(new Set(answers.map((answer) => answer.ok && answer.value.assessmentId)).size).toBe(1);
    expect(await placesOf(first)).toEqual(['1.1 purchase', '1.2 retry']);
    expect(await opened(first)).toEqual(['1.1', '1.2']);
  });

  test('resets that are paid beside a retry each have an attempt of their own, delivered once or twice', async () => {
    const tier = tierOf();
    const first = idOf<AssessmentId>(uuidIds.next());
    await grant(await shop.buy(tier), first);
    await shop.end(first, 'failed');
    const paid = await atOnce(async () => ({
      purchaseId: await shop.buy(tier, first),
      assessmentId: idOf<AssessmentId>(uuidIds.next()),
      event: randomUUID(),
    }));
    const [retried, ...granted] = await Promise.all([
      retry(first),
      ...paid.flatMap(({ purchaseId, assessmentId, event }) => [
        grant(purchaseId, assessmentId, event),
        grant(purchaseId, assessmentId, event),
        grant(purchaseId, assessmentId),
      ]),
    ]);
    expect(retried.ok).toBe(true);
    expect(granted.filter((outcome) => outcome === 'created')).toHaveLength(TIMES);
    const attempts = (await shop.assessments.course(first))?.attempts ?? [];
    expect(attempts.map(({ attempt }) => attempt)).toEqual(attempts.map((_, index) => index + 1));
    expect(
      attempts
        .filter(({ origin }) => origin === 'reset')
        .map(({ assessmentId }) => assessmentId)
        .sort(),
    ).toEqual(paid.map(({ assessmentId }) => assessmentId).sort());
    // The retry came first and used its place, or found that a reset had begun the phase anew already.
    expect(attempts.filter(({ origin }) => origin === 'retry').length).toBeLessThanOrEqual(1);
  });

  test('of a retry that begins as the payment goes, nothing is left open to new risk', async () => {
    for (let round = 0; round < 5; round++) {
      const purchaseId = await shop.buy(tierOf());
      const first = shop.grantedBy(purchaseId);
      await grant(purchaseId, first);
      await shop.end(first, 'failed');
      await Promise.all([
        retry(first),
        (async () => {
          await shop.reverse(first, 'refund');
          await alignHolds(parts())(first, trace);
        })(),
      ]);
      for (const { accountId, status } of (await shop.assessments.course(first))?.attempts ?? []) {
        if (status !== 'active') continue;
        expect((await shop.accounts.load(accountId))?.account.standing.holds.now?.kind).toBe('refund');
      }
    }
  });
});
