import fc from 'fast-check';
import { judge } from '../../../../domain/assessment/judging/judge';
import { dailyLossFloor, isBroken, roomsOf } from '../../../../domain/assessment/rules/limits';
import type { DailyLoss, RuleSet } from '../../../../domain/assessment/rules/rule-set';
import { tradingDayAt } from '../../../../domain/assessment/rules/trading-day';
import { plusMs } from '../../../../domain/kernel/instant';
import { formatUsd, usd } from '../../../../domain/kernel/money';
import {
  accountWith,
  BTC,
  changedStanding,
  dollars,
  held,
  marks,
  moment,
  quoteOn,
  standingWith,
  YES,
} from '../../../fixtures/domain-story';
import { inDayOf } from '../../decided';
import { dailyLossOf, funded } from '../rule-sets';
import { verdictOf, walk } from '../walk';

const FTMO: RuleSet = { ...dailyLossOf('balance', '10000', { starting: '200000' }), dayZone: 'Europe/Prague' };
const BREAKOUT: RuleSet = { ...dailyLossOf('balance', '0.04'), dayResetAt: '00:30' };
const HYRO = dailyLossOf('peak', '250', { starting: '5000' });
const SWING = dailyLossOf('initial', '250', { starting: '5000' });
const THE5ERS: RuleSet = { ...dailyLossOf('higher', '0.05'), dayZone: 'America/New_York', dayResetAt: '17:00' };
const FINTOKEI = dailyLossOf('equity', '0.05');
const LX = dailyLossOf('balance', '5000');
const TRAILING = dailyLossOf('peak', '0.03', { starting: '10000' });

/** Goal: what the day counts from, how wide it is, and that touching the floor breaks it. */
test.each`
  id                                                  | rules       | path                     | floor          | verdict
  ${'DL-1: FTMO, 5 % of 200,000, day 1'}              | ${FTMO}     | ${''}                    | ${'190000.00'} | ${'open'}
  ${'DL-1: a millionth above the floor'}              | ${FTMO}     | ${'~-9999.999999'}       | ${'190000.00'} | ${'open'}
  ${'DL-1: on the floor'}                             | ${FTMO}     | ${'~-10000'}             | ${'190000.00'} | ${'failed daily_loss d1'}
  ${'DL-1: a loss that is closed counts as well'}     | ${FTMO}     | ${'-10000'}              | ${'190000.00'} | ${'failed daily_loss d1'}
  ${'DL-2: +4,000 today may be lost too'}             | ${FTMO}     | ${'+4000 ~-13999'}       | ${'190000.00'} | ${'open'}
  ${'DL-2: but not more than 14,000'}                 | ${FTMO}     | ${'+4000 ~-14000'}       | ${'190000.00'} | ${'failed daily_loss d1'}
  ${'DL-3: midnight at 204,000'}                      | ${FTMO}     | ${'+4000 | ~-9999'}      | ${'194000.00'} | ${'open'}
  ${'DL-3: 10,000 from there'}                        | ${FTMO}     | ${'+4000 | ~-10000'}     | ${'194000.00'} | ${'failed daily_loss d2'}
  ${'DL-4: -13,000 carried over midnight'}            | ${FTMO}     | ${'+4000 ~-13000'}       | ${'190000.00'} | ${'open'}
  ${'DL-4: fails there without a price moving'}       | ${FTMO}     | ${'+4000 ~-13000 |'}     | ${'194000.00'} | ${'failed daily_loss d2'}
  ${'DL-6: Breakout, 105,000 at the reset, 4 %'}      | ${BREAKOUT} | ${'+5000 |'}             | ${'100800.00'} | ${'open'}
  ${'DL-7: Hyro, the day opens at 4,900'}             | ${HYRO}     | ${'-100 | ~-249.99'}     | ${'4650.00'}   | ${'open'}
  ${'DL-7: breaks at 4,650'}                          | ${HYRO}     | ${'-100 | ~-250'}        | ${'4650.00'}   | ${'failed daily_loss d2'}
  ${'DL-8: a peak of 5,200 lifts the floor'}          | ${HYRO}     | ${'-100 | ~+300 ~+51'}   | ${'4950.00'}   | ${'open'}
  ${'DL-8: above the opening'}                        | ${HYRO}     | ${'-100 | ~+300 ~+50'}   | ${'4950.00'}   | ${'failed daily_loss d2'}
  ${'a peak is of its day: the next begins anew'}     | ${HYRO}     | ${'~+300 ~+51 |'}        | ${'4801.00'}   | ${'open'}
  ${'Hyro Swing: always 5 % of the start'}            | ${SWING}    | ${'+1000 | ~-1249'}      | ${'4750.00'}   | ${'open'}
  ${'Hyro Swing: it never moves'}                     | ${SWING}    | ${'+1000 | ~-1250'}      | ${'4750.00'}   | ${'failed daily_loss d2'}
  ${'The5ers: equity is higher at the reset'}         | ${THE5ERS}  | ${'+2000 ~+1000 |'}      | ${'97850.00'}  | ${'open'}
  ${'The5ers: the balance is higher'}                 | ${THE5ERS}  | ${'+2000 ~-1000 |'}      | ${'96900.00'}  | ${'open'}
  ${'Fintokei: equity, open profit carried'}          | ${FINTOKEI} | ${'~+1000 |'}            | ${'95950.00'}  | ${'open'}
  ${'Fintokei: equity, an open loss carried'}         | ${FINTOKEI} | ${'~-1000 |'}            | ${'94050.00'}  | ${'open'}
  ${'DL-12: 102,000 at the reset, -3,000, -2,050'}    | ${LX}       | ${'+2000 | -3000 -2050'} | ${'97000.00'}  | ${'failed daily_loss d2'}
  ${'DL-12: one step before'}                         | ${LX}       | ${'+2000 | -3000'}       | ${'97000.00'}  | ${'open'}
  ${'DL-14: judged inside the day, at 94,000'}        | ${LX}       | ${'-6000 +2000'}         | ${'95000.00'}  | ${'failed daily_loss d1'}
  ${'DL-14: 96,000 at its end would have been alive'} | ${LX}       | ${'-4000 |'}             | ${'91000.00'}  | ${'open'}
  ${'DL-15: 3 % of 10,000'}                           | ${TRAILING} | ${''}                    | ${'9700.00'}   | ${'open'}
  ${'DL-15: then of a peak of 10,500'}                | ${TRAILING} | ${'~+500'}               | ${'10185.00'}  | ${'open'}
`('$id', ({ rules, path, floor, verdict }) => {
  const { told, account } = walk(rules, path);
  expect([told, formatUsd(dailyLossFloor(rules, account) ?? usd(0n))]).toEqual([verdict, floor]);
});

