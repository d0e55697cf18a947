import { drawdownColumns, endBars, endShares, underWaterColumns } from '../../web/lib/odds/bars';
import {
  arcPath,
  bandPath,
  linePath,
  scaleOf,
  shortDollars,
  spanOf,
  ticksOf,
  wholeTicksOf,
} from '../../web/lib/odds/scale';
import { odds } from './study';

/** Goal: a picture shows every path once, however many days there are. */
describe('bars by day', () => {
  test('a bar a day, stacked from the passes up, and what stays open is no verdict', () => {
    const bars = endBars(odds());
    expect(bars.map(({ from, to }) => [from, to])).toEqual([
      [1, 1],
      [2, 2],
      [3, 3],
    ]);
    expect(bars[1]?.parts).toEqual([
      { kind: 'max_drawdown', below: 0, paths: 380, title: 'Day 2: Maximum drawdown, 38\u00a0% of all paths' },
      { kind: 'daily_loss', below: 380, paths: 120, title: 'Day 2: Daily loss, 12\u00a0% of all paths' },
    ]);
  });

  test('a year of days is put together, and none of its paths is lost', () => {
    const ends = Array.from({ length: 365 }, (_, index) => ({
      outcome: 'passed' as const,
      rule: null,
      day: index + 1,
      paths: 1,
    }));
    const bars = endBars(odds({ ends, paths: 365 }));
    expect(bars.length).toBeLessThanOrEqual(45);
    expect(bars.flatMap(({ parts }) => parts).reduce((sum, { paths }) => sum + paths, 0)).toBe(365);
    expect(bars.at(-1)?.to).toBe(365);
    expect(bars[0]?.parts[0]?.title).toMatch(/^Days 1 to 9: Passed/);
  });

  test('the legend has the most frequent first, and what is open among them', () => {
    expect(endShares(odds()).map(({ name, share }) => `${name} ${share}`.replace('\u00a0', ' '))).toEqual([
      'Passed 41 %',
      'Maximum drawdown 38 %',
      'Daily loss 12 %',
      'Still open 9 %',
    ]);
  });
});

test('columns name what they count', () => {
  expect(drawdownColumns(odds())[1]).toEqual({
    label: '$1,000',
    paths: 600,
    title: 'Below $1,000: 60\u00a0% of all paths',
  });
  expect(underWaterColumns(odds()).map(({ label, paths }) => [label, paths])).toEqual([
    ['0', 100],
    ['1', 0],
    ['2', 900],
  ]);
  const long = Array.from({ length: 200 }, (_, days) => ({ days, paths: 1 }));
  const columns = underWaterColumns(odds({ underWaterDays: long }));
  expect(columns[0]).toMatchObject({ label: '0–4', paths: 5 });
  expect(columns.reduce((sum, { paths }) => sum + paths, 0)).toBe(200);
});

describe('scales', () => {
  test('a value stands where it belongs, and a single one in the middle', () => {
    expect(scaleOf([0, 10], [100, 0])(2.5)).toBe(75);
    expect(scaleOf([5, 5], [0, 100])(5)).toBe(50);
    expect(spanOf([3, -1, 2])).toEqual([-1, 3]);
  });

  test.each`
    from     | to        | ticks
    ${0}     | ${100}    | ${[0, 25, 50, 75, 100]}
    ${9_000} | ${11_000} | ${[9_000, 9_500, 10_000, 10_500, 11_000]}
    ${-40}   | ${60}     | ${[-25, 0, 25, 50]}
    ${7}     | ${7}      | ${[7]}
  `(
    'from $from to $to round values are marked',
    ({ from, to, ticks }: { from: number; to: number; ticks: number[] }) => {
      expect(ticksOf([from, to], 4)).toEqual(ticks);
    },
  );

  test('days are marked whole', () => {
    expect(wholeTicksOf([0, 2], 6)).toEqual([0, 1, 2]);
  });

  test('paths are closed or open as they are meant', () => {
    expect(bandPath([0, 1], [1, 2], [5, 6])).toBe('M0 1L1 2L1 6L0 5Z');
    expect(linePath([0, 1], [1.005, 2])).toBe('M0 1L1 2');
    expect(arcPath(0, 1, 10, [10, 10])).toBe('M0 10A10 10 0 0 1 20 10');
  });

  test('an axis of dollars is short', () => {
    expect([9_500, 10_500, 1_250_000, -400].map(shortDollars)).toEqual(['$9,500', '$10.5k', '$1.25m', '−$400']);
  });
});
