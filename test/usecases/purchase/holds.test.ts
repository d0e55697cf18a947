import fc from 'fast-check';
import type { HoldKind } from '../../../domain/kernel/hold-kind';
import { type AssessmentId, idOf } from '../../../domain/kernel/ids';
import { DAY_MS, plusMs } from '../../../domain/kernel/instant';
import { BOUGHT, begun, Course, FIRST, RESET } from './course-story';

const BY_RESET = idOf<AssessmentId>('a-reset');

/** The first attempt has failed, and a reset of it was paid. */
async function reset() {
  const attempts = await begun('failed');
  attempts.pays(FIRST);
  await attempts.grant('reset paid', RESET, BY_RESET);
  return attempts;
}

describe('an account follows its payment', () => {
  test('disputed it is frozen, won it trades again: two events of its stream, however often each is told', async () => {
    const attempts = await begun();
    for (const event of ['disputed', 'disputed', 'told again']) await attempts.pay('dispute', event);
    expect(attempts.held()).toBe('1.1 dispute');
    for (const event of ['won', 'won']) await attempts.pay(null, event);
    expect(attempts.held()).toBe('1.1 -');
    expect(attempts.stream(FIRST)).toEqual(['1 assessment.created', '2 assessment.held', '3 assessment.released']);
  });

  test('refunded it is closed to new risk, until the refund fails', async () => {
    const attempts = await begun();
    await attempts.pay('refund', 'refunded');
    expect(attempts.held()).toBe('1.1 refund');
    await attempts.pay(null, 'failed');
    expect(attempts.held()).toBe('1.1 -');
  });

  test('a dispute that is lost holds on, since the dispute began', async () => {
    const attempts = await begun();
    await attempts.pay('dispute', 'disputed');
    const { since } = attempts.kept(FIRST).snapshot.account.standing.holds.now ?? {};
    attempts.now = plusMs(attempts.now, DAY_MS);
    await attempts.pay('chargeback', 'lost');
    expect(attempts.kept(FIRST).snapshot.account.standing.holds.now).toEqual({ kind: 'chargeback', since });
  });

  test('a message of before comes last: the payment counts, not the message', async () => {
    const attempts = await begun();
    await attempts.pay('dispute', 'disputed');
    await attempts.pay(null, 'won');
    attempts.reverse(FIRST, null);
    // The dispute's own message was parked, and is sent again once its trouble was mended.
    await attempts.pay(null, 'parked');
    expect(attempts.held()).toBe('1.1 -');
  });

  test('whatever happens to a payment, and in whatever order it is heard, the last word holds', async () => {
    const kind = fc.constantFrom<HoldKind | null>('dispute', 'refund', 'chargeback', null);
    await fc.assert(
      fc.asyncProperty(fc.array(kind, { minLength: 1, maxLength: 6 }), async (kinds) => {
        const attempts = await begun();
        await Promise.all(kinds.map((each, index) => attempts.pay(each, `e${index}`)));
        const last = kinds.at(-1) ?? null;
        attempts.reverse(FIRST, last);
        await attempts.pay(last, 'last');
        expect(attempts.held()).toBe(`1.1 ${last ?? '-'}`);
      }),
      { numRuns: 40 },
    );
  });

  test('taken back before there was an account, it is opened held', async () => {
    const attempts = new Course();
    attempts.reverse(FIRST, 'refund');
    await attempts.grant();
    expect(attempts.held()).toBe('1.1 refund');
    expect(attempts.stream(FIRST)).toEqual(['1 assessment.created', '2 assessment.held']);
  });

  test('told before there is an account, it waits: its message is parked behind the grant', async () => {
    await expect(new Course().pay('refund', 'early')).rejects.toThrow('was granted before');
  });

  test('an assessment that has ended is left as it ended', async () => {
    const attempts = await begun('failed');
    await attempts.pay('refund', 'refunded');
    expect(attempts.held()).toBe('1.1 -');
    expect(attempts.stream(FIRST)).toEqual(['1 assessment.created']);
  });
});

describe('a program that is held goes no further', () => {
  test('a pass opens no phase while its payment is disputed, and opens it once that is won', async () => {
    const attempts = await begun('passed');
    attempts.reverse(FIRST, 'dispute');
    expect(await attempts.advance(FIRST, 'passed')).toBe('finished');
    expect(attempts.told()).toBe('1.1 purchase passed');
    await attempts.pay('dispute', 'disputed');
    expect(attempts.told()).toBe('1.1 purchase passed');
    for (const event of ['won', 'won', 'told again']) await attempts.pay(null, event);
    expect(attempts.told()).toBe('1.1 purchase passed, 2.1 advance active');
    expect(attempts.held()).toBe('1.1 -, 2.1 -');
  });

  test('a phase that was opened already is held with the tier, a passed one stays passed', async () => {
    const attempts = await begun('passed');
    await attempts.advance(FIRST, 'passed');
    await attempts.pay('refund', 'refunded');
    expect(attempts.held()).toBe('1.1 -, 2.1 refund');
    expect(attempts.told()).toBe('1.1 purchase passed, 2.1 advance active');
  });

  test.each`
    reversal        | refusal
    ${'dispute'}    | ${'account_frozen'}
    ${'refund'}     | ${'account_refunded'}
    ${'chargeback'} | ${'account_refunded'}
  `('after a $reversal no retry begins: $refusal', async ({ reversal, refusal }) => {
    const attempts = await begun('failed');
    attempts.reverse(FIRST, reversal);
    expect(await attempts.retry(FIRST)).toMatchObject({ refusal, fault: { field: 'assessmentId' } });
    expect(attempts.told()).toBe('1.1 purchase failed');
  });

  test('a retry that began as the payment went is held by whoever comes second', async () => {
    const attempts = await begun('failed');
    const [retried] = await Promise.all([attempts.retry(FIRST), attempts.pay('refund', 'refunded')]);
    const isHeld = attempts.held() === '1.1 -, 1.2 refund';
    expect(retried.ok ? isHeld : attempts.told() === '1.1 purchase failed').toBe(true);
  });
});

describe('what a reset was paid for hangs on the reset', () => {
  test('its own dispute freezes what it opened, and the failure before stays', async () => {
    const attempts = await reset();
    await attempts.pay('dispute', 'disputed', RESET, BY_RESET);
    expect(attempts.held()).toBe('1.1 -, 1.2 dispute');
    await attempts.pay(null, 'won', RESET, BY_RESET);
    expect(attempts.held()).toBe('1.1 -, 1.2 -');
  });

  test('the tier’s refund holds it as well', async () => {
    const attempts = await reset();
    await attempts.pay('refund', 'refunded');
    expect(attempts.held()).toBe('1.1 -, 1.2 refund');
  });
});

test('the risk desk is told of each change once, with the accounts that it is about', async () => {
  const attempts = await begun();
  await attempts.pay('dispute', 'disputed');
  await attempts.pay('dispute', 'disputed');
  attempts.now = plusMs(attempts.now, 1_000);
  await attempts.pay('chargeback', 'lost');
  const { accountId, userId } = attempts.kept(FIRST).snapshot;
  const about = (reversal: HoldKind) => ({
    kind: 'payment',
    userId,
    legs: [],
    payment: { purchaseId: BOUGHT, reversal, accountIds: [accountId] },
  });
  expect(await attempts.signals.list('undecided', 10)).toMatchObject([about('chargeback'), about('dispute')]);
});
