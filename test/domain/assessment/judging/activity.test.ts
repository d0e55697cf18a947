import { fold } from '../../../../domain/account/evolve';
import { advanceAccount } from '../../../../domain/assessment/commands/advance-account';
import { deadlinesOf } from '../../../../domain/assessment/judging/deadlines';
import { gatesOf } from '../../../../domain/assessment/judging/gates';
import type { RuleSet } from '../../../../domain/assessment/rules/rule-set';
import { isoText, plusMs } from '../../../../domain/kernel/instant';
import { ppm } from '../../../../domain/kernel/money';
import { BTC, bookOf, dollars, held, moment, NOW, RULES } from '../../../fixtures/domain-story';
import { play, sceneOf } from '../../../fixtures/trading-story';

type Activity = RuleSet['activity'];
const DAY_MS = 86_400_000;
const asking = (activity: Partial<Activity>): Partial<RuleSet> => ({ activity: { ...RULES.activity, ...activity } });

/** Each step is a second; the account began at midnight, and holds one BTC since noon where it says so. */
test.each`
  by          | holds    | steps                             | from
  ${'fill'}   | ${false} | ${'wait 60'}                      | ${'2026-03-14T00:00:00.000Z'}
  ${'fill'}   | ${true}  | ${'sell 0.5'}                     | ${'2026-03-14T12:00:01.000Z'}
  ${'opened'} | ${true}  | ${'buy 1; sell 2'}                | ${'2026-03-14T00:00:00.000Z'}
  ${'opened'} | ${false} | ${'buy 1; sell 1'}                | ${'2026-03-14T12:00:01.000Z'}
  ${'opened'} | ${true}  | ${'buy 1; sell 3'}                | ${'2026-03-14T12:00:02.000Z'}
  ${'closed'} | ${false} | ${'buy 1; buy 1; sell 1'}         | ${'2026-03-14T00:00:00.000Z'}
  ${'closed'} | ${false} | ${'buy 1; buy 1; sell 1; sell 1'} | ${'2026-03-14T12:00:04.000Z'}
  ${'closed'} | ${false} | ${'buy 1; sell 1; buy 1'}         | ${'2026-03-14T12:00:02.000Z'}
`('inactive by $by after $steps: counts from $from', ({ by, holds, steps, from }) => {
  const rules = asking({ inactivityDays: 30, inactivityBy: by });
  const { context } = play(steps, holds ? { rules, cash: '99900', positions: [held(BTC, '1', '100')] } : { rules });
  const [due] = deadlinesOf(context.rules, context.account);
  expect(due).toEqual({ rule: 'inactivity', dueAt: plusMs(moment(from), 30 * DAY_MS) });
});

/** The days needed as they stand when the account is looked at, days after NOW. */
function daysAt(activity: Partial<Activity>, visits: readonly number[]): string {
  let { context } = sceneOf({ rules: asking({ daysMin: 4, ...activity }) });
  for (const days of visits) {
    const at = plusMs(NOW, days * DAY_MS);
    context = { ...context, at, books: new Map([[BTC, bookOf('9@100', '9@101', { receivedAt: at })]]) };
    const { before, after } = advanceAccount(context);
    context = { ...context, account: fold(context.rules, context.account, [...before, ...after]) };
  }
  const days = gatesOf(context.rules, context.account, dollars('100000')).find(({ gate }) => gate === 'days');
  return `${days?.have} of ${days?.need}${days?.isMet ? ', met' : ''}`;
}

test.each`
  story                                   | counts        | visits         | told
  ${'the first day is one'}               | ${'calendar'} | ${[0]}         | ${'1 of 4'}
  ${'every day is, traded or not'}        | ${'calendar'} | ${[1, 2, 3]}   | ${'4 of 4, met'}
  ${'those that nobody saw as well'}      | ${'calendar'} | ${[3]}         | ${'4 of 4, met'}
  ${'seen late, no day is counted twice'} | ${'calendar'} | ${[1, 1.2, 2]} | ${'3 of 4'}
  ${'a day that needs trading is none'}   | ${'opened'}   | ${[1, 2, 3]}   | ${'0 of 4'}
`('$story: $told', ({ counts, visits, told }) => {
  expect(daysAt({ dayCountsIf: counts }, visits)).toBe(told);
});

/** Sizes 100, then 40 and 60: of all the average is 70 and 66.7, of those before it 100 and 70. */
test.each`
  of        | share       | sized
  ${'all'}  | ${700_000n} | ${2}
  ${'all'}  | ${600_000n} | ${2}
  ${'all'}  | ${571_428n} | ${3}
  ${'past'} | ${700_000n} | ${2}
  ${'past'} | ${400_000n} | ${3}
  ${'past'} | ${400_001n} | ${2}
  ${'past'} | ${857_142n} | ${2}
  ${'past'} | ${857_143n} | ${1}
`('with $share of the average of $of, $sized trades are large enough', ({ of, share, sized }) => {
  const rules = asking({ dayCountsIf: 'size', daySizeShareMin: ppm(share), daySizeOf: of });
  const { context } = play('book 99@100 / 99@100; buy 1; sell 1; buy 0.4; sell 0.4; buy 0.6; sell 0.6', { rules });
  expect(context.account.standing.day.sized).toBe(sized);
});

test('the instants are read with the account that keeps them', () => {
  const { context } = play('buy 1; sell 1', { rules: asking({ inactivityDays: 1, inactivityBy: 'closed' }) });
  expect(isoText(context.account.standing.trades.activityAt ?? NOW)).toBe('2026-03-14T12:00:02.000Z');
  expect(play('buy 1; sell 1').context.account.standing.trades.activityAt).toBeNull();
});
