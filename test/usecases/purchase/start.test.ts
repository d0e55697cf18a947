import type { AttemptHistory } from '../../../domain/assessment/progression/attempts';
import type { Program } from '../../../domain/assessment/progression/program';
import { type AssessmentId, idOf, type PurchaseId } from '../../../domain/kernel/ids';
import { accept } from '../../../domain/kernel/result';
import { ANN, BOB, Shop, trace } from './shop';

describe('starting', () => {
  test('pins price and rules of the moment, reserves the assessment, and asks the provider once more each time it must', async () => {
    const shop = new Shop();
    await shop.fill();
    const id = idOf<PurchaseId>('p-1');
    shop.isProviderDown = true;
    expect(await shop.start(id)).toEqual({ ok: false, refusal: 'checkout_unavailable' });
    const sprint = shop.world.tiers.get('sprint-10k');
    if (!sprint) throw new Error('it is on sale');
    await shop.publish({
      ...sprint,
      program: { ...sprint.program, retries: 9 },
      actor: ANN,
      trace,
    });
    shop.isProviderDown = false;
    expect(await shop.start(id)).toEqual(accept({ checkoutId: 'cs_p-1', url: 'https://pay.example/p-1' }));
    expect(await shop.start(id)).toMatchObject({ ok: true });
    expect(shop.asked.map(({ ruleSetVersion, ruleSetHash }) => [ruleSetVersion, ruleSetHash])).toEqual([
      [1, sprint.ruleSetHash],
    ]);
  });

  test.each`
    story                       | slug             | user   | refusal
    ${'of another tier'}        | ${'master-100k'} | ${ANN} | ${'purchase_id_reused'}
    ${'by somebody else'}       | ${'sprint-10k'}  | ${BOB} | ${'purchase_id_reused'}
    ${'of a tier that is none'} | ${'no-such'}     | ${ANN} | ${'purchase_id_reused'}
  `('the same id $story is refused', async ({ slug, user, refusal }) => {
    const shop = new Shop();
    const id = await shop.opened();
    expect(await shop.start(id, slug, user)).toMatchObject({ ok: false, refusal, fault: { field: 'purchaseId' } });
    expect(shop.asked).toHaveLength(1);
  });

  test('an unknown tier opens nothing', async () => {
    const shop = new Shop();
    expect(await shop.start(idOf<PurchaseId>('p-1'), 'no-such')).toMatchObject({ refusal: 'tier_unknown' });
    expect(shop.world.purchases.size).toBe(0);
  });
});

const MINUTE = 60_000;

describe('a checkout ends', () => {
  test.each`
    story                               | minutes | answer
    ${'while it can be paid'}           | ${119}  | ${{ ok: true }}
    ${'when its price holds no longer'} | ${120}  | ${{ refusal: 'checkout_expired', fault: { field: 'purchaseId' } }}
  `('$story, $minutes minutes after', async ({ minutes, answer }) => {
    const shop = new Shop();
    const id = await shop.opened();
    shop.later(minutes * MINUTE);
    expect(await shop.start(id)).toMatchObject(answer);
    expect(shop.asked).toHaveLength(1);
  });

  test('before its time when the provider says so, and never once it was paid', async () => {
    const shop = new Shop();
    const [ended, paid] = [await shop.opened(), await shop.opened()];
    await shop.tell({ type: 'expired' }, { purchaseId: ended, checkoutId: `cs_${ended}` });
    await shop.tell(shop.paid(paid), { purchaseId: paid });
    shop.later(600 * MINUTE);
    expect(await shop.start(ended)).toMatchObject({ refusal: 'checkout_expired' });
    expect(await shop.start(paid)).toMatchObject({ ok: true });
  });

  test.each`
    minutes | answer
    ${89}   | ${{ ok: true }}
    ${90}   | ${{ refusal: 'checkout_expired' }}
  `(
    'one that could not be opened for $minutes minutes: the provider opens none for less than half an hour',
    async (row) => {
      const shop = new Shop();
      await shop.fill();
      const id = idOf<PurchaseId>('p-1');
      shop.isProviderDown = true;
      await shop.start(id);
      shop.isProviderDown = false;
      shop.later(row.minutes * MINUTE);
      expect(await shop.start(id)).toMatchObject(row.answer);
    },
  );
});

describe('open checkouts of one person', () => {
  test('are ten at most; the refusal says how many and until when', async () => {
    const shop = new Shop();
    const first = await shop.opened();
    for (let n = 1; n < 10; n++) {
      shop.later(MINUTE);
      await shop.opened();
    }
    const one = idOf<PurchaseId>('p-one-more');
    expect(await shop.start(one)).toEqual({
      ok: false,
      refusal: 'checkouts_open_max',
      fault: {
        field: 'purchaseId',
        rule: 'must wait: 10 checkouts are open. Pay at one of them, or start another after 2025-11-24T18:00:00.000Z',
      },
    });
    expect(shop.world.purchases.has(one)).toBe(false);
    expect(await shop.start(first)).toMatchObject({ ok: true });
    expect(await shop.start(one, 'sprint-10k', BOB)).toMatchObject({ ok: true });
  });

  test.each<[string, (shop: Shop, id: PurchaseId) => unknown]>([
    ['one of them is paid', (shop, purchaseId) => shop.tell(shop.paid(purchaseId), { purchaseId })],
    [
      'one ran out',
      (shop, purchaseId) => shop.tell({ type: 'expired' }, { purchaseId, checkoutId: `cs_${purchaseId}` }),
    ],
    ['their time is over, whatever the provider told', (shop) => shop.later(120 * MINUTE)],
  ])('another begins once %s', async (_, happens) => {
    const shop = new Shop();
    const first = await shop.opened();
    for (let n = 1; n < 10; n++) await shop.opened();
    const one = idOf<PurchaseId>('p-one-more');
    expect(await shop.start(one)).toMatchObject({ refusal: 'checkouts_open_max' });
    await happens(shop, first);
    expect(await shop.start(one)).toMatchObject({ ok: true });
  });
});

