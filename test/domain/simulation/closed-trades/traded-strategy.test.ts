import fc from 'fast-check';
import { type Instant, instant } from '../../../../domain/kernel/instant';
import { ppm, usd } from '../../../../domain/kernel/money';
import { type ClosedTrade, pastTrade } from '../../../../domain/simulation/closed-trades/closed-trade';
import { sizeOfRisk, tradedStrategy } from '../../../../domain/simulation/closed-trades/traded-strategy';
import type { PastTrade } from '../../../../domain/simulation/strategy';
import { strategyFault } from '../../../../domain/simulation/strategy-fault';
import { dollars, moment } from '../../../fixtures/domain-story';
import { oddsOf } from '../../../fixtures/simulation/odds';
import { historyOf } from '../../../fixtures/simulation/studies';

const UTC = { dayZone: 'UTC', dayResetAt: '00:00' };

const closed = (at: string, net = '10', change: Partial<ClosedTrade> = {}): ClosedTrade => ({
  closedAt: moment(`${at}:00Z`),
  openedAt: null,
  netUsd: dollars(net),
  worstUsd: null,
  bestUsd: null,
  ...change,
});

/** Ten trades from Monday to Friday: one, one, two, three and three a day. */
const WEEK = '09T10:00 10T10:00 11T10:00 11T12:00 12T10:00 12T11:00 12T12:00 13T10:00 13T11:00 13T12:00'
  .split(' ')
  .map((at, nth) => closed(`2026-03-${at}`, nth === 5 ? '-25' : '10'));

const tradedOf = (trades: readonly ClosedTrade[], cut = UTC) => {
  const traded = tradedStrategy(trades, cut);
  if (!traded.ok) throw new Error(traded.fault?.rule);
  return traded.value;
};

/** Goal: no amount is drawn better than it was. */
test.each`
  net          | worst       | best       | cents
  ${'10.129'}  | ${null}     | ${null}    | ${[1_012n, 0n, 1_012n]}
  ${'-10.121'} | ${null}     | ${null}    | ${[-1_013n, -1_013n, 0n]}
  ${'10'}      | ${'-3.001'} | ${'12.99'} | ${[1_000n, -301n, 1_299n]}
  ${'10'}      | ${'2'}      | ${'5'}     | ${[1_000n, 0n, 1_000n]}
  ${'-10'}     | ${'-2'}     | ${'-1'}    | ${[-1_000n, -1_000n, 0n]}
  ${'0'}       | ${null}     | ${null}    | ${[0n, 0n, 0n]}
`('$net dollars between $worst and $best', ({ net, worst, best, cents }) => {
  const trade = closed('2026-03-09T10:00', net, {
    worstUsd: worst === null ? null : dollars(worst),
    bestUsd: best === null ? null : dollars(best),
  });
  const { resultCents, worstCents, bestCents } = pastTrade(trade);
  expect([resultCents, worstCents, bestCents]).toEqual(cents);
});

test('a week of trades: as many a day as on most days, in their order, resting on weekends', () => {
  const { strategy, worstDay } = tradedOf([...WEEK].reverse());
  expect(strategy).toMatchObject({ tradesPerDay: 2, heldMs: 3_600_000, size: 1_000_000n, restsOnWeekends: true });
  const { trades } = strategy;
  expect(trades.kind === 'history' && trades.trades).toEqual(WEEK.map(pastTrade));
  expect(worstDay?.map(({ resultCents }) => resultCents)).toEqual([1_000n, -2_500n, 1_000n]);
});

test.each`
  count | missing
  ${0}  | ${10}
  ${7}  | ${3}
  ${9}  | ${1}
`('$count trades: $missing more are needed', ({ count, missing }) => {
  const refused = tradedStrategy(WEEK.slice(0, count), UTC);
  const rule = `must be at least 10 closed trades: ${missing} more are needed`;
  expect(refused).toEqual({ ok: false, refusal: 'trades_too_few', fault: { field: 'trades', rule } });
});

test('a trade on a Sunday: it does not rest on weekends, whose days are cut in the zone of the tier', () => {
  const sunday = [...WEEK, closed('2026-03-15T23:30')];
  expect(tradedOf(sunday).strategy.restsOnWeekends).toBe(false);
  expect(tradedOf(sunday, { dayZone: 'Asia/Tokyo', dayResetAt: '00:00' }).strategy.restsOnWeekends).toBe(true);
});

