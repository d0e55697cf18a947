import fc from 'fast-check';
import type { Standing } from '../../../../domain/account/standing/standing';
import { gatesOf } from '../../../../domain/assessment/judging/gates';
import { judge } from '../../../../domain/assessment/judging/judge';
import type { Consistency, RuleSet, Target } from '../../../../domain/assessment/rules/rule-set';
import { formatUsd, ppm, usd } from '../../../../domain/kernel/money';
import {
  accountWith,
  BTC,
  dollars,
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

/** A step of a walk takes a minute: `+500` is closed at once, `o +500` after a minute. */
const MINUTE_MS = 60_000;

const excluding = (target: Partial<Target> = {}, activity: Partial<Activity> = {}): RuleSet => ({
  ...maxLossOf('static', '50000'),
  target: { profitUsd: dollars('3000'), counts: 'realized_flat', closesAll: false, ...target },
  activity: { ...RULES.activity, shortWins: 'excluded', tradeHeldMsMin: MINUTE_MS, ...activity },
});

/** Goal: what a short trade won is left out of the profit, what it lost is not; the gate shows what counts. */
test.each`
  story                                  | activity                      | path                     | counted          | verdict
  ${'long enough, to the millisecond'}   | ${{}}                         | ${'o +3000'}             | ${'3000.00'}     | ${'passed d1'}
  ${'a millisecond short'}               | ${{ tradeHeldMsMin: 60_001 }} | ${'o +3000'}             | ${'0.00'}        | ${'open'}
  ${'closed at once'}                    | ${{}}                         | ${'+3000'}               | ${'0.00'}        | ${'open'}
  ${'a tier that counts them'}           | ${{ shortWins: 'count' }}     | ${'+3000'}               | ${'3000.00'}     | ${'passed d1'}
  ${'the win is out, the loss is not'}   | ${{}}                         | ${'+500 -200 o +3200'}   | ${'3000.00'}     | ${'passed d1'}
  ${'a millionth less of what counts'}   | ${{}}                         | ${'+500 o +2999.999999'} | ${'2999.999999'} | ${'open'}
  ${'it is out on the next day as well'} | ${{}}                         | ${'+500 | o +2600'}      | ${'2600.00'}     | ${'open'}
  ${'the time over midnight counts'}     | ${{}}                         | ${'o | +3000'}           | ${'3000.00'}     | ${'passed d2'}
`('$story', ({ activity, path, counted, verdict }) => {
  const { told, judgement } = walk(excluding({}, activity), path);
  const profit = judgement.gates.find(({ gate }) => gate === 'target_usd');
  expect([told, formatUsd(usd(profit?.have ?? 0n))]).toEqual([verdict, counted]);
});

/** Goal: it is left out of open profit as well, and of what is secured where the tier closes at the target. */
test.each`
  story                                  | target                    | balance            | bid               | verdict
  ${'equity, less what is out'}          | ${{ counts: 'equity' }}   | ${'101000'}        | ${'62500'}        | ${'passed'}
  ${'equity, a millionth short'}         | ${{ counts: 'equity' }}   | ${'101000'}        | ${'62499.999999'} | ${'open'}
  ${'realized, less what is out'}        | ${{ counts: 'realized' }} | ${'103500'}        | ${'60000'}        | ${'passed'}
  ${'realized, a millionth short'}       | ${{ counts: 'realized' }} | ${'103499.999999'} | ${'60001'}        | ${'open'}
  ${'closed to secure it'}               | ${{ closesAll: true }}    | ${'103499.999999'} | ${'61000'}        | ${'close'}
  ${'closed for being flat is all'}      | ${{ closesAll: true }}    | ${'103500'}        | ${'60000'}        | ${'close'}
  ${'not closed before equity is there'} | ${{ closesAll: true }}    | ${'103000'}        | ${'60499.999999'} | ${'open'}
`('$story: $verdict', ({ target, balance, bid, verdict }) => {
  const standing = standingWith({ excludedWinsUsd: dollars('500'), dayExcludedUsd: dollars('500') });
  const account = accountWith(formatUsd(usd(dollars(balance) - dollars('60000'))), [held(BTC, '1', '60000')], {
    standing,
  });
  expect(verdictOf(judge(excluding(target), account, marks(quoteOn(BTC, bid)), NOW))).toBe(verdict);
});

test('secured with what is out, and a day still to come, it may trade on', () => {
  const given = (excluded: string) => {
    const standing = standingWith({ excludedWinsUsd: dollars(excluded) });
    const account = accountWith('43500', [held(BTC, '1', '60000')], { standing });
    return verdictOf(judge(excluding({ closesAll: true }, { daysMin: 2 }), account, marks(quoteOn(BTC, '60001')), NOW));
  };
  expect([given('500'), given('500.000001')]).toEqual(['open', 'close']);
});

/** Goal: consistency divides what counts by what counts. */
test.each`
  story                                 | per        | of                | path                           | share
  ${'of the day'}                       | ${'day'}   | ${'net'}          | ${'+900 o +400 | o +600'}      | ${600000n}
  ${'also of one that is over'}         | ${'day'}   | ${'net'}          | ${'+900 o +600 | o +400'}      | ${600000n}
  ${'a day of nothing else wins none'}  | ${'day'}   | ${'winning_days'} | ${'+900 | o +600 | o +400'}    | ${600000n}
  ${'today as well'}                    | ${'day'}   | ${'winning_days'} | ${'o +600 | o +400 +900'}      | ${600000n}
  ${'a loss is a loss of its day'}      | ${'day'}   | ${'winning_days'} | ${'+900 o +600 -100 | o +500'} | ${500000n}
  ${'of the trade'}                     | ${'trade'} | ${'net'}          | ${'+900 o +600 | o +400'}      | ${600000n}
  ${'nothing that counts, no division'} | ${'trade'} | ${'net'}          | ${'+900'}                      | ${1000000n}
`('$story: $share', ({ per, of, path, share }) => {
  const consistency: Consistency = { shareMax: ppm(1n), of, per, severity: 'gate' };
  const rules = { ...excluding(), consistency };
  const { account, judgement } = walk(rules, path);
  expect(gatesOf(rules, account, judgement.equityUsd).at(-1)?.have).toBe(share);
});

test('what is left out is the sum of all short wins, and today’s begins anew each day', () => {
  const results = fc.array(fc.array(fc.tuple(fc.boolean(), fc.integer({ min: -400, max: 400 })), { maxLength: 4 }), {
    minLength: 1,
    maxLength: 5,
  });
  fc.assert(
    fc.property(results, (days) => {
      const step = ([isLong, n]: readonly [boolean, number]) => `${isLong ? 'o ' : ''}${n < 0 ? n : `+${n}`}`;
      const rules: RuleSet = { ...excluding({ profitUsd: dollars('90000') }), dailyLoss: null, riskPerTrade: null };
      const { standing } = walk(rules, days.map((day) => day.map(step).join(' ')).join(' | ')).account;
      const short = (trades: readonly (readonly [boolean, number])[]) =>
        trades.filter(([isLong, n]) => !isLong && n > 0).reduce((sum, [, n]) => sum + n, 0);
      const told = ({ trades, day }: Standing) => [trades.excludedUsd, day.excludedUsd];
      expect(told(standing)).toEqual([dollars(`${short(days.flat())}`), dollars(`${short(days.at(-1) ?? [])}`)]);
    }),
  );
});
