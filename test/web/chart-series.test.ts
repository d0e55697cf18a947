import { bySecond, growCandle, midOf } from '../../web/lib/chart-series';
import { quote } from './account';

const MINUTE = 60_000;
const first = { at: MINUTE, open: '10', high: '11', low: '9', close: '10' };

/** Goal: the live candle is the one the platform will store. */
test.each`
  story                        | last         | at            | mid       | candle
  ${'the very first'}          | ${undefined} | ${MINUTE + 5} | ${'10'}   | ${{ at: MINUTE, open: '10', high: '10', low: '10', close: '10' }}
  ${'inside the range'}        | ${first}     | ${MINUTE + 5} | ${'10.5'} | ${{ ...first, close: '10.5' }}
  ${'a new high'}              | ${first}     | ${MINUTE + 5} | ${'110'}  | ${{ ...first, high: '110', close: '110' }}
  ${'a new low'}               | ${first}     | ${MINUTE + 5} | ${'8.5'}  | ${{ ...first, low: '8.5', close: '8.5' }}
  ${'the next minute'}         | ${first}     | ${2 * MINUTE} | ${'12'}   | ${{ at: 2 * MINUTE, open: '12', high: '12', low: '12', close: '12' }}
  ${'too late for its minute'} | ${first}     | ${MINUTE - 1} | ${'12'}   | ${undefined}
`('$story', ({ last, at, mid, candle }) => {
  expect(growCandle(last, at, mid)).toEqual(candle);
});

test('the mid lies halfway, and needs both sides', () => {
  expect(midOf(quote({ bid: ['0.5', '1'], ask: ['0.51', '1'] }))).toBe('0.505');
  expect(midOf(quote({ ask: null }))).toBeUndefined();
});

test.each(['bid', 'ask'] as const)('a %s that may be wrong is drawn no more than the platform stores it', (side) => {
  const doubted = (why: 'jumped' | 'twin' | 'thin') =>
    midOf(quote({ bid: ['10', '1'], ask: ['20', '1'], doubts: { [side]: { why, since: MINUTE } } }));
  expect([doubted('jumped'), doubted('twin'), doubted('thin')]).toEqual([undefined, undefined, '15']);
});

test('a chart gets one point a second, the last, in order', () => {
  expect(bySecond([{ at: 2_000 }, { at: 1_000 }, { at: 2_900 }])).toEqual([
    { at: 1_000, time: 1 },
    { at: 2_900, time: 2 },
  ]);
});
