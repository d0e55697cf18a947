import fc from 'fast-check';
import type { Account } from '../../../../domain/account/account';
import type { LimitName } from '../../../../domain/account/rule-name';
import { LIMIT_NAMES } from '../../../../domain/account/rule-name';
import { judge } from '../../../../domain/assessment/judging/judge';
import { firstBroken, isBroken } from '../../../../domain/assessment/rules/limits';
import type { RuleRoom, RuleSet } from '../../../../domain/assessment/rules/rule-set';
import { type Instant, plusMs } from '../../../../domain/kernel/instant';
import { ppm, price, usd } from '../../../../domain/kernel/money';
import type { Quote } from '../../../../domain/market/book';
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
  YES,
} from '../../../fixtures/domain-story';
import { dailyLossOf, maxLossOf } from '../rule-sets';
import { verdictOf, walk } from '../walk';

/** A static maximum loss, a daily loss from the balance and a target, all at once. */
const both = (max: string, daily: string): RuleSet => ({
  ...maxLossOf('static', max),
  dailyLoss: dailyLossOf('balance', daily).dailyLoss,
  target: RULES.target,
});

/** Goal: which limit is the reason when one step breaks several: the higher floor, which was met first. */
test.each`
  id                                             | max       | daily     | path                     | verdict
  ${'§3.2: daily 2,000 above max 3,000'}         | ${'3000'} | ${'2000'} | ${'-3500'}               | ${'failed daily_loss d1'}
  ${'§3.2: max 3,000 above daily 4,000'}         | ${'3000'} | ${'4000'} | ${'-4500'}               | ${'failed max_drawdown d1'}
  ${'§3.2: only the higher one is broken'}       | ${'3000'} | ${'2000'} | ${'-2500'}               | ${'failed daily_loss d1'}
  ${'a tie: the first of the rooms'}             | ${'3000'} | ${'3000'} | ${'-3000'}               | ${'failed daily_loss d1'}
  ${'a day that began low: max is higher'}       | ${'3000'} | ${'3000'} | ${'-2000 | -4000'}       | ${'failed max_drawdown d2'}
  ${'a day that began high: daily is higher'}    | ${'3000'} | ${'3000'} | ${'+4000 | -8000'}       | ${'failed daily_loss d2'}
  ${'§3.1: an earlier breach beats a later win'} | ${'9000'} | ${'3000'} | ${'-3500 +15000'}        | ${'failed daily_loss d1'}
  ${'§3.6: after the end nothing changes it'}    | ${'3000'} | ${'4000'} | ${'-4500 | +90000 | -1'} | ${'failed max_drawdown d1'}
  ${'a later win without a breach'}              | ${'9000'} | ${'4000'} | ${'-3500 +15000'}        | ${'passed d1'}
`('$id', ({ max, daily, path, verdict }) => {
  expect(walk(both(max, daily), path).told).toBe(verdict);
});

test('§3.1: a breach beats a pass in the same judgement', () => {
  const from = (anchor: string) => accountWith('110000', [], { dayAnchorUsd: dollars(anchor) });
  expect(verdictOf(judge(RULES, from('115000'), marks(), NOW))).toBe('failed daily_loss');
  expect(verdictOf(judge(RULES, from('114999.999999'), marks(), NOW))).toBe('passed');
});

test('a daily loss that only pauses holds back a pass as well', () => {
  const rules: RuleSet = { ...RULES, dailyLoss: { ...dailyOf(RULES), severity: 'pause' } };
  const account = accountWith('110000', [], { dayAnchorUsd: dollars('115000') });
  expect(verdictOf(judge(rules, account, marks(), NOW))).toBe('paused');
  const paused = { ...account, standing: standingWith({ isPaused: true }) };
  expect(verdictOf(judge(rules, paused, marks(), NOW))).toBe('open');
  expect(verdictOf(judge(rules, { ...paused, dayAnchorUsd: dollars('110000') }, marks(), NOW))).toBe('passed');
});

const dailyOf = ({ dailyLoss }: RuleSet) => {
  if (!dailyLoss) throw new Error('these rules have a daily loss');
  return dailyLoss;
};

/** Goal: time against prices. The time limit of one day ends at NOW; 90,000 touches the maximum loss. */
test.each`
  story                                             | equity      | lateMs | verdict
  ${'before the deadline, no limit broken'}         | ${'110001'} | ${-1}  | ${'passed'}
  ${'TG-6: at the deadline the target is too late'} | ${'110001'} | ${0}   | ${'failed time_limit'}
  ${'a limit breaks before the deadline'}           | ${'90000'}  | ${-1}  | ${'failed max_drawdown'}
  ${'both at the same moment: the limit'}           | ${'90000'}  | ${0}   | ${'failed max_drawdown'}
  ${'the deadline had passed: it came first'}       | ${'90000'}  | ${1}   | ${'failed time_limit'}
`('$story', ({ equity, lateMs, verdict }) => {
  const rules = { ...RULES, dailyLoss: null, activity: { ...RULES.activity, timeLimitDays: 1 } };
  const account = accountWith(equity, [], { standing: standingWith({ startedAt: plusMs(NOW, -86_400_000) }) });
  expect(verdictOf(judge(rules, account, marks(), plusMs(NOW, lateMs)))).toBe(verdict);
});

