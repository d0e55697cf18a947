import fc from 'fast-check';
import type { RoundTrip } from '../../../../domain/account/positions/round-trip';
import {
  drawdownOf,
  type EquitySample,
  performanceOf,
  thinned,
  underwater,
} from '../../../../domain/assessment/reporting/performance';
import { idOf } from '../../../../domain/kernel/ids';
import { instant } from '../../../../domain/kernel/instant';
import { formatUsd, price, qty, type Usd, usd, ZERO_USD } from '../../../../domain/kernel/money';

const dollars = (amount: number) => usd(BigInt(Math.round(amount * 1_000_000)));

const tripOf = (netUsd: Usd): RoundTrip => ({
  instrument: idOf('BTC-USD'),
  direction: 'long',
  openedAt: instant(0),
  closedAt: instant(1),
  qty: qty(1n),
  entryPrice: price(1n),
  exitPrice: price(1n),
  realizedUsd: netUsd,
  feesUsd: ZERO_USD,
  netUsd,
});

const shown = (amount: bigint | undefined) => (amount === undefined ? '-' : formatUsd(usd(amount)));

/** Rates in parts of one; `-` where there is nothing to divide by. */
test.each`
  nets                     | trades | wins | losses | winRate       | factor        | averageWin    | averageLoss    | best          | worst
  ${[]}                    | ${0}   | ${0} | ${0}   | ${'-'}        | ${'-'}        | ${'-'}        | ${'-'}         | ${'-'}        | ${'-'}
  ${[10]}                  | ${1}   | ${1} | ${0}   | ${'1.00'}     | ${'-'}        | ${'10.00'}    | ${'-'}         | ${'10.00'}    | ${'10.00'}
  ${[-4]}                  | ${1}   | ${0} | ${1}   | ${'0.00'}     | ${'0.00'}     | ${'-'}        | ${'-4.00'}     | ${'-4.00'}    | ${'-4.00'}
  ${[0.000001, -0.000001]} | ${2}   | ${1} | ${1}   | ${'0.50'}     | ${'1.00'}     | ${'0.000001'} | ${'-0.000001'} | ${'0.000001'} | ${'-0.000001'}
  ${[0]}                   | ${1}   | ${0} | ${0}   | ${'0.00'}     | ${'-'}        | ${'-'}        | ${'-'}         | ${'0.00'}     | ${'0.00'}
  ${[10, -4, 2]}           | ${3}   | ${2} | ${1}   | ${'0.666666'} | ${'3.00'}     | ${'6.00'}     | ${'-4.00'}     | ${'10.00'}    | ${'-4.00'}
  ${[-1, -1, -1.5]}        | ${3}   | ${0} | ${3}   | ${'0.00'}     | ${'0.00'}     | ${'-'}        | ${'-1.166667'} | ${'-1.00'}    | ${'-1.50'}
  ${[1, -3]}               | ${2}   | ${1} | ${1}   | ${'0.50'}     | ${'0.333333'} | ${'1.00'}     | ${'-3.00'}     | ${'1.00'}     | ${'-3.00'}
`('trades that made $nets', (row: Record<string, unknown> & { nets: readonly number[] }) => {
  const found = performanceOf(row.nets.map((net) => tripOf(dollars(net))));
  expect({
    trades: found.trades,
    wins: found.wins,
    losses: found.losses,
    winRate: shown(found.winRate),
    factor: shown(found.profitFactor),
    averageWin: shown(found.averageWinUsd),
    averageLoss: shown(found.averageLossUsd),
    best: shown(found.bestUsd),
    worst: shown(found.worstUsd),
  }).toEqual(Object.fromEntries(Object.entries(row).filter(([name]) => name !== 'nets')));
});

const samplesOf = (values: readonly bigint[]): readonly EquitySample[] =>
  values.map((value, n) => ({ at: instant(n), equityUsd: usd(value) }));

test.each`
  story                             | path                  | deepest | peak   | share        | trough
  ${'no samples'}                   | ${[]}                 | ${0}    | ${0}   | ${0n}        | ${undefined}
  ${'only up'}                      | ${[100, 101, 105]}    | ${0}    | ${100} | ${0n}        | ${undefined}
  ${'down from the start'}          | ${[100, 90]}          | ${10}   | ${100} | ${100_000n}  | ${1}
  ${'from a later peak'}            | ${[100, 130, 104]}    | ${26}   | ${130} | ${200_000n}  | ${2}
  ${'two falls: the deeper'}        | ${[100, 80, 150, 90]} | ${60}   | ${150} | ${400_000n}  | ${3}
  ${'two equal falls: the first'}   | ${[100, 90, 100, 90]} | ${10}   | ${100} | ${100_000n}  | ${1}
  ${'a share is rounded up'}        | ${[3, 2]}             | ${1}    | ${3}   | ${333_334n}  | ${1}
  ${'a debt is more than the peak'} | ${[100, -50]}         | ${150}  | ${100} | ${1500_000n} | ${1}
`('$story', (row: { path: number[]; deepest: number; peak: number; share: bigint; trough: number | undefined }) => {
  const { deepestUsd, peakUsd, deepestOfPeak, troughAt } = drawdownOf(samplesOf(row.path.map(dollars)));
  expect({ deepestUsd, peakUsd, deepestOfPeak, troughAt }).toEqual({
    deepestUsd: dollars(row.deepest),
    peakUsd: dollars(row.peak),
    deepestOfPeak: row.share,
    troughAt: row.trough,
  });
});

test('the deepest drawdown is the lowest point under water', () => {
  const path = fc.array(fc.bigInt({ min: -1_000n, max: 1_000n }), { minLength: 1, maxLength: 60 });
  fc.assert(
    fc.property(path, (values) => {
      const samples = samplesOf(values);
      const depths = underwater(samples).map(({ equityUsd }) => equityUsd);
      const lowest = depths.reduce((low, depth) => (depth < low ? depth : low), ZERO_USD);
      expect(depths.every((depth) => depth <= 0n)).toBe(true);
      expect(drawdownOf(samples).deepestUsd).toBe(-lowest);
    }),
  );
});

test('thinned, a curve keeps its ends, its lowest and its highest, and no more than was asked for by much', () => {
  const path = fc.array(fc.bigInt({ min: -1_000n, max: 1_000n }), { minLength: 1, maxLength: 300 });
  fc.assert(
    fc.property(path, fc.integer({ min: 8, max: 40 }), (values, most) => {
      const samples = samplesOf(values);
      const kept = thinned(samples, most);
      const levels = (of: readonly EquitySample[]) =>
        of.map(({ equityUsd }) => equityUsd).sort((a, b) => (a < b ? -1 : 1));
      expect(kept.length).toBeLessThanOrEqual(most + 4);
      expect([kept[0], kept.at(-1)]).toEqual([samples[0], samples.at(-1)]);
      expect([levels(kept)[0], levels(kept).at(-1)]).toEqual([levels(samples)[0], levels(samples).at(-1)]);
      expect(kept).toEqual(samples.filter((sample) => kept.includes(sample)));
      if (samples.length <= most) expect(kept).toEqual(samples);
    }),
  );
});
