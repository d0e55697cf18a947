import fc from 'fast-check';
import { maxLossFloor, roomsOf } from '../../../../domain/assessment/rules/limits';
import type { MaxLoss } from '../../../../domain/assessment/rules/rule-set';
import { formatUsd, ppm, usd } from '../../../../domain/kernel/money';
import { accountWith, dollars, marks, standingWith } from '../../../fixtures/domain-story';
import { raisedBy } from '../../decided';
import { funded, maxLossOf } from '../rule-sets';
import { floorsOf, walk } from '../walk';

const STATIC = maxLossOf('static', '10000');

/** Goal: the static maximum loss: 100,000 less 10,000. A walk is closed results, `~` floats; the floor never moves. */
test.each`
  id                                        | path                  | verdict
  ${'ML-S1: a dollar above the floor'}      | ${'-8000 ~-1999'}     | ${'open'}
  ${'ML-S2: touching it is a breach'}       | ${'-8000 ~-2000'}     | ${'failed max_drawdown d1'}
  ${'ML-S3: below it, the balance healthy'} | ${'-8000 ~-2001'}     | ${'failed max_drawdown d1'}
  ${'ML-S5: one trade of 10,000'}           | ${'-10000'}           | ${'failed max_drawdown d1'}
  ${'a millionth above it'}                 | ${'-9999.999999'}     | ${'open'}
  ${'profits do not move it'}               | ${'+50000 | ~-59999'} | ${'open'}
  ${'nor do days'}                          | ${'+50000 | ~-60000'} | ${'failed max_drawdown d2'}
`('$id', ({ path, verdict }) => {
  const { told, account } = walk(STATIC, path);
  expect([told, floorsOf(STATIC, account)]).toEqual([verdict, '90000.00 -']);
});

test('ML-S2: where touching is safe, the floor itself is alive and a millionth less is not', () => {
  const safe = { ...STATIC, touch: 'safe' as const };
  expect(walk(safe, '-8000 ~-2000').told).toBe('open');
  expect(walk(safe, '-8000 ~-2000.000001').told).toBe('failed max_drawdown d1');
});

const FTMO1 = maxLossOf('trailing_eod', '10000');
const TOPSTEP = maxLossOf('trailing_eod', '2000', { starting: '50000', lockUsd: dollars('50000') });
const LX = maxLossOf('trailing_eod', '3000');

/** Goal: the floor follows the highest balance at the end of a day, never down, and no further than its lock. */
test.each`
  id                                            | rules      | path                             | floor          | verdict
  ${'ML-E1: the first day'}                     | ${FTMO1}   | ${''}                            | ${'90000.00'}  | ${'open'}
  ${'ML-E2: day 1 closes at 104,000'}           | ${FTMO1}   | ${'+4000 |'}                     | ${'94000.00'}  | ${'open'}
  ${'ML-E2: not before the day is over'}        | ${FTMO1}   | ${'+4000'}                       | ${'90000.00'}  | ${'open'}
  ${'a lower close leaves it'}                  | ${FTMO1}   | ${'+4000 | -3000 |'}             | ${'94000.00'}  | ${'open'}
  ${'open profit is not in the balance'}        | ${FTMO1}   | ${'~+4000 |'}                    | ${'90000.00'}  | ${'open'}
  ${'ML-E4: Topstep, first close +500'}         | ${TOPSTEP} | ${'+500 |'}                      | ${'48500.00'}  | ${'open'}
  ${'ML-E5: next close at 50,000'}              | ${TOPSTEP} | ${'+500 | -500 |'}               | ${'48500.00'}  | ${'open'}
  ${'ML-E6: a close of 52,500 locks at 50,000'} | ${TOPSTEP} | ${'+500 | -500 | +2500 |'}       | ${'50000.00'}  | ${'open'}
  ${'ML-E6: it stays there'}                    | ${TOPSTEP} | ${'+9000 | +9000 |'}             | ${'50000.00'}  | ${'open'}
  ${'ML-E8: day 1 is alive at 99,500'}          | ${LX}      | ${'+4000 -4500'}                 | ${'97000.00'}  | ${'open'}
  ${'ML-E8: day 2 as well'}                     | ${LX}      | ${'+4000 -4500 | +5000'}         | ${'97000.00'}  | ${'open'}
  ${'ML-E8: day 3 is not, 101,000 ≤ 101,500'}   | ${LX}      | ${'+4000 -4500 | +5000 | -3500'} | ${'101500.00'} | ${'failed max_drawdown d3'}
`('$id', ({ rules, path, floor, verdict }) => {
  const { told, account } = walk(rules, path);
  expect([told, formatUsd(maxLossFloor(rules, account))]).toEqual([verdict, floor]);
});

const INTRADAY = maxLossOf('trailing_intraday', '3000', { trails: 'equity' });
const APEX = maxLossOf('trailing_intraday', '2500', { starting: '50000', trails: 'equity' });
const APEX_FUNDED = maxLossOf('trailing_intraday', '2500', {
  starting: '50000',
  trails: 'equity',
  lockUsd: dollars('50100'),
});