test('DL-4: alive at 23:59:59.999, failed at 00:00:00, Prague time, at one and the same price', () => {
  const carried = accountWith('144000', [held(BTC, '1', '60000')], { dayAnchorUsd: dollars('200000') });
  const at = (text: string) => {
    const opened = inDayOf(carried, FTMO, moment(text));
    return verdictOf(judge(FTMO, opened, marks(quoteOn(BTC, '47000')), moment(text)));
  };
  expect(at('2026-03-14T22:59:59.999Z')).toBe('open');
  expect(at('2026-03-14T23:00:00Z')).toBe('failed daily_loss');
});

test.each<DailyLoss['anchor']>(['initial', 'balance', 'equity', 'higher', 'peak'])(
  'DL-17: bought at 14:10, the first, partial day counts from the start, with the anchor on %s',
  (anchor) => {
    const rules = dailyLossOf(anchor, '5000');
    const account = funded(rules);
    expect(dailyLossFloor(rules, account)).toBe(dollars('95000'));
    expect(inDayOf(account, rules, moment('2026-03-02T23:59:59.999Z'))).toBe(account);
  },
);

test('DL-18: cash and shares are one quantity: equity of 10,400 is no profit of 1,932', () => {
  const rules = dailyLossOf('equity', '0.05', { starting: '10000' });
  const account = accountWith('8468', [held(YES, '4200', '1532')], { day: '2026-03-13' });
  const equity = dollars('10400');
  const opened = inDayOf(account, rules, moment('2026-03-14T00:00:00Z'), equity);
  const [room] = roomsOf(rules, opened, equity, marks());
  expect([opened.dayAnchorUsd, room?.usedUsd, room?.roomUsd].map((each) => formatUsd(usd(each ?? 0n)))).toEqual([
    '10400.00',
    '0.00',
    '520.00',
  ]);
});

const MILD = { severity: 'pause', gainCapUsd: dollars('3000') } as const;
const PAUSE = dailyLossOf('balance', '3000', MILD);
const CLOSE = dailyLossOf('balance', '3000', { ...MILD, severity: 'close' });
const CAPPED = dailyLossOf('balance', '3000', { gainCapUsd: dollars('3000') });

