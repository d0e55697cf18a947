import {
  type Attempt,
  type AttemptHistory,
  type AttemptOrigin,
  attemptOf,
  chancesOf,
  decideReset,
  decideRetry,
  holdOn,
  nextAttemptAt,
  placeAfterPass,
  retriesLeft,
  successorOf,
} from '../../../../domain/assessment/progression/attempts';
import type { Program } from '../../../../domain/assessment/progression/program';
import type { HoldKind } from '../../../../domain/kernel/hold-kind';
import { idOf } from '../../../../domain/kernel/ids';
import { dollars, RULES } from '../../../fixtures/domain-story';

const ORIGINS: Readonly<Record<string, AttemptOrigin>> = { p: 'purchase', a: 'advance', r: 'retry', $: 'reset' };
const STATUSES = { '?': 'active', '+': 'passed', '-': 'failed' } as const;

const HOLDS: Readonly<Record<string, HoldKind>> = { d: 'dispute', f: 'refund', c: 'chargeback' };

/**
 * `1.1p- 1.2r+ 2.1a?`: phase and attempt, origin (purchase, advance, retry, $ reset), and how it stands. `1.1p-d`: its
 * payment is disputed; f: refunded; c: charged back.
 */
function courseOf(text: string, change: Partial<Program> = {}): AttemptHistory {
  const attempts = text.split(' ').map((word): Attempt => {
    const [phase = '', attempt = ''] = word.slice(0, 3).split('.');
    return {
      assessmentId: idOf(`assessment-${phase}.${attempt}`),
      accountId: idOf(`account-${phase}.${attempt}`),
      phase: Number(phase),
      attempt: Number(attempt),
      origin: ORIGINS[word.charAt(3)] ?? 'purchase',
      status: STATUSES[word.charAt(4) as keyof typeof STATUSES],
      hold: HOLDS[word.charAt(5)] ?? null,
    };
  });
  const phases = ['Challenge', 'Verification'].map((name) => ({ name, rules: RULES }));
  return { program: { phases, retries: 1, resetPriceUsd: dollars('149'), ...change }, attempts };
}

const idAt = (place: string) => idOf<Attempt['assessmentId']>(`assessment-${place}`);
const told = (place: { readonly phase: number; readonly attempt: number } | undefined) =>
  place && `${place.phase}.${place.attempt}`;

/** Goal: what passing an attempt opens. */
test.each`
  story                                  | course                       | passed   | opens
  ${'the first of two phases is passed'} | ${'1.1p+'}                   | ${'1.1'} | ${'2.1'}
  ${'a retry of it is passed'}           | ${'1.1p- 1.2r+'}             | ${'1.2'} | ${'2.1'}
  ${'the last phase is passed'}          | ${'1.1p+ 2.1a+'}             | ${'2.1'} | ${undefined}
  ${'a pass that is told again'}         | ${'1.1p+ 2.1a?'}             | ${'1.1'} | ${'2.1'}
  ${'two attempts at one phase pass'}    | ${'1.1p- 1.2r+ 1.3$+ 2.1a?'} | ${'1.3'} | ${'2.1'}
  ${'it is open'}                        | ${'1.1p?'}                   | ${'1.1'} | ${undefined}
  ${'it has failed'}                     | ${'1.1p-'}                   | ${'1.1'} | ${undefined}
  ${'it is of another course'}           | ${'1.1p+'}                   | ${'9.9'} | ${undefined}
`('$story', ({ course, passed, opens }) => {
  expect(told(placeAfterPass(courseOf(course), idAt(passed)))).toBe(opens);
});

