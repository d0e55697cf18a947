import { type AssessmentId, idOf, type PurchaseId } from '../../../domain/kernel/ids';
import { provisionAssessment } from '../../../usecases/assessment/provision-assessment';
import { publishTier } from '../../../usecases/assessment/publish-tier';
import { retryAssessment } from '../../../usecases/assessment/retry-assessment';
import {
  CONFLICT,
  CONFLICTS_MAX,
  failAsBusy,
  withOptimisticRetry,
} from '../../../usecases/concurrency/optimistic-retry';
import { settlePurchase } from '../../../usecases/purchase/settle-purchase';
import { memoryAccountStore } from '../../fakes/memory-account-store';
import { memoryAssessmentStore } from '../../fakes/memory-assessment-store';
import { memoryPurchaseStore, memoryTierStore } from '../../fakes/memory-purchase';
import { begun, FIRST, RESET } from '../purchase/course-story';
import { ANN, NOW, Shop, trace } from '../purchase/shop';

/** Goal: an attempt is made again as often as it was overtaken, and never more often than the bound. */
test.each`
  conflicts | bound | numbers      | answer
  ${0}      | ${3}  | ${[1]}       | ${'done'}
  ${1}      | ${3}  | ${[1, 2]}    | ${'done'}
  ${2}      | ${3}  | ${[1, 2, 3]} | ${'done'}
  ${3}      | ${3}  | ${[1, 2, 3]} | ${'gave up'}
  ${9}      | ${1}  | ${[1]}       | ${'gave up'}
`('$conflicts conflicts of at most $bound attempts end as $answer', async ({ conflicts, bound, numbers, answer }) => {
  const made: number[] = [];
  const attempt = async (number: number) => {
    made.push(number);
    return number > conflicts ? 'done' : CONFLICT;
  };
  expect(await withOptimisticRetry(bound, attempt, () => 'gave up')).toBe(answer);
  expect(made).toEqual(numbers);
});

test('an answer of undefined is an answer, and an error is not tried again', async () => {
  let made = 0;
  const silent = async () => {
    made++;
    return undefined;
  };
  expect(await withOptimisticRetry<string | undefined>(5, silent, () => 'gave up')).toBeUndefined();
  const broken = async () => {
    made++;
    throw new Error('the store is away');
  };
  await expect(withOptimisticRetry(5, broken, failAsBusy('it'))).rejects.toThrow('the store is away');
  expect(made).toBe(2);
});

/** Counts how often a store said that another was first; it says so every time. */
const always = <T extends string>(answer: T) => {
  const counted = { calls: 0 };
  return {
    counted,
    answer: async (): Promise<T> => {
      counted.calls++;
      return answer;
    },
  };
};

const clock = { now: () => NOW };
const ids = { next: <Id extends string>() => 'id-of-the-storm' as Id };

/** Goal: a storm of conflicts ends as an error that is retried from outside, never as a function that never returns. */
describe('a store that always has another writer first', () => {
  test('ends the publishing of a tier', async () => {
    const shop = new Shop();
    await shop.fill();
    const sprint = shop.world.tiers.get('sprint-10k');
    if (!sprint) throw new Error('it is on sale');
    const { counted, answer } = always('stale');
    const tiers = { ...memoryTierStore(shop.world), save: answer };
    const publish = publishTier({ tiers, digest: { sha256: () => 'f'.repeat(64) }, clock, ids });
    await expect(publish({ ...sprint, actor: ANN, trace })).rejects.toThrow(
      'tier sprint-10k was changed by others 20 times',
    );
    expect(counted.calls).toBe(CONFLICTS_MAX);
  });

  test('ends the settling of a purchase', async () => {
    const shop = new Shop();
    const purchaseId = await shop.opened();
    const { counted, answer } = always('stale');
    const purchases = { ...memoryPurchaseStore(shop.world), settle: answer };
    const provider = {
      purchaseOf: async () => purchaseId,
      reversalsOf: async () => {
        throw new Error('a payment reverses nothing');
      },
    };
    const settle = settlePurchase({ purchases, provider, clock, ids, holdsUnpaid: true });
    const message = { messageId: 'evt_1', type: 'paid', createdAt: NOW, notice: shop.paid(purchaseId), purchaseId };
    const told = settle({ ...message, checkoutId: undefined, paymentId: undefined }, trace);
    await expect(told).rejects.toThrow(`purchase ${purchaseId} was changed by others 20 times`);
    expect(counted.calls).toBe(CONFLICTS_MAX);
  });

  test.each`
    what                      | open
    ${'a retry'}              | ${'retry'}
    ${'a reset that is paid'} | ${'reset'}
  `('ends $what', async ({ open }) => {
    const course = await begun('failed');
    course.pays(FIRST);
    const { counted, answer } = always('taken');
    const assessments = { ...memoryAssessmentStore(course.world), create: answer };
    const parts = { assessments, accounts: memoryAccountStore(course.world), clock, ids };
    const inbox = { consumer: 'provision', eventId: idOf<never>('paid') };
    const reset = { purchaseId: RESET as PurchaseId, assessmentId: idOf<AssessmentId>('a-reset'), userId: ANN };
    const opened =
      open === 'retry'
        ? retryAssessment(parts)({ assessmentId: FIRST, userId: ANN, trace })
        : provisionAssessment(parts)({ ...reset, inbox, trace });
    await expect(opened).rejects.toThrow(`the course of ${open === 'retry' ? 'assessment ' : ''}${FIRST} was changed`);
    expect(counted.calls).toBe(CONFLICTS_MAX);
  });
});
