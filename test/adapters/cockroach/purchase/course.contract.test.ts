import { randomUUID } from 'node:crypto';
import { type AssessmentId, idOf, type PurchaseId } from '../../../../domain/kernel/ids';
import type { NewAssessment } from '../../../../usecases/ports/assessments/assessment-store';
import { newAssessment } from '../../../fixtures/stored-account';
import { type Bought, IMPLEMENTATIONS, pinnedBy, tierOf } from './bought';

/** Goal: the fake and the database keep programs and courses by the same rules. */
describe.each(IMPLEMENTATIONS)('courses %s', (_, open) => {
  let shop: Bought;
  beforeAll(async () => {
    shop = await open();
  });
  afterAll(() => shop.close());

  const create = async (purchaseId: PurchaseId, place: string, more: Partial<NewAssessment> = {}) => {
    const [phase = 0, attempt = 0] = place.split('.').map(Number);
    const { given, inbox } = newAssessment({ purchaseId, place: { phase, attempt, phases: 2 }, ...more });
    return { given, inbox, outcome: await shop.assessments.create({ ...given, userId: shop.buyer }, inbox) };
  };

  test('a purchase is pinned to the program of its version', async () => {
    const tier = tierOf();
    expect(await shop.assessments.pinnedProgram(await shop.buy(tier))).toEqual(pinnedBy(tier));
    const resetOf = idOf<AssessmentId>(randomUUID());
    expect(await shop.assessments.pinnedProgram(await shop.buy(tier, resetOf))).toEqual(pinnedBy(tier, resetOf));
    expect(await shop.assessments.pinnedProgram(idOf(randomUUID()))).toBeUndefined();
  });

  test('a course tells every attempt in order, whichever of them is asked about', async () => {
    const tier = tierOf();
    const purchaseId = await shop.buy(tier);
    const second = await create(purchaseId, '2.1', { origin: 'advance' });
    const first = await create(purchaseId, '1.1');
    const retry = await create(purchaseId, '1.2', { origin: 'retry' });
    await create(await shop.buy(tier), '1.1');
    await shop.end(first.given.assessmentId, 'failed');
    await shop.end(retry.given.assessmentId, 'passed');
    const { resetOf: _none, ...pinned } = pinnedBy(tier);
    const told = { ...pinned, purchaseId, userId: shop.buyer };
    const attempts = [
      { ...idsOf(first.given), phase: 1, attempt: 1, origin: 'purchase', status: 'failed', hold: null },
      { ...idsOf(retry.given), phase: 1, attempt: 2, origin: 'retry', status: 'passed', hold: null },
      { ...idsOf(second.given), phase: 2, attempt: 1, origin: 'advance', status: 'active', hold: null },
    ];
    for (const { given } of [first, retry, second]) {
      expect(await shop.assessments.course(given.assessmentId)).toEqual({ ...told, attempts });
    }
    expect(await shop.assessments.course(idOf(randomUUID()))).toBeUndefined();
    const courses = await shop.assessments.coursesOf(shop.buyer);
    expect(courses.filter((history) => history.purchaseId === purchaseId)).toEqual([{ ...told, attempts }]);
    expect(new Set(courses.map((history) => history.purchaseId)).size).toBe(courses.length);
    expect(courses.length).toBeGreaterThan(1);
    expect(await shop.assessments.coursesOf(idOf(randomUUID()))).toEqual([]);
  });

  test('an attempt tells what became of the payment that opened it, and of no other', async () => {
    const tier = tierOf();
    const purchaseId = await shop.buy(tier);
    const granted = shop.grantedBy(purchaseId);
    await create(purchaseId, '1.1', { assessmentId: granted });
    const { given } = await create(purchaseId, '1.2', { origin: 'retry' });
    const holds = async () => (await shop.assessments.course(given.assessmentId))?.attempts.map(({ hold }) => hold);
    await shop.reverse(granted, 'dispute');
    expect(await holds()).toEqual(['dispute', null]);
    await shop.reverse(granted, null);
    expect(await holds()).toEqual([null, null]);
  });

  test('lists and details tell phase and attempt', async () => {
    const { given } = await create(await shop.buy(tierOf()), '2.3');
    const where = { phase: 2, phases: 2, attempt: 3 };
    expect((await shop.assessments.find(given.assessmentId))?.summary).toMatchObject(where);
    const listed = await shop.assessments.listOf(shop.buyer);
    expect(listed.find(({ assessmentId }) => assessmentId === given.assessmentId)).toMatchObject(where);
  });

  test('a place belongs to whoever takes it first; the other writes nothing', async () => {
    const purchaseId = await shop.buy(tierOf());
    const outcomes = await Promise.all(Array.from({ length: 8 }, () => create(purchaseId, '1.1')));
    expect(outcomes.map(({ outcome }) => outcome).sort()).toEqual(['created', ...Array(7).fill('taken')]);
    const winner = outcomes.find(({ outcome }) => outcome === 'created');
    const history = await shop.assessments.course(winner?.given.assessmentId ?? idOf('none'));
    expect(history?.attempts).toHaveLength(1);
    for (const { given, outcome } of outcomes.filter((each) => each !== winner)) {
      expect([outcome, await shop.assessments.find(given.assessmentId)]).toEqual(['taken', undefined]);
    }
  });

  test('an event that lost its place may cause another assessment; one that had its effect may not', async () => {
    const purchaseId = await shop.buy(tierOf());
    await create(purchaseId, '1.1');
    const { given, inbox, outcome } = await create(purchaseId, '1.1');
    expect(outcome).toBe('taken');
    const next = { ...given, userId: shop.buyer, place: { phase: 1, attempt: 2, phases: 2 } };
    expect(await shop.assessments.create(next, inbox)).toBe('created');
    const after = newAssessment({ purchaseId, place: { phase: 1, attempt: 3, phases: 2 } }).given;
    expect(await shop.assessments.create(after, inbox)).toBe('duplicate');
  });

  test('an assessment that is there is a duplicate, whatever event grants it', async () => {
    const purchaseId = await shop.buy(tierOf());
    const { given } = await create(purchaseId, '1.1');
    const { assessmentId } = given;
    expect((await create(purchaseId, '1.2', { assessmentId })).outcome).toBe('duplicate');
    expect((await shop.assessments.course(assessmentId))?.attempts).toHaveLength(1);
  });
});

const idsOf = ({ assessmentId, accountId }: NewAssessment) => ({ assessmentId, accountId });