/** Goal: when a failed phase begins anew for nothing; the attempt that is there already is the answer. */
test.each`
  story                                      | course                 | retries | asked    | answer
  ${'a failure with a retry left'}           | ${'1.1p-'}             | ${1}    | ${'1.1'} | ${'1.2'}
  ${'asked again'}                           | ${'1.1p- 1.2r?'}       | ${1}    | ${'1.1'} | ${'1.2 is there'}
  ${'asked again after that one failed too'} | ${'1.1p- 1.2r-'}       | ${1}    | ${'1.1'} | ${'1.2 is there'}
  ${'the retry has failed'}                  | ${'1.1p- 1.2r-'}       | ${1}    | ${'1.2'} | ${'retries_used'}
  ${'a second retry'}                        | ${'1.1p- 1.2r-'}       | ${2}    | ${'1.2'} | ${'1.3'}
  ${'a tier without retries'}                | ${'1.1p-'}             | ${0}    | ${'1.1'} | ${'retries_used'}
  ${'each phase has its own'}                | ${'1.1p- 1.2r+ 2.1a-'} | ${1}    | ${'2.1'} | ${'2.2'}
  ${'a reset uses none'}                     | ${'1.1p- 1.2$-'}       | ${1}    | ${'1.2'} | ${'1.3'}
  ${'a reset brings none'}                   | ${'1.1p- 1.2r- 1.3$-'} | ${1}    | ${'1.3'} | ${'retries_used'}
  ${'it is open'}                            | ${'1.1p?'}             | ${1}    | ${'1.1'} | ${'assessment_not_failed'}
  ${'it has passed'}                         | ${'1.1p+'}             | ${1}    | ${'1.1'} | ${'assessment_not_failed'}
  ${'it is of another course'}               | ${'1.1p-'}             | ${1}    | ${'9.9'} | ${'assessment_unknown'}
`('retry: $story', ({ course, retries, asked, answer }) => {
  const decided = decideRetry(courseOf(course, { retries }), idAt(asked));
  if (!decided.ok) {
    expect(decided).toMatchObject({ refusal: answer, fault: { field: 'assessmentId' } });
    return;
  }
  const isThere = 'assessmentId' in decided.value;
  expect(`${told(decided.value)}${isThere ? ' is there' : ''}`).toBe(answer);
});

/** Goal: when a fresh start of a failed phase may be sold, and for how much. */
test.each`
  story                                      | course           | retries | price    | asked    | answer
  ${'a failure without retries'}             | ${'1.1p-'}       | ${0}    | ${'149'} | ${'1.1'} | ${dollars('149')}
  ${'the retry has failed as well'}          | ${'1.1p- 1.2r-'} | ${1}    | ${'149'} | ${'1.2'} | ${dollars('149')}
  ${'a reset has failed'}                    | ${'1.1p- 1.2$-'} | ${0}    | ${'149'} | ${'1.2'} | ${dollars('149')}
  ${'the second phase'}                      | ${'1.1p+ 2.1a-'} | ${0}    | ${'149'} | ${'2.1'} | ${dollars('149')}
  ${'a free retry is left'}                  | ${'1.1p-'}       | ${1}    | ${'149'} | ${'1.1'} | ${'retry_left'}
  ${'a later attempt is there'}              | ${'1.1p- 1.2$?'} | ${0}    | ${'149'} | ${'1.1'} | ${'assessment_superseded'}
  ${'a later one, although a retry is left'} | ${'1.1p- 1.2$-'} | ${1}    | ${'149'} | ${'1.1'} | ${'assessment_superseded'}
  ${'the tier sells none'}                   | ${'1.1p-'}       | ${0}    | ${null}  | ${'1.1'} | ${'reset_unavailable'}
  ${'it is open'}                            | ${'1.1p?'}       | ${0}    | ${'149'} | ${'1.1'} | ${'assessment_not_failed'}
  ${'it has passed'}                         | ${'1.1p+'}       | ${0}    | ${'149'} | ${'1.1'} | ${'assessment_not_failed'}
  ${'it is of another course'}               | ${'1.1p-'}       | ${0}    | ${'149'} | ${'9.9'} | ${'assessment_unknown'}
`('reset: $story', ({ course, retries, price, asked, answer }) => {
  const program = { retries, resetPriceUsd: price === null ? null : dollars(price) };
  const decided = decideReset(courseOf(course, program), idAt(asked));
  expect(decided.ok ? decided.value.priceUsd : decided.refusal).toBe(answer);
  if (!decided.ok) expect(decided.fault?.field).toBe('assessmentId');
});

