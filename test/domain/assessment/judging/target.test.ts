import type { Account } from '../../../../domain/account/account';
import { gatesOf } from '../../../../domain/assessment/judging/gates';
import { judge } from '../../../../domain/assessment/judging/judge';
import type { RuleSet, Target } from '../../../../domain/assessment/rules/rule-set';
import { formatUsd, ppm, usd } from '../../../../domain/kernel/money';
import {
  accountWith,
  BTC,
  dollars,
  ETH,
  held,
  marks,
  NOW,
  quoteOn,
  RULES,
  standingWith,
} from '../../../fixtures/domain-story';
import { maxLossOf } from '../rule-sets';
import { verdictOf, walk } from '../walk';

type Activity = RuleSet['activity'];

const passingAt = (profit: string, target: Partial<Target> = {}, activity: Partial<Activity> = {}): RuleSet => ({
  ...maxLossOf('static', '50000'),
  target: { profitUsd: dollars(profit), counts: 'realized_flat', closesAll: false, ...target },
  activity: { ...RULES.activity, ...activity },
});

const FLAT = passingAt('10000');
const REALIZED = passingAt('10000', { counts: 'realized' });
const EQUITY = passingAt('10000', { counts: 'equity' });
const LX = passingAt('8000', {}, { daysMin: 4 });

/** Goal: what counts towards the target, and that nothing passes before everything is shown. */
test.each`
  id                                              | rules       | path                              | verdict
  ${'TG-1: +9,000 on day 1 of 4'}                 | ${LX}       | ${'+9000'}                        | ${'open'}
  ${'TG-1: passes on day 4'}                      | ${LX}       | ${'+9000 | +1 | +1 | +1'}         | ${'passed d4'}
  ${'TG-1: days without an opening do not count'} | ${LX}       | ${'+9000 | | | | | +1 | +1'}      | ${'open'}
  ${'TG-1: until there are four'}                 | ${LX}       | ${'+9000 | | | | | +1 | +1 | +1'} | ${'passed d8'}
  ${'TG-2: 109,900 and 200 floating'}             | ${FLAT}     | ${'+9900 ~+200'}                  | ${'open'}
  ${'TG-2: not even beyond, while it is open'}    | ${FLAT}     | ${'+9999 ~+5000'}                 | ${'open'}
  ${'TG-2: closed, it passes'}                    | ${FLAT}     | ${'+9900 +100'}                   | ${'passed d1'}
  ${'a millionth short'}                          | ${FLAT}     | ${'+9999.999999'}                 | ${'open'}
  ${'realized: floating does not count'}          | ${REALIZED} | ${'+9900 ~+200'}                  | ${'open'}
  ${'equity: floating counts'}                    | ${EQUITY}   | ${'+9900 ~+100'}                  | ${'passed d1'}
  ${'equity: and a floating loss counts against'} | ${EQUITY}   | ${'+9999 ~-1'}                    | ${'open'}
`('$id', ({ rules, path, verdict }) => {
  expect(walk(rules, path).told).toBe(verdict);
});

test('realized profit may pass while something is open, flat or not is only asked by realized_flat', () => {
  const account = accountWith('50000', [held(BTC, '1', '60000')]);
  const told = (rules: RuleSet) => verdictOf(judge(rules, account, marks(quoteOn(BTC, '55000')), NOW));
  expect([told(REALIZED), told(FLAT), told(EQUITY)]).toEqual(['passed', 'open', 'open']);
});

const OPENED: Partial<Activity> = { daysMin: 1, dayCountsIf: 'opened' };
const CLOSED: Partial<Activity> = { daysMin: 1, dayCountsIf: 'closed' };
const GAIN: Partial<Activity> = { daysMin: 3, dayCountsIf: 'gain', dayGainUsd: dollars('500') };

/** Goal: which days count. The gate says how many it has seen, today included. */
test.each`
  id                                               | activity  | path                           | have
  ${'TG-3: opened Monday, closed Tuesday: opened'} | ${OPENED} | ${'o | ~'}                     | ${1n}
  ${'TG-3: it is Monday that counts'}              | ${OPENED} | ${'o'}                         | ${1n}
  ${'TG-3: under closed Monday does not'}          | ${CLOSED} | ${'o'}                         | ${0n}
  ${'TG-3: and Tuesday does'}                      | ${CLOSED} | ${'o | ~'}                     | ${1n}
  ${'TG-4: held from Monday to Friday: opened'}    | ${OPENED} | ${'o | ~+1 | ~+2 | ~+3 | ~'}   | ${1n}
  ${'TG-4: and closed'}                            | ${CLOSED} | ${'o | ~+1 | ~+2 | ~+3 | ~'}   | ${1n}
  ${'two openings on one day are one day'}         | ${OPENED} | ${'+1 +1 +1'}                  | ${1n}
  ${'The5ers: 0.5 % of 100,000 three times'}       | ${GAIN}   | ${'+500 | +700 | +500'}        | ${3n}
  ${'a millionth less does not count'}             | ${GAIN}   | ${'+500 | +499.999999 | +500'} | ${2n}
  ${'what a day loses again does not count'}       | ${GAIN}   | ${'+600 -101'}                 | ${0n}
  ${'an open profit is no gain'}                   | ${GAIN}   | ${'~+900'}                     | ${0n}
  ${'CO-8: a gain belongs to its closing day'}     | ${GAIN}   | ${'~+900 | +900'}              | ${1n}
`('$id', ({ activity, path, have }) => {
  const rules = passingAt('40000', {}, activity);
  const { account, judgement } = walk(rules, path);
  const days = gatesOf(rules, account, judgement.equityUsd).find(({ gate }) => gate === 'days');
  expect(days?.have).toBe(have);
});