/** Goal: what stops a day without failing. The walk ends with the judgement of its last step. */
test.each`
  id                                                       | rules     | path               | paused   | verdict
  ${'DL-16: equity crosses the floor'}                     | ${PAUSE}  | ${'~-3000'}        | ${false} | ${'paused, closes nothing'}
  ${'DL-16: or is closed below it'}                        | ${PAUSE}  | ${'-3000'}         | ${false} | ${'paused, closes nothing'}
  ${'DL-16: not before it'}                                | ${PAUSE}  | ${'~-2999'}        | ${false} | ${'open'}
  ${'DL-16: it is told once'}                              | ${PAUSE}  | ${'~-3500'}        | ${true}  | ${'open'}
  ${'DL-16: closing is asked for'}                         | ${CLOSE}  | ${'~-3000'}        | ${false} | ${'paused, closes all'}
  ${'DL-16: until nothing is open, though prices recover'} | ${CLOSE}  | ${'~-100'}         | ${true}  | ${'paused, closes all'}
  ${'DL-16: then it is over'}                              | ${CLOSE}  | ${'-3500'}         | ${true}  | ${'open'}
  ${'a day that has realized its gain is over'}            | ${PAUSE}  | ${'+3000'}         | ${false} | ${'paused, closes nothing'}
  ${'what closes, closes at the gain too'}                 | ${CLOSE}  | ${'+3000 ~+1'}     | ${false} | ${'paused, closes all'}
  ${'a capped gain is never a violation'}                  | ${CAPPED} | ${'+3000'}         | ${false} | ${'paused, closes nothing'}
  ${'open profit is no gain yet'}                          | ${CAPPED} | ${'~+9000'}        | ${false} | ${'open'}
  ${'just below the cap'}                                  | ${CAPPED} | ${'+2999.999999'}  | ${false} | ${'open'}
  ${'the cap counts from the day'}                         | ${CAPPED} | ${'+2000 | +2000'} | ${false} | ${'open'}
`('$id', ({ rules, path, paused, verdict }) => {
  const { account, at } = walk(rules, path);
  const now = { ...account, standing: changedStanding(account.standing, { isPaused: paused }) };
  const float = path.includes('~') ? path.slice(path.lastIndexOf('~') + 1) : '0';
  const bid = formatUsd(usd(dollars('60000') + dollars(float.replace('+', ''))));
  const judgement = judge(rules, now, marks(quoteOn(BTC, bid)), at);
  const { verdict: found } = judgement;
  const told = found.kind === 'paused' ? `paused, closes ${found.closes ? 'all' : 'nothing'}` : verdictOf(judgement);
  expect(told).toBe(verdict);
});

test('where touching is safe a pause begins a millionth below the floor', () => {
  const safe = { ...PAUSE, touch: 'safe' as const };
  expect(walk(safe, '~-3000').told).toBe('open');
  expect(walk(safe, '~-3000.000001').told).toBe('paused d1');
});

const anchor = fc.constantFrom<DailyLoss['anchor']>('initial', 'balance', 'equity', 'higher', 'peak');
const cents = fc.bigInt({ min: 0n, max: 20_000_000n }).map((n) => usd(n * 10_000n));

test('whatever the anchor, the day begins with its whole width, unless it counts from what was', () => {
  fc.assert(
    fc.property(anchor, cents, cents, fc.constantFrom('2500', '0.05'), (from, cash, equity, width) => {
      const rules = dailyLossOf(from, width);
      const account = { ...funded(rules), cashUsd: cash };
      const opened = inDayOf(account, rules, moment('2026-03-03T00:00:00Z'), equity);
      const anchors: Record<DailyLoss['anchor'], bigint> = {
        initial: rules.startingUsd,
        balance: cash,
        equity,
        higher: cash > equity ? cash : equity,
        peak: equity,
      };
      const lost = width === '2500' ? dollars(width) : (anchors[from] * 5n + 99n) / 100n;
      expect(dailyLossFloor(rules, opened)).toBe(anchors[from] - lost);
      const [room] = roomsOf(rules, opened, equity, marks());
      expect(room && isBroken(rules, room)).toBe(equity <= anchors[from] - lost);
    }),
  );
});

const zone = fc.constantFrom('UTC', 'Europe/Prague', 'America/New_York', 'Australia/Lord_Howe');
const clocks = fc.tuple(
  fc.constantFrom('2026-03-29T01:00:00Z', '2026-10-25T01:00:00Z', '2026-03-08T07:00:00Z', '2026-11-01T06:00:00Z'),
  fc.integer({ min: -90_000_000, max: 90_000_000 }),
);

test('at any clock change an anchor is taken once: exactly at the boundary, never before and never again', () => {
  fc.assert(
    fc.property(
      zone,
      clocks,
      fc.constantFrom('00:00', '00:30', '02:30', '17:00'),
      (dayZone, [change, offset], reset) => {
        const rules = { ...dailyLossOf('balance', '5000'), dayZone, dayResetAt: reset };
        const now = plusMs(moment(change), offset);
        const { day, startsAt, endsAt } = tradingDayAt(now, rules);
        const account = accountWith('99000', [], { day, dayAnchorUsd: dollars('100000'), standing: standingWith() });
        expect(inDayOf(account, rules, startsAt)).toBe(account);
        expect(inDayOf(account, rules, plusMs(endsAt, -1))).toBe(account);
        const next = inDayOf(account, rules, endsAt);
        expect(next.dayAnchorUsd).toBe(dollars('99000'));
        expect(inDayOf(next, rules, plusMs(endsAt, -1))).toBe(next);
      },
    ),
  );
});