test('a deadline is missed without a price of an outcome, and waits for that of a coin; what has none is named', () => {
  const rules = { ...RULES, activity: { ...RULES.activity, timeLimitDays: 9 } };
  const coins = [held(BTC, '1', '60000'), held(ETH, '1', '3000')];
  const account = accountWith('37000', [...coins, held(YES, '10', '4')]);
  const late = plusMs(NOW, 9 * 86_400_000);
  const judged = (ms: number, ...quotes: readonly Quote[]) => judge(rules, account, marks(...quotes), plusMs(late, ms));
  const outcome = accountWith('99996', [held(YES, '10', '4')]);
  expect(verdictOf(judge(rules, outcome, marks(), late))).toBe('failed time_limit');
  expect(verdictOf(judged(0))).toBe('open');
  expect(verdictOf(judged(0, quoteOn(ETH, '3000'), quoteOn(BTC, '60000')))).toBe('failed time_limit');
  expect(judged(0).unpriced).toEqual([BTC, ETH, YES]);
  expect(judged(0, quoteOn(ETH, '1')).unpriced).toEqual([BTC, YES]);
});

/** What these do is the tier's choice. */
const SPARED: readonly LimitName[] = ['daily_loss', 'open_loss'];

const rooms = fc.array(
  fc.record<RuleRoom>({
    // The layers of the loss are tests of their own.
    rule: fc.constantFrom(...LIMIT_NAMES.slice(0, LIMIT_NAMES.indexOf('second_daily_loss'))),
    limitUsd: fc.constant(dollars('10')),
    usedUsd: fc.constant(dollars('10')),
    roomUsd: fc.bigInt({ min: -5n, max: 5n }).map(usd),
    floorUsd: fc.constant(null),
  }),
  { maxLength: 6 },
);

test('the reason is the failing limit overshot the furthest, the earliest of equals, none while there is room', () => {
  fc.assert(
    fc.property(
      rooms,
      fc.constantFrom('fail', 'pause', 'close'),
      fc.constantFrom('breach', 'safe'),
      (given, severity, touch) => {
        const openLoss = { share: ppm(1n), severity: severity === 'fail' ? 'fail' : 'close' } as const;
        const rules: RuleSet = { ...RULES, touch, dailyLoss: { ...dailyOf(RULES), severity }, openLoss };
        const failing = given.filter(
          (room) => isBroken(rules, room) && (severity === 'fail' || !SPARED.includes(room.rule)),
        );
        const lowest = failing.reduce((low, { roomUsd }) => (roomUsd < low ? roomUsd : low), 9n as bigint);
        expect(firstBroken(rules, given)).toBe(failing.find(({ roomUsd }) => roomUsd === lowest));
        expect(
          given.every((room) => isBroken(rules, room) === (touch === 'safe' ? room.roomUsd < 0n : room.roomUsd <= 0n)),
        ).toBe(true);
      },
    ),
  );
});

const cents = (max: bigint) => fc.bigInt({ min: 0n, max }).map((n) => usd(n * 10_000n));
const severity = fc.constantFrom<'fail' | 'pause' | 'close'>('fail', 'pause', 'close');
const counts = fc.constantFrom<'realized_flat' | 'realized' | 'equity'>('realized_flat', 'realized', 'equity');

type Drawn = { readonly rules: RuleSet; readonly account: Account; readonly bid: bigint; readonly at: Instant };

const drawn: fc.Arbitrary<Drawn> = fc
  .record({
    severity,
    counts,
    closesAll: fc.boolean(),
    touch: fc.constantFrom<'breach' | 'safe'>('breach', 'safe'),
    cash: cents(20_000_000n),
    anchor: cents(12_000_000n),
    mark: cents(5_000_000n),
    bid: fc.bigInt({ min: 0n, max: 12_000_000n }),
    isOpen: fc.boolean(),
    isPaused: fc.boolean(),
    lateMs: fc.integer({ min: -2, max: 2 }),
  })
  .map((each) => ({
    rules: {
      ...RULES,
      touch: each.touch,
      maxLoss: { ...RULES.maxLoss, mode: 'trailing_eod' },
      dailyLoss: { ...dailyOf(RULES), severity: each.severity },
      target: { profitUsd: dollars('1000'), counts: each.counts, closesAll: each.closesAll },
      activity: { ...RULES.activity, timeLimitDays: 1 },
    },
    account: accountWith('0', each.isOpen ? [held(BTC, '1', '60000')] : [], {
      cashUsd: each.cash,
      dayAnchorUsd: each.anchor,
      standing: standingWith({
        startedAt: plusMs(NOW, -86_400_000),
        highWaterUsd: usd(dollars('100000') + each.mark),
        isPaused: each.isPaused,
      }),
    }),
    bid: each.bid,
    at: plusMs(NOW, each.lateMs),
  }));

test('a pass never stands beside a broken limit, a missed deadline or an unmet gate; nor a failure without its cause', () => {
  fc.assert(
    fc.property(drawn, ({ rules, account, bid, at }) => {
      const judgement = judge(
        rules,
        account,
        marks({ ...quoteOn(BTC, '1'), bid: { price: price(bid * 1_000_000n), qty: held(BTC, '1', '1').qty } }),
        at,
      );
      const broken = judgement.rooms.filter((room) => isBroken(rules, room));
      const missed = judgement.deadlines.filter(({ dueAt }) => dueAt <= at);
      const failing = broken.filter(({ rule }) => rule !== 'daily_loss' || rules.dailyLoss?.severity === 'fail');
      const { verdict } = judgement;
      expect(verdict.kind === 'failed').toBe(failing.length + missed.length > 0);
      const mayPass = broken.length + missed.length === 0 && judgement.gates.every(({ isMet }) => isMet);
      expect(verdict.kind === 'passed').toBe(mayPass);
      if (verdict.kind === 'paused') expect(broken.length > 0 || account.standing.day.isPaused).toBe(true);
      if (verdict.kind === 'close') expect(verdict.instruments).toEqual([BTC]);
    }),
    { numRuns: 400 },
  );
});
