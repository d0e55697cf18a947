import type { RuleSet } from '../../../../domain/assessment/rules/rule-set';
import { plusMs } from '../../../../domain/kernel/instant';
import {
  at,
  BTC,
  dollars,
  ETH,
  held,
  moment,
  NOW,
  RULES,
  resting,
  standingWith,
  units,
} from '../../../fixtures/domain-story';
import { play, type Setting, toldLast, working } from '../../../fixtures/trading-story';

const stops = (change: Partial<NonNullable<RuleSet['riskPerTrade']>>): Partial<RuleSet> => ({
  riskPerTrade: {
    limitUsd: dollars('10000'),
    severity: 'block',
    stopWithinMs: 60_000,
    stopSeverity: 'fail',
    stopCorrection: null,
    plan: 'unjudged',
    stopMissesToFail: null,
    ...change,
  },
});

/** Its stop holds a half, and was due a minute ago. */
const LATE: Setting = {
  cash: '99700',
  positions: [held(BTC, '3', '300', { openedAt: plusMs(NOW, -120_000) })],
  account: { orders: [resting('s1', { qty: units('1.5'), terms: { type: 'stop', stopPrice: at('90') } })] },
  rules: stops({}),
};

const OVERDUE: Setting = {
  ...LATE,
  rules: { activity: { ...RULES.activity, timeLimitDays: 30 } },
  account: { ...LATE.account, standing: standingWith({ startedAt: moment('2026-02-12T12:00:00Z') }) },
};

const BROKEN: Setting = { ...LATE, cash: '89000', rules: {} };

const PAUSING: Setting = {
  ...LATE,
  cash: '94600',
  rules: { dailyLoss: RULES.dailyLoss && { ...RULES.dailyLoss, severity: 'pause' } },
};

const COMMANDS = ['buy 1', 'sell 1.5 stop 90 reduce', 'amend s1 qty 3', 'close', 'close all'];

/** Goal: one door for all commands: what has been missed or met is judged before anything can wipe it out. */
describe.each`
  due                             | setting
  ${'a missing stop'}             | ${LATE}
  ${'a deadline'}                 | ${OVERDUE}
  ${'a limit'}                    | ${BROKEN}
  ${'the pause of a day'}         | ${PAUSING}
  ${'a closing for missing stop'} | ${{ ...LATE, rules: stops({ stopSeverity: 'close' }) }}
`('$due comes first', ({ setting }) => {
  test.each(COMMANDS)('%s', (command) => {
    const scene = play(command, setting);
    expect([scene.told.at(-1), working(scene)]).toEqual(['limit_broken', 's1 1.5']);
  });
});

/** Goal: nobody is trapped: what the desk cannot close now keeps no trader from leaving. */
test.each`
  story                                 | setting                                                                                                                | steps                                            | told
  ${'nothing is due'}                   | ${{ ...LATE, rules: stops({ stopWithinMs: 180_000 }) }}                                                                | ${'close all'}                                   | ${'s1 requested, x1, x1 takes 3@100, '}
  ${'the book is thin for the closing'} | ${{ ...LATE, rules: stops({ stopSeverity: 'close' }) }}                                                                | ${'book 2@100 / 9@101; close all'}               | ${'s1 requested, x1, x1 takes 2@100, '}
  ${'or the stop that is missing'}      | ${{ ...LATE, rules: stops({ stopSeverity: 'close' }) }}                                                                | ${'book 2@100 / 9@101; sell 1.5 stop 90 reduce'} | ${'o1 works'}
  ${'another has no price'}             | ${{ ...LATE, positions: [...(LATE.positions ?? []), held(ETH, '1', '100')], rules: stops({ stopSeverity: 'close' }) }} | ${'sell 3'}                                      | ${'limit_broken'}
`('$story', ({ setting, steps, told }) => {
  expect(toldLast(steps, setting as Setting)).toContain(told.trim().replace(/,$/, ''));
});

test('a stop that comes late has used up a correction, whoever looked first', () => {
  const rules = stops({ stopCorrection: { count: 1, withinMs: 30_000 } });
  const setting = { ...LATE, rules };
  expect(toldLast('sell 1.5 stop 90 reduce', setting)).toBe('stop_corrected, o1 works');
  const scene = play('amend s1 qty 3; close; buy 3', setting);
  expect(scene.told).toEqual([
    'stop_corrected, s1 amended',
    'o1, o1 takes 3@100, s1 nothing_to_reduce',
    'o2, o2 takes 3@101',
  ]);
});