/** Goal: the floor follows every judged equity, open profit included, once it has been tested. */
test.each`
  id                                                     | rules                          | path               | floor          | verdict
  ${'ML-E9: the trades of ML-E8'}                        | ${INTRADAY}                    | ${'+4000 -4500'}   | ${'101000.00'} | ${'failed max_drawdown d1'}
  ${'ML-T1: +2,000, then -3,500'}                        | ${INTRADAY}                    | ${'+2000 -3500'}   | ${'99000.00'}  | ${'failed max_drawdown d1'}
  ${'ML-T1: the static twin survives'}                   | ${maxLossOf('static', '3000')} | ${'+2000 -3500'}   | ${'97000.00'}  | ${'open'}
  ${'ML-T2: a new peak raises the floor after the test'} | ${INTRADAY}                    | ${'~+9000'}        | ${'106000.00'} | ${'open'}
  ${'ML-T3: 51,800 open, closed at 49,350'}              | ${APEX}                        | ${'~+1800 ~ -650'} | ${'49300.00'}  | ${'open'}
  ${'ML-T3: at 49,300'}                                  | ${APEX}                        | ${'~+1800 ~ -700'} | ${'49300.00'}  | ${'failed max_drawdown d1'}
  ${'without a lock it trails for ever'}                 | ${APEX}                        | ${'~+20000'}       | ${'67500.00'}  | ${'open'}
  ${'funded: locked at the start plus 100'}              | ${APEX_FUNDED}                 | ${'~+20000'}       | ${'50100.00'}  | ${'open'}
`('$id', ({ rules, path, floor, verdict }) => {
  const { told, account } = walk(rules, path);
  expect([told, formatUsd(maxLossFloor(rules, account))]).toEqual([verdict, floor]);
});

test('ML-T4: an equity that was seen before, or a lower one, raises nothing', () => {
  const peaked = raisedBy(INTRADAY, funded(INTRADAY), dollars('104000'));
  expect(maxLossFloor(INTRADAY, peaked)).toBe(dollars('101000'));
  expect(raisedBy(INTRADAY, peaked, dollars('104000'))).toBe(peaked);
  expect(raisedBy(INTRADAY, peaked, dollars('101000.01'))).toBe(peaked);
});

const BREAKOUT = maxLossOf('trailing_closed', '8000', { lockUsd: dollars('100000') });

/** Goal: the floor follows the balance with each fill, never open profit, and no further than the start. */
test.each`
  id                                      | path                | floor          | verdict
  ${'ML-B1: the balance reaches 105,000'} | ${'+5000'}          | ${'97000.00'}  | ${'open'}
  ${'ML-B2: and then 101,000'}            | ${'+5000 -4000'}    | ${'97000.00'}  | ${'open'}
  ${'ML-B4: equity does not move it'}     | ${'+5000 ~+4000'}   | ${'97000.00'}  | ${'open'}
  ${'touching it, open'}                  | ${'+5000 ~-8000'}   | ${'97000.00'}  | ${'failed max_drawdown d1'}
  ${'locked at the start'}                | ${'+9000'}          | ${'100000.00'} | ${'open'}
  ${'and broken there'}                   | ${'+9000 | ~-9000'} | ${'100000.00'} | ${'failed max_drawdown d2'}
`('$id', ({ path, floor, verdict }) => {
  const { told, account } = walk(BREAKOUT, path);
  expect([told, formatUsd(maxLossFloor(BREAKOUT, account))]).toEqual([verdict, floor]);
});

const EQUITY_EDGE = maxLossOf('trailing_closed', '0.08');

test('§1.5: a share of the high-water mark: 92,000 of 100,000, 101,200 of 110,000', () => {
  expect(floorsOf(EQUITY_EDGE, funded(EQUITY_EDGE))).toBe('92000.00 -');
  expect(floorsOf(EQUITY_EDGE, walk(EQUITY_EDGE, '+10000').account)).toBe('101200.00 -');
});

test('a share is rounded up to a millionth, so the floor is rounded down', () => {
  const account = accountWith('3', [], { standing: standingWith({ highWaterUsd: usd(1_000_001n) }) });
  expect(maxLossFloor(maxLossOf('static', '0.5'), account)).toBe(500_000n);
});

const WHITE_LABEL = maxLossOf('trailing_eod', '0.05', { trails: 'higher' });