/** Goal: what a list offers is what would be granted: the retries of the phase first, then a reset, or neither. */
test.each`
  story                             | course           | retries | price    | asked    | left | reset
  ${'a failure with two retries'}   | ${'1.1p-'}       | ${2}    | ${'149'} | ${'1.1'} | ${2} | ${null}
  ${'one of two is used'}           | ${'1.1p- 1.2r-'} | ${2}    | ${'149'} | ${'1.2'} | ${1} | ${null}
  ${'it was retried already'}       | ${'1.1p- 1.2r-'} | ${2}    | ${'149'} | ${'1.1'} | ${0} | ${null}
  ${'the retries are used'}         | ${'1.1p- 1.2r-'} | ${1}    | ${'149'} | ${'1.2'} | ${0} | ${dollars('149')}
  ${'and the tier sells no reset'}  | ${'1.1p- 1.2r-'} | ${1}    | ${null}  | ${'1.2'} | ${0} | ${null}
  ${'the second phase has its own'} | ${'1.1p+ 2.1a-'} | ${1}    | ${'149'} | ${'2.1'} | ${1} | ${null}
  ${'it is open'}                   | ${'1.1p?'}       | ${1}    | ${'149'} | ${'1.1'} | ${0} | ${null}
  ${'it has passed'}                | ${'1.1p+'}       | ${0}    | ${'149'} | ${'1.1'} | ${0} | ${null}
`('chances: $story', ({ course, retries, price, asked, left, reset }) => {
  const program = { retries, resetPriceUsd: price === null ? null : dollars(price) };
  expect(chancesOf(courseOf(course, program), idAt(asked))).toEqual({ retriesLeft: left, resetPriceUsd: reset });
});

/** Goal: why an assessment does not begin anew, in the words that the trader reads. */
test.each`
  course           | retries | price    | asked    | retry                                  | reset
  ${'1.1p-'}       | ${0}    | ${null}  | ${'9.9'} | ${'must be yours'}                     | ${'must be yours'}
  ${'1.1p?'}       | ${1}    | ${'149'} | ${'1.1'} | ${'must have failed'}                  | ${'must have failed'}
  ${'1.1p-'}       | ${0}    | ${null}  | ${'1.1'} | ${'is of a tier without free retries'} | ${'is of a tier that sells no resets'}
  ${'1.1p- 1.2r-'} | ${1}    | ${null}  | ${'1.2'} | ${'has no free retry left'}            | ${'is of a tier that sells no resets'}
  ${'1.1p- 1.2r-'} | ${1}    | ${'149'} | ${'1.1'} | ${undefined}                           | ${'must be the latest attempt at its phase'}
  ${'1.1p-'}       | ${1}    | ${'149'} | ${'1.1'} | ${undefined}                           | ${'has a free retry left, which comes first'}
`('of $course with $retries retries, $asked: $retry / $reset', ({ course, retries, price, asked, retry, reset }) => {
  const given = courseOf(course, { retries, resetPriceUsd: price === null ? null : dollars(price) });
  const [again, anew] = [decideRetry(given, idAt(asked)), decideReset(given, idAt(asked))];
  expect(again.ok ? undefined : again.fault?.rule).toBe(retry);
  expect(anew.ok ? undefined : anew.fault?.rule).toBe(reset);
});

test.each`
  course                 | phase | next     | left
  ${'1.1p-'}             | ${1}  | ${'1.2'} | ${2}
  ${'1.1p- 1.2r- 1.3r-'} | ${1}  | ${'1.4'} | ${0}
  ${'1.1p- 1.2r+ 2.1a-'} | ${1}  | ${'1.3'} | ${1}
  ${'1.1p- 1.2r+ 2.1a-'} | ${2}  | ${'2.2'} | ${2}
  ${'1.1p+'}             | ${2}  | ${'2.1'} | ${2}
  ${'1.2r- 1.1p-'}       | ${1}  | ${'1.3'} | ${1}
`('after $course phase $phase goes on with $next and $left of two retries', ({ course, phase, next, left }) => {
  const given = courseOf(course, { retries: 2 });
  expect(told(nextAttemptAt(given, phase))).toBe(next);
  expect(retriesLeft(given, phase)).toBe(left);
});