test.each`
  heldMs                 | strategy
  ${[60_000, 90_000, 1]} | ${60_000}
  ${[60_000, 90_000]}    | ${60_000}
  ${[0]}                 | ${3}
  ${[10 ** 10]}          | ${37_799_999}
`(
  'held for $heldMs: each simulated trade for $strategy ms',
  ({ heldMs, strategy }: { heldMs: number[]; strategy: number }) => {
    const opened = WEEK.map((trade, nth): ClosedTrade => {
      const held = heldMs[nth];
      return held === undefined ? trade : { ...trade, openedAt: (trade.closedAt - held) as Instant };
    });
    expect(tradedOf(opened).strategy.heldMs).toBe(strategy);
  },
);

test('nobody had a worst day where no day lost', () => {
  expect(tradedOf(WEEK.map((trade) => ({ ...trade, netUsd: dollars('1') }))).worstDay).toBeNull();
  expect(tradedOf(WEEK.map((trade) => ({ ...trade, netUsd: dollars('0') }))).worstDay).toBeNull();
});

test('a worst day of more trades than can be made on one is made of fewer, each of several', () => {
  const day = Array.from({ length: 120 }, (_, nth) =>
    closed('2026-03-16T10:00', nth % 3 === 0 ? '7' : '-5', { closedAt: instant(Date.UTC(2026, 2, 16, 10) + nth) }),
  );
  const { strategy, worstDay } = tradedOf([...WEEK, ...day]);
  expect(strategy.tradesPerDay).toBe(2);
  // Seven dollars up, then ten down, and never above what it began with but after the first of three.
  expect(worstDay).toEqual(
    Array.from({ length: 40 }, (): PastTrade => ({ resultCents: -300n, worstCents: -300n, bestCents: 700n })),
  );
});

test('the newest ten thousand are drawn from', () => {
  const many = Array.from({ length: 10_500 }, (_, nth) =>
    closed('2026-03-16T10:00', `${nth}`, { closedAt: instant(Date.UTC(2026, 0, 1) + nth * 600_000) }),
  );
  const { trades } = tradedOf(many).strategy;
  if (trades.kind !== 'history') throw new Error('they were drawn');
  expect(trades.trades.length).toBe(10_000);
  expect(trades.trades[0]?.resultCents).toBe(50_000n);
});

test('whoever has made ten trades and lost one of them can be simulated', () => {
  const trade = fc
    .record({ at: fc.nat(10 ** 12), held: fc.option(fc.nat(10 ** 11)), net: fc.bigInt(-(10n ** 13n), 10n ** 13n) })
    .map(({ at, held, net }): ClosedTrade => {
      const openedAt = held === null ? null : instant(Math.max(0, at - held));
      return { closedAt: instant(at), openedAt, netUsd: usd(net), worstUsd: null, bestUsd: null };
    });
  fc.assert(
    fc.property(fc.array(trade, { minLength: 10, maxLength: 80 }), (trades) => {
      const traded = tradedStrategy([...trades, closed('2026-03-09T10:00', '-1')], UTC);
      expect(traded.ok && strategyFault(traded.value.strategy)).toBeUndefined();
    }),
  );
});

/** Goal: the size of a trade that may lose so much, against what trades lost that were lost. */
test.each`
  strategy                                 | risk          | size
  ${oddsOf()}                              | ${'100'}      | ${1_000_000n}
  ${oddsOf()}                              | ${'33.33'}    | ${333_300n}
  ${oddsOf({}, { size: ppm(2_000_000n) })} | ${'100'}      | ${500_000n}
  ${historyOf([-10_000, -20_000, 50_000])} | ${'300'}      | ${2_000_000n}
  ${historyOf([10_000])}                   | ${'300'}      | ${undefined}
  ${oddsOf()}                              | ${'0'}        | ${undefined}
  ${oddsOf()}                              | ${'-5'}       | ${undefined}
  ${oddsOf()}                              | ${'0.000001'} | ${undefined}
`('$risk dollars at risk are a size of $size', ({ strategy, risk, size }) => {
  expect(sizeOfRisk(strategy, dollars(risk))).toBe(size);
});