test('TG-8: an outcome that settles by itself pays, but opens no day', () => {
  const settled = accountWith('110000', [], { standing: standingWith({ dayClosed: 1, dayOpened: 0 }) });
  const told = (activity: Partial<Activity>) =>
    verdictOf(judge(passingAt('10000', {}, activity), settled, marks(), NOW));
  expect([told(OPENED), told(CLOSED), told({})]).toEqual(['open', 'passed', 'passed']);
});

/** Goal: every gate is named with what it has and what it needs; an account without a target has none. */
test('the gates of rules that ask for everything', () => {
  const rules: RuleSet = {
    ...passingAt('10000', {}, { tradesMin: 3, daysMin: 2 }),
    consistency: { shareMax: ppm(500_000n), of: 'net', per: 'day', severity: 'gate' },
  };
  const account = accountWith('42500', [held(BTC, '1', '60000')], {
    tradesClosed: 9,
    standing: standingWith({
      tradesCounted: 2,
      daysCounted: 1,
      dayOpened: 1,
      dayBalanceUsd: dollars('101000'),
      bestDayUsd: dollars('700'),
    }),
  });
  const told = gatesOf(rules, account, dollars('105000')).map(
    ({ gate, have, need, isMet }) => `${gate} ${have}/${need} ${isMet}`,
  );
  expect(told).toEqual([
    'target_usd 2500000000/10000000000 false',
    'flat_positions 1/0 false',
    'trades 2/3 false',
    'days 2/2 true',
    'best_day_ppm 600000/500000 false',
  ]);
  expect(gatesOf({ ...rules, target: null }, account, dollars('105000'))).toEqual([]);
  expect(gatesOf(passingAt('1'), account, dollars('1')).map(({ gate }) => gate)).toEqual([
    'target_usd',
    'flat_positions',
  ]);
  expect(gatesOf(passingAt('1', { counts: 'realized' }), account, dollars('1')).map(({ gate }) => gate)).toEqual([
    'target_usd',
  ]);
});

test('an account that has nothing to pass never passes', () => {
  expect(walk({ ...FLAT, target: null }, '+90000').told).toBe('open');
});

/** Goal: a tier that closes at the target, 10,000, does so to secure it, and when closing is all that is missing. */
test.each`
  story                                                  | balance     | float      | daysCounted | verdict
  ${'equity reaches the target'}                         | ${'100000'} | ${'10000'} | ${1}        | ${'close BTC-USD ETH-USD'}
  ${'equity is short of it'}                             | ${'100000'} | ${'9999'}  | ${1}        | ${'open'}
  ${'days are missing, but the profit is to be secured'} | ${'105000'} | ${'5000'}  | ${0}        | ${'close BTC-USD ETH-USD'}
  ${'secured, with days missing: it may trade on'}       | ${'111000'} | ${'1'}     | ${0}        | ${'open'}
  ${'secured, and only flatness is missing'}             | ${'111000'} | ${'1'}     | ${1}        | ${'close BTC-USD ETH-USD'}
  ${'secured exactly, with days missing'}                | ${'110000'} | ${'1'}     | ${0}        | ${'open'}
  ${'secured, but equity has fallen below'}              | ${'111000'} | ${'-2000'} | ${1}        | ${'open'}
`('$story', ({ balance, float, daysCounted, verdict }) => {
  const rules = passingAt('10000', { closesAll: true }, { daysMin: 1 });
  const account: Account = accountWith(
    formatUsd(usd(dollars(balance) - dollars('63000'))),
    [held(BTC, '1', '60000'), held(ETH, '1', '3000')],
    {
      standing: standingWith({ daysCounted }),
    },
  );
  const bid = formatUsd(usd(dollars('60000') + dollars(float)));
  const judgement = judge(rules, account, marks(quoteOn(BTC, bid), quoteOn(ETH, '3000')), NOW);
  const told =
    judgement.verdict.kind === 'close' ? `close ${judgement.verdict.instruments.join(' ')}` : verdictOf(judgement);
  expect(told).toBe(verdict);
  expect(
    verdictOf(judge({ ...rules, target: FLAT.target }, account, marks(quoteOn(BTC, bid), quoteOn(ETH, '3000')), NOW)),
  ).toBe('open');
});
