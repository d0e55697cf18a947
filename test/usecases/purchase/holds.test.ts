import fc from 'fast-check';
import type { HoldKind } from '../../../domain/kernel/hold-kind';
import { type AssessmentId, idOf } from '../../../domain/kernel/ids';
import { plusMs } from '../../../domain/kernel/instant';
import { BOUGHT, begun, Course, FIRST, RESET } from './course-story';

const BY_RESET = idOf<AssessmentId>('a-reset');

/** The first attempt has failed, and a reset of it was paid. */
async function reset() {
  const course = await begun('failed');
  course.pays(FIRST);
  await course.grant('reset paid', RESET, BY_RESET);
  return course;
}

describe('an account follows its payment', () => {
  test('disputed it is frozen, won it trades again: two events of its stream, however often each is told', async () => {
    const course = await begun();
    for (const event of ['disputed', 'disputed', 'told again']) await course.pay('dispute', event);
    expect(course.held()).toBe('1.1 dispute');
    for (const event of ['won', 'won']) await course.pay(null, event);
    expect(course.held()).toBe('1.1 -');
    expect(course.stream(FIRST)).toEqual(['1 assessment.created', '2 assessment.held', '3 assessment.released']);
  });

  test('refunded it is closed to new risk, until the refund fails', async () => {
    const course = await begun();
    await course.pay('refund', 'refunded');
    expect(course.held()).toBe('1.1 refund');
    await course.pay(null, 'failed');
    expect(course.held()).toBe('1.1 -');
  });

  test('a dispute that is lost holds on, since the dispute began', async () => {
    const course = await begun();
    await course.pay('dispute', 'disputed');
    const { since } = course.kept(FIRST).snapshot.account.standing.holds.now ?? {};
    course.now = plusMs(course.now, 86_400_000);
    await course.pay('chargeback', 'lost');
    expect(course.kept(FIRST).snapshot.account.standing.holds.now).toEqual({ kind: 'chargeback', since });
  });

  test('a message of before comes last: the payment counts, not the message', async () => {
    const course = await begun();
    await course.pay('dispute', 'disputed');
    await course.pay(null, 'won');
    course.reverse(FIRST, null);
    // The dispute's own message was parked, and is sent again once its trouble was mended.
    await course.pay(null, 'parked');
    expect(course.held()).toBe('1.1 -');
  });

  test('whatever happens to a payment, and in whatever order it is heard, the last word holds', async () => {
    const kind = fc.constantFrom<HoldKind | null>('dispute', 'refund', 'chargeback', null);
    await fc.assert(
      fc.asyncProperty(fc.array(kind, { minLength: 1, maxLength: 6 }), async (kinds) => {
        const course = await begun();
        await Promise.all(kinds.map((each, index) => course.pay(each, `e${index}`)));
        const last = kinds.at(-1) ?? null;
        course.reverse(FIRST, last);
        await course.pay(last, 'last');
        expect(course.held()).toBe(`1.1 ${last ?? '-'}`);
      }),
      { numRuns: 40 },
    );
  });

  test('taken back before there was an account, it is opened held', async () => {
    const course = new Course();
    course.reverse(FIRST, 'refund');
    await course.grant();
    expect(course.held()).toBe('1.1 refund');
    expect(course.stream(FIRST)).toEqual(['1 assessment.created', '2 assessment.held']);
  });

  test('told before there is an account, it waits: its message is parked behind the grant', async () => {
    await expect(new Course().pay('refund', 'early')).rejects.toThrow('was granted before');
  });

  test('an assessment that has ended is left as it ended', async () => {
    const course = await begun('failed');
    await course.pay('refund', 'refunded');
    expect(course.held()).toBe('1.1 -');
    expect(course.stream(FIRST)).toEqual(['1 assessment.created']);
  });
});

describe('a program that is held goes no further', () => {
  test('a pass opens no phase while its payment is disputed, and opens it once that is won', async () => {
    const course = await begun('passed');
    course.reverse(FIRST, 'dispute');
    expect(await course.advance(FIRST, 'passed')).toBe('finished');
    expect(course.told()).toBe('1.1 purchase passed');
    await course.pay('dispute', 'disputed');
    expect(course.told()).toBe('1.1 purchase passed');
    for (const event of ['won', 'won', 'told again']) await course.pay(null, event);
    expect(course.told()).toBe('1.1 purchase passed, 2.1 advance active');
    expect(course.held()).toBe('1.1 -, 2.1 -');
  });

  test('a phase that was opened already is held with the tier, a passed one stays passed', async () => {
    const course = await begun('passed');
    await course.advance(FIRST, 'passed');
    await course.pay('refund', 'refunded');
    expect(course.held()).toBe('1.1 -, 2.1 refund');
    expect(course.told()).toBe('1.1 purchase passed, 2.1 advance active');
  });

  test.each`
    reversal        | refusal
    ${'dispute'}    | ${'account_frozen'}
    ${'refund'}     | ${'account_refunded'}
    ${'chargeback'} | ${'account_refunded'}
  `('after a $reversal no retry begins: $refusal', async ({ reversal, refusal }) => {
    const course = await begun('failed');
    course.reverse(FIRST, reversal);
    expect(await course.retry(FIRST)).toMatchObject({ refusal, fault: { field: 'assessmentId' } });
    expect(course.told()).toBe('1.1 purchase failed');
  });

  test('a retry that began as the payment went is held by whoever comes second', async () => {
    const course = await begun('failed');
    const [retried] = await Promise.all([course.retry(FIRST), course.pay('refund', 'refunded')]);
    const isHeld = course.held() === '1.1 -, 1.2 refund';
    expect(retried.ok ? isHeld : course.told() === '1.1 purchase failed').toBe(true);
  });
});

describe('what a reset was paid for hangs on the reset', () => {
  test('its own dispute freezes what it opened, and the failure before stays', async () => {
    const course = await reset();
    await course.pay('dispute', 'disputed', RESET, BY_RESET);
    expect(course.held()).toBe('1.1 -, 1.2 dispute');
    await course.pay(null, 'won', RESET, BY_RESET);
    expect(course.held()).toBe('1.1 -, 1.2 -');
  });

  test('the tier’s refund holds it as well', async () => {
    const course = await reset();
    await course.pay('refund', 'refunded');
    expect(course.held()).toBe('1.1 -, 1.2 refund');
  });
});

test('the risk desk is told of each change once, with the accounts that it is about', async () => {
  const course = await begun();
  await course.pay('dispute', 'disputed');
  await course.pay('dispute', 'disputed');
  course.now = plusMs(course.now, 1_000);
  await course.pay('chargeback', 'lost');
  const { accountId, userId } = course.kept(FIRST).snapshot;
  const about = (reversal: HoldKind) => ({
    ...{ kind: 'payment', userId, legs: [] },
    payment: { purchaseId: BOUGHT, reversal, accountIds: [accountId] },
  });
  expect(await course.signals.list('undecided', 10)).toMatchObject([about('chargeback'), about('dispute')]);
});
