import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { CandleFault } from '../../../local/candles/fault';
import { type Candle, candlesOf, readCandles } from '../../../local/candles/read-candles';
import { LAYOUTS } from './layouts';

const START = Date.UTC(2022, 0, 1);
const MINUTE = 60_000;

/** A market that moves: each minute opens near where the one before closed. Prices in tenths. */
const market = fc
  .array(
    fc.record({
      jump: fc.integer({ min: -3, max: 3 }),
      move: fc.integer({ min: -900, max: 900 }),
      up: fc.nat(500),
      down: fc.nat(500),
    }),
    {
      minLength: 30,
      maxLength: 60,
    },
  )
  // Something has to happen: where nothing moves, nothing can be told apart.
  .filter((minutes) => minutes.filter(({ move }) => Math.abs(move) > 100).length > 10)
  .map((minutes) => {
    let price = 463_190;
    return minutes.map(({ jump, move, up, down }, index): Candle => {
      const open = price + jump;
      const close = open + move;
      price = close;
      const [high, low] = [Math.max(open, close) + up, Math.min(open, close) - down];
      return { at: START + index * MINUTE, open: open / 10, high: high / 10, low: low / 10, close: close / 10 };
    });
  });

test.each(LAYOUTS.map((layout) => [layout.name, layout] as const))('%s: what was written is read', (_, layout) => {
  fc.assert(
    fc.property(market, (candles) => {
      expect(candlesOf(layout.write(candles)).candles).toEqual(candles);
    }),
    { numRuns: 60 },
  );
});

test.each(LAYOUTS.map((layout) => [layout.name, layout] as const))('%s: gaps and doubles are counted', (_, layout) => {
  fc.assert(
    fc.property(market, fc.integer({ min: 2, max: 20 }), fc.nat(25), (candles, gap, twice) => {
      const kept = candles.filter((_, index) => index !== gap);
      const again = kept[twice] as Candle;
      const read = candlesOf(layout.write([...kept.slice(0, twice), again, ...kept.slice(twice)]));
      expect(read.candles).toEqual(kept);
      expect(read.understood).toContain(`${kept.length} minutes, 2022-01-01 00:00 to `);
      expect(read.understood).toContain('1 missing, 1 doubled');
    }),
    { numRuns: 20 },
  );
});

const HEADER = 'time,open,high,low,close';
const row = (minute: number, prices = '100,112,97,110') => `2022-01-01 00:${String(minute).padStart(2, '0')},${prices}`;
const file = (...rows: readonly string[]) => rows.join('\n');

test('what was understood is told in one line', () => {
  const text = file('https://source.example', HEADER, row(5), row(4), row(3), row(3), row(0));
  expect(candlesOf(text).understood).toBe(
    '4 minutes, 2022-01-01 00:00 to 2022-01-01 00:05 UTC, 2 missing, 1 doubled (columns by name, time in date and time, newest first)',
  );
});

test('a minute without prices is missing, and a header that comes again is passed over', () => {
  const text = file(
    'Timestamp,Open,High,Low,Close,Volume',
    '1325317920,4.39,4.39,4.39,4.39,0.4',
    '1325317980,NaN,NaN,NaN,NaN,NaN',
    'Timestamp,Open,High,Low,Close,Volume',
    '1325318040,4.40,4.41,4.39,4.41,0.1',
    '1325318100,4.41,4.41,4.41,4.41,0.1',
  );
  const { candles, understood } = candlesOf(text);
  expect(candles).toHaveLength(3);
  expect(understood).toContain('1 missing, 0 doubled');
});

test('one file may write seconds here and milliseconds there', () => {
  const text = file(HEADER, '1640995200,1,1,1,1', '1640995260000,1,1,1,1', '1640995320000000,1,1,1,1');
  expect(candlesOf(text).candles.map(({ at }) => at)).toEqual([START, START + MINUTE, START + 2 * MINUTE]);
});

test('nothing moved: every reading of a file without names says the same', () => {
  const { candles } = candlesOf(file('1640995200,5,5,5,5,700', '1640995260,5,5,5,5,800'));
  expect(candles.map(({ open, close }) => [open, close])).toEqual([
    [5, 5],
    [5, 5],
  ]);
});