describe('starting a reset', () => {
  const FAILED = idOf<AssessmentId>('failed');

  /** Ann's one assessment of a tier has failed; the tier has been changed since. */
  async function failed(change: Partial<Program> = {}, attempts: Partial<AttemptHistory['attempts'][number]> = {}) {
    const shop = new Shop();
    await shop.fill();
    const sprint = shop.world.tiers.get('sprint-10k');
    if (!sprint) throw new Error('it is on sale');
    const { slug: tierSlug, name: tierName, tierId, ruleSetVersion, ruleSetHash } = sprint;
    const failure = { assessmentId: FAILED, accountId: idOf<never>('account'), phase: 1, attempt: 1 };
    shop.courses.set(FAILED, {
      tierSlug,
      tierName,
      tierId,
      ruleSetVersion,
      ruleSetHash,
      userId: ANN,
      purchaseId: idOf('p-0'),
      program: { ...sprint.program, ...change },
      attempts: [{ ...failure, origin: 'purchase', status: 'failed', hold: null, ...attempts }],
    });
    await shop.publish({ ...sprint, program: { ...sprint.program, resetPriceUsd: null }, actor: ANN, trace });
    return { shop, sprint };
  }

  test('asks the price and keeps the program of the course, whatever the tier says now', async () => {
    const { shop, sprint } = await failed();
    const id = idOf<PurchaseId>('p-1');
    const checkout = accept({ checkoutId: 'cs_p-1', url: 'https://pay.example/p-1' });
    expect(await shop.reset(id, FAILED)).toEqual(checkout);
    expect(await shop.reset(id, FAILED)).toEqual(checkout);
    const { ruleSetHash } = sprint;
    expect(shop.asked).toMatchObject([
      { resetOf: FAILED, priceUsd: 69_000_000n, ruleSetVersion: 1, ruleSetHash, tierName: 'Sprint 10K' },
    ]);
    expect(await shop.read(id)).toMatchObject({ value: { kind: 'reset', resetOf: FAILED, status: 'pending' } });
    expect(await shop.tell(shop.paid(id), { purchaseId: id })).toBe('applied');
    expect(shop.world.outbox).toMatchObject([
      { type: 'payment.purchase-completed', data: { purchaseId: id, paidUsd: 69_000_000n } },
    ]);
  });

  test.each`
    story                       | program                    | attempt                 | user   | refusal
    ${'of a tier without them'} | ${{ resetPriceUsd: null }} | ${{}}                   | ${ANN} | ${'reset_unavailable'}
    ${'with a free retry left'} | ${{ retries: 1 }}          | ${{}}                   | ${ANN} | ${'retry_left'}
    ${'of one that is open'}    | ${{}}                      | ${{ status: 'active' }} | ${ANN} | ${'assessment_not_failed'}
    ${'by somebody else'}       | ${{}}                      | ${{}}                   | ${BOB} | ${'assessment_unknown'}
  `('a reset $story is refused and asks nobody for money', async ({ program, attempt, user, refusal }) => {
    const { shop } = await failed(program, attempt);
    const answer = await shop.reset(idOf('p-1'), FAILED, user);
    expect(answer).toMatchObject({ refusal, fault: { field: 'assessmentId' } });
    expect([shop.asked, shop.world.purchases.size]).toEqual([[], 0]);
  });

  test('an unknown assessment is refused', async () => {
    expect(await new Shop().reset(idOf('p-1'), FAILED)).toMatchObject({ refusal: 'assessment_unknown' });
  });

  test('an id is of a tier, or of a reset of one assessment, not of both', async () => {
    const { shop } = await failed();
    const [bought, reset] = [idOf<PurchaseId>('p-1'), idOf<PurchaseId>('p-2')];
    await shop.start(bought);
    await shop.reset(reset, FAILED);
    const reused = { refusal: 'purchase_id_reused', fault: { field: 'purchaseId' } };
    expect(await shop.reset(bought, FAILED)).toMatchObject(reused);
    expect(await shop.start(reset)).toMatchObject(reused);
    expect(await shop.reset(reset, idOf('another'))).toMatchObject(reused);
    expect(await shop.reset(reset, FAILED, BOB)).toMatchObject(reused);
  });

  test('the same id sent many times at once opens one purchase', async () => {
    const { shop } = await failed();
    const id = idOf<PurchaseId>('p-1');
    const answers = await Promise.all(Array.from({ length: 10 }, () => shop.reset(id, FAILED)));
    expect(new Set(answers.map((answer) => answer.ok && answer.value.url)).size).toBe(1);
    expect(shop.world.purchases.size).toBe(1);
  });
});
