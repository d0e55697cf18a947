import { bySecond, candleNotes, growCandle, joined, midOf, RESOLUTION_MS } from '../../web/lib/chart-series';
import type { Candle } from '../../web/lib/contract';
import { quote } from './account';

const MINUTE = 60_000;
const live = { volume: null, trades: null, isWhole: false, source: 'mark' } as const;
const first: Candle = { at: MINUTE, open: '10', high: '11', low: '9', close: '10', ...live };

/** Goal: the live candle is the one the platform will store. */
test.each`
  story                                               | last         | at            | mid       | candle
  ${'the very first'}                                 | ${undefined} | ${MINUTE + 5} | ${'10'}   | ${{ at: MINUTE, open: '10', high: '10', low: '10', close: '10' }}
  ${'inside the range'}                               | ${first}     | ${MINUTE + 5} | ${'10.5'} | ${{ ...first, close: '10.5' }}
  ${'a new high'}                                     | ${first}     | ${MINUTE + 5} | ${'110'}  | ${{ ...first, high: '110', close: '110' }}
  ${'a new low'}                                      | ${first}     | ${MINUTE + 5} | ${'8.5'}  | ${{ ...first, low: '8.5', close: '8.5' }}
  ${'the next minute opens with the price that held'} | ${first}     | ${2 * MINUTE} | ${'12'}   | ${{ at: 2 * MINUTE, open: '10', high: '12', low: '10', close: '12' }}
  ${'a later minute opens with its first'}            | ${first}     | ${3 * MINUTE} | ${'12'}   | ${{ at: 3 * MINUTE, open: '12', high: '12', low: '12', close: '12' }}
  ${'too late for its minute'}                        | ${first}     | ${MINUTE - 1} | ${'12'}   | ${undefined}
`('$story', ({ last, at, mid, candle }) => {
  expect(growCandle(last, at, mid, MINUTE)).toEqual(candle && { ...live, ...candle });
});

test('each length is cut in UTC, as the platform cuts it', () => {
  const at = Date.UTC(2028, 1, 29, 23, 59, 59, 999);
  const starts = Object.values(RESOLUTION_MS).map((ms) => growCandle(undefined, at, '1', ms)?.at ?? 0);
  expect(starts.map((start) => new Date(start).toISOString().slice(11, 19))).toEqual([
    '23:59:59',
    '23:59:00',
    '23:55:00',
    '23:45:00',
    '23:00:00',
    '20:00:00',
    '00:00:00',
  ]);
});

test('what is read takes the place of what was grown, and pages follow one another', () => {
  const read: Candle = { ...first, volume: '5', isWhole: true };
  const older: Candle = { ...first, at: 0 };
  expect(joined([older, first], [read])).toEqual([older, read]);
  expect(joined([read], [older])).toEqual([older, read]);
});

/** Goal: nobody takes a candle for more than it is. */
test.each`
  story                              | more                                               | now           | notes
  ${'whole'}                         | ${{ volume: '1', isWhole: true }}                  | ${2 * MINUTE} | ${''}
  ${'still growing'}                 | ${{ volume: '1' }}                                 | ${MINUTE + 1} | ${'so far'}
  ${'of which a part was not seen'}  | ${{ volume: '1' }}                                 | ${2 * MINUTE} | ${'not whole: a part of it was not watched'}
  ${'grown here and not read yet'}   | ${{}}                                              | ${2 * MINUTE} | ${''}
  ${'of the venue'}                  | ${{ volume: '1', isWhole: true, source: 'venue' }} | ${2 * MINUTE} | ${'as the venue tells it'}
  ${'of both, with something amiss'} | ${{ volume: null, source: 'mixed' }}               | ${2 * MINUTE} | ${'not whole: a part of it was not watched, in part as the venue tells it'}
`('a candle $story: $notes', ({ more, now, notes }) => {
  expect(candleNotes({ ...first, ...more }, MINUTE, now).join(', ')).toBe(notes);
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