/** Goal: the white-label table: the floor is 95 % of the highest balance or equity at the end of a day. */
test.each`
  id                                               | path                                       | floor         | verdict
  ${'§1.6: day 1 ends at 100,000'}                 | ${'|'}                                     | ${'95000.00'} | ${'open'}
  ${'§1.6: day 2 at 102,000'}                      | ${'| +2000 |'}                             | ${'96900.00'} | ${'open'}
  ${'§1.6: day 3 at 101,000'}                      | ${'| +2000 | -1000 |'}                     | ${'96900.00'} | ${'open'}
  ${'§1.6: day 4 at 103,000'}                      | ${'| +2000 | -1000 | +2000 |'}             | ${'97850.00'} | ${'open'}
  ${'§1.6: day 5, balance 102,500, equity 97,500'} | ${'| +2000 | -1000 | +2000 | -500 ~-5000'} | ${'97850.00'} | ${'failed max_drawdown d5'}
  ${'open profit at the end of a day counts'}      | ${'~+3000 |'}                              | ${'97850.00'} | ${'open'}
  ${'and an open loss does not lower it'}          | ${'+3000 ~-2000 |'}                        | ${'97850.00'} | ${'open'}
`('$id', ({ path, floor, verdict }) => {
  const { told, account } = walk(WHITE_LABEL, path);
  expect([told, formatUsd(maxLossFloor(WHITE_LABEL, account))]).toEqual([verdict, floor]);
});

test('trailing intraday may follow the balance, or whichever is higher, as well', () => {
  const floorAfter = (trails: MaxLoss['trails'], path: string) => {
    const rules = maxLossOf('trailing_intraday', '3000', { trails });
    return formatUsd(maxLossFloor(rules, walk(rules, path).account));
  };
  expect(floorAfter('balance', '+2000 ~+500 ~-500')).toBe('99000.00');
  expect(floorAfter('equity', '+2000 ~+500 ~-500')).toBe('99500.00');
  expect(floorAfter('higher', '+2000 ~+500 ~-500')).toBe('99500.00');
  expect(floorAfter('equity', '~-500')).toBe('97000.00');
  expect(floorAfter('higher', '~-500')).toBe('97000.00');
});

test('tested on the balance, an open loss breaks nothing until it is realized', () => {
  const rules = maxLossOf('static', '10000', { testedOn: 'balance' });
  expect(walk(rules, '~-30000').told).toBe('open');
  expect(walk(rules, '~-30000 ~-10000 -10000').told).toBe('failed max_drawdown d1');
});

test('a locked floor shows a room from the floor, and of the width only what is left below it', () => {
  const { account } = walk(TOPSTEP, '+9000 |');
  const room = (equity: string) => {
    const [found] = roomsOf(TOPSTEP, account, dollars(equity), marks());
    return [found?.limitUsd, found?.usedUsd, found?.roomUsd, found?.floorUsd].map((each) => formatUsd(usd(each ?? 0n)));
  };
  expect(room('53000')).toEqual(['2000.00', '0.00', '3000.00', '50000.00']);
  expect(room('50500')).toEqual(['2000.00', '1500.00', '500.00', '50000.00']);
});

const mode = fc.constantFrom<MaxLoss['mode']>('static', 'trailing_eod', 'trailing_closed', 'trailing_intraday');
const trails = fc.constantFrom<MaxLoss['trails']>('balance', 'equity', 'higher');
const step = fc.oneof(
  fc.integer({ min: -900, max: 900 }).map((n) => (n < 0 ? `${n}` : `+${n}`)),
  fc.integer({ min: -900, max: 900 }).map((n) => `~${n}`),
  fc.constantFrom('|', '~', 'o'),
);

test('no floor ever falls, whatever an account does, and none rises beyond its lock', () => {
  fc.assert(
    fc.property(
      mode,
      trails,
      fc.constantFrom('9000', '0.09'),
      fc.boolean(),
      fc.array(step, { maxLength: 12 }),
      (how, of, width, isLocked, steps) => {
        const lockUsd = isLocked && how !== 'static' ? dollars('92000') : null;
        const rules = maxLossOf(how, width, { trails: how === 'trailing_closed' ? 'balance' : of, lockUsd });
        const floors = steps.map((_, n) => maxLossFloor(rules, walk(rules, steps.slice(0, n + 1).join(' ')).account));
        const first = maxLossFloor(rules, funded(rules));
        for (const [n, floor] of floors.entries()) {
          expect(floor >= (floors[n - 1] ?? first)).toBe(true);
          if (lockUsd !== null) expect(floor <= lockUsd).toBe(true);
          if (how === 'static') expect(floor).toBe(first);
        }
      },
    ),
    { numRuns: 150 },
  );
});

test('a new peak never breaks its own floor: a judged peak leaves the whole width', () => {
  const peaks = fc.bigInt({ min: 100_000n, max: 10n ** 12n });
  fc.assert(
    fc.property(peaks, fc.bigInt({ min: 1n, max: 999_999n }), (peak, share) => {
      const rules = maxLossOf('trailing_intraday', '1', {
        trails: 'equity',
        width: { kind: 'share', share: ppm(share) },
      });
      const account = raisedBy(rules, funded(rules), usd(peak * 1_000_000n));
      const [room] = roomsOf(rules, account, account.standing.peaks.highWaterUsd, marks());
      expect(room && room.roomUsd > 0n && room.usedUsd === 0n).toBe(true);
    }),
  );
});