/** Goal: what is wrong is one line that says where and what; nothing is guessed. */
test.each<[string, string, string]>([
  ['an empty file', '', 'line 1: is the end of the file: it holds no candles'],
  ['another encoding', 't\u0000i\u0000', 'line 1: is not UTF-8 text; save the file as UTF-8'],
  ['a page in place of a file', '<html>\n<body>', 'line 1: is no candle, and no other line is'],
  ['a header alone', HEADER, 'line 1: is no candle'],
  [
    'a column that is not there',
    file('time,open,high,close,volume', row(0)),
    'line 1: names no column for the low: time, open, high, close, volume',
  ],
  [
    'a column that is there twice',
    file('time,open,high,low,close,last', row(0, '1,1,1,1,1')),
    'line 1: names 2 columns that may be the close',
  ],
  ['fewer cells', file(HEADER, row(0), '2022-01-01 00:01,100'), 'line 3: has 2 cells where line 2 has 5'],
  [
    'a line of text',
    file('a title, of some kind', HEADER, row(0)),
    'line 1: is neither a candle nor the names of the columns',
  ],
  ['a word', file(HEADER, row(0), row(1, '100,high,97,110')), 'line 3: high must be a price above 0, is "high"'],
  ['a zero', file(HEADER, row(0), row(1, '100,112,0,110')), 'line 3: low must be a price above 0, is "0"'],
  [
    'a price that is missing',
    file(HEADER, row(0), row(1, '100,112,,110')),
    'line 3: low must be a price above 0, is ""',
  ],
  ['columns with each other’s names', file(HEADER, row(0, '100,97,112,110')), 'line 2: high 97 is below open 100'],
  ['a low that is none', file(HEADER, row(0, '100,112,105,110')), 'line 2: low 105 is above open 100'],
  ['a time that is none', file(HEADER, row(0), 'yesterday,1,1,1,1'), 'line 3: the time must be seconds, milliseconds'],
  ['a day that is none', file(HEADER, '2022-02-30 00:00,1,1,1,1'), 'line 2: the time must be'],
  [
    'day and month in an order of its own',
    file(HEADER, '01/02/2022 00:00,1,1,1,1'),
    'line 2: the time "01/02/2022 00:00" leaves open which is the day',
  ],
  [
    'a time within a minute',
    file(HEADER, '2022-01-01 00:00:30,1,1,1,1'),
    'line 2: 2022-01-01T00:00:30.000Z is not the beginning of a minute',
  ],
  [
    'candles of five minutes',
    file(HEADER, row(0), row(5), row(10)),
    'times: the candles are of 5 minutes each, wanted are those of one',
  ],
  [
    'two candles of one minute',
    file(HEADER, row(0), row(1), row(1, '100,112,97,109')),
    'line 4: holds another candle of 2022-01-01 00:01 than line 3',
  ],
  [
    'thousands or decimals',
    file('time;open;high;low;close', '2022-01-01 00:00;46,319;46,385;46,319;46,377'),
    'prices: "46,319" may be a thousand times as much',
  ],
  [
    'two marks for decimals',
    file('time;open;high;low;close', '2022-01-01 00:00;46,3;46.4;46,3;46,3'),
    'prices: "46,3" and "46.4" write their decimals differently',
  ],
  [
    'open and close that nothing tells apart',
    file('1640995200,100,112,97,110,1'),
    'columns: may be open 2, high 3, low 4, close 5, or',
  ],
  [
    'four numbers that are no prices',
    file('1640995200,1,100,3,50,1', '1640995260,1,100,3,50,1'),
    'line 1: and what follows hold no four columns',
  ],
  [
    'no time',
    file('1,100,112,97,110', '2,100,112,97,110'),
    'line 1: and what follows hold no column that can be the time',
  ],
])('%s', (_, text, complaint) => {
  expect(() => candlesOf(text)).toThrow(CandleFault);
  expect(() => candlesOf(text)).toThrow(complaint);
});

test('a fault names its file', () => {
  const dir = mkdtempSync(join(tmpdir(), 'candles-'));
  const path = join(dir, 'mine.csv');
  writeFileSync(path, file(HEADER, row(0), row(1, '1')));
  expect(() => readCandles(path)).toThrow(`${path}: line 3: has 2 cells where line 2 has 5`);
  rmSync(dir, { recursive: true });
});