test.each`
  course                 | after    | successor
  ${'1.1p- 1.2r- 1.3$?'} | ${'1.1'} | ${'1.2'}
  ${'1.1p- 1.2r- 1.3$?'} | ${'1.2'} | ${'1.3'}
  ${'1.1p- 1.2r- 1.3$?'} | ${'1.3'} | ${undefined}
  ${'1.1p+ 2.1a? 2.2r?'} | ${'1.1'} | ${undefined}
`('of $course the successor of $after is $successor', ({ course, after, successor }) => {
  const [phase, attempt] = after.split('.').map(Number);
  expect(told(successorOf(courseOf(course), { phase, attempt }))).toBe(successor);
});

/** Goal: a payment that is gone holds what came by it, and nothing that was paid for otherwise. */
test.each`
  story                                             | course                        | of       | hold
  ${'all is paid'}                                  | ${'1.1p-  1.2r+ 2.1a?'}       | ${'2.1'} | ${null}
  ${'the tier is disputed'}                         | ${'1.1p?d'}                   | ${'1.1'} | ${'dispute'}
  ${'the tier was refunded, and a phase is behind'} | ${'1.1p+f 2.1a?'}             | ${'2.1'} | ${'refund'}
  ${'the tier is gone, a reset is paid'}            | ${'1.1p-c 1.2$?'}             | ${'1.2'} | ${'chargeback'}
  ${'a reset was refunded'}                         | ${'1.1p- 1.2$?f'}             | ${'1.2'} | ${'refund'}
  ${'what failed before it is not held'}            | ${'1.1p- 1.2$?f'}             | ${'1.1'} | ${null}
  ${'a retry of what came by it'}                   | ${'1.1p- 1.2$-f 1.3r?'}       | ${'1.3'} | ${'refund'}
  ${'another reset was paid after it'}              | ${'1.1p- 1.2$-f 1.3$?'}       | ${'1.3'} | ${null}
  ${'the phase that it opened'}                     | ${'1.1p- 1.2$+f 2.1a?'}       | ${'2.1'} | ${'refund'}
  ${'a reset in the phase that it opened'}          | ${'1.1p- 1.2$+f 2.1a- 2.2$?'} | ${'2.2'} | ${'refund'}
  ${'another pass stands beside it'}                | ${'1.1p- 1.2$+f 1.3$+ 2.1a?'} | ${'2.1'} | ${null}
`('$story: $of is held by $hold', ({ course, of, hold }) => {
  const given = courseOf(course.replace(/ +/g, ' '));
  expect(holdOn(given, attemptOf(given, idAt(of)) as Attempt)).toBe(hold);
});

test.each`
  hold   | refusal
  ${'d'} | ${'account_frozen'}
  ${'f'} | ${'account_refunded'}
  ${'c'} | ${'account_refunded'}
`('held by $hold: no phase, no retry and no reset follows', ({ hold, refusal }) => {
  expect(placeAfterPass(courseOf(`1.1p+${hold}`), idAt('1.1'))).toBeUndefined();
  const failed = courseOf(`1.1p-${hold}`);
  expect(decideRetry(failed, idAt('1.1'))).toMatchObject({ refusal, fault: { field: 'assessmentId' } });
  expect(decideReset(failed, idAt('1.1'))).toMatchObject({ refusal });
  expect(chancesOf(failed, idAt('1.1'))).toEqual({ retriesLeft: 0, resetPriceUsd: null });
});

test('asked again about a failure whose retry is there, a held course answers with it', () => {
  expect(decideRetry(courseOf('1.1p-d 1.2r?'), idAt('1.1'))).toMatchObject({ value: { attempt: 2 } });
});
