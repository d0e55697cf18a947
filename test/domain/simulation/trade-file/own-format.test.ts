import fc from 'fast-check';
import { instant } from '../../../../domain/kernel/instant';
import { type Usd, usd } from '../../../../domain/kernel/money';
import type { ClosedTrade } from '../../../../domain/simulation/closed-trades/closed-trade';
import { readTradeFile } from '../../../../domain/simulation/trade-file/read-trade-file';
import { ownCsv, ownRows, toldOf } from '../../../fixtures/simulation/trade-files';

const HEADER = 'closed_at,result_usd';
const fileOf = (changed: Readonly<Record<number, string>>, header = HEADER): string =>
  [header, ...ownRows(changed)].join('\n');

test('the two columns that are needed', () => {
  const trades = toldOf(fileOf({}));
  expect(trades).toHaveLength(10);
  expect(trades.slice(3, 6)).toEqual([
    '- 2026-03-03T12:00:00.000Z 10.00 - -',
    '- 2026-03-04T12:00:00.000Z -12.50 - -',
    '- 2026-03-05T12:00:00.000Z 10.00 - -',
  ]);
});

/** Goal: what programs do to a file of the same trades changes none of them. */
test.each`
  change                                      | csv
  ${'a byte order mark'}                      | ${`\ufeff${fileOf({})}`}
  ${'line ends of Windows, and an empty row'} | ${`${fileOf({}).replaceAll('\n', '\r\n')}\r\n\r\n`}
  ${'line ends of old Macs'}                  | ${fileOf({}).replaceAll('\n', '\r')}
  ${'semicolons'}                             | ${fileOf({}).replaceAll(',', ';')}
  ${'tabs'}                                   | ${fileOf({}).replaceAll(',', '\t')}
  ${'quotation marks'}                        | ${fileOf({}).replace(/[^,\n]+/g, '"$&"')}
  ${'blanks around cells'}                    | ${fileOf({}).replaceAll(',', ' , ')}
  ${'capital letters in the header'}          | ${fileOf({}, 'Closed_At,RESULT_USD')}
  ${'empty columns behind'}                   | ${fileOf({}).replaceAll('\n', ',,\n').replace(',,\n', '\n')}
  ${'the newest first'}                       | ${[HEADER, ...[...ownRows()].reverse()].join('\n')}
  ${'another offset'}                         | ${fileOf({ 3: '2026-03-02T13:00:00+01:00,10' })}
  ${'lines before the header'}                | ${`My trades\n\n${fileOf({})}`}
`('$change', ({ csv }) => {
  expect(toldOf(csv)).toEqual(toldOf(fileOf({})));
});

/** Goal: a file that means something else than it says is refused by line and column. */
test.each`
  row                                  | header                               | refusal
  ${'2026-03-02T12:00:00Z,'}           | ${HEADER}                            | ${'line 4, column result_usd: must be a number of dollars such as -12.50'}
  ${'2026-03-02T12:00:00Z,NaN'}        | ${HEADER}                            | ${'line 4, column result_usd: must be a number'}
  ${'2026-03-02T12:00:00Z,Infinity'}   | ${HEADER}                            | ${'line 4, column result_usd: must be a number'}
  ${'2026-03-02T12:00:00Z,1e3'}        | ${HEADER}                            | ${'line 4, column result_usd: must be a number'}
  ${'2026-03-02T12:00:00Z,"1,234"'}    | ${HEADER}                            | ${'line 4, column result_usd: must be a number'}
  ${'2026-03-02T12:00:00Z,1\u200b2'}   | ${HEADER}                            | ${'line 4, column result_usd: must be a number'}
  ${'2026-03-02T12:00:00Z,\u202e12'}   | ${HEADER}                            | ${'line 4, column result_usd: must be a number'}
  ${'2026-03-02T12:00:00Z,１２'}       | ${HEADER}                            | ${'line 4, column result_usd: must be a number'}
  ${'2026-03-02T12:00:00Z,99999999'}   | ${HEADER}                            | ${'line 4, column result_usd: must be at most 21474836 dollars'}
  ${'2026-03-02T12:00:00Z,-12,30'}     | ${HEADER}                            | ${'line 4: must have at most the 2 cells of the header'}
  ${'1969-12-31T23:59:59Z,10'}         | ${HEADER}                            | ${'line 4, column closed_at: must not be before 1970'}
  ${'1970-01-01T00:30:00+01:00,10'}    | ${HEADER}                            | ${'line 4, column closed_at: must not be before 1970'}
  ${'2026-02-30T12:00:00Z,10'}         | ${HEADER}                            | ${'line 4, column closed_at: must be a date and time such as'}
  ${'03/02/2026 12:00,10'}             | ${HEADER}                            | ${'line 4, column closed_at: must be a date and time such as'}
  ${'yesterday,10'}                    | ${HEADER}                            | ${'line 4, column closed_at: must be a date and time such as'}
  ${',10'}                             | ${HEADER}                            | ${'line 4, column closed_at: must be a date and time such as'}
  ${'2026-03-01T12:00:00Z,10'}         | ${HEADER}                            | ${'line 4: must not be the trade of line 3 again'}
  ${'2026-03-02T12:00:00Z,"10'}        | ${HEADER}                            | ${'line 4: must close the quotation mark'}
  ${'2026-03-02T12:00:00Z,"10"1'}      | ${HEADER}                            | ${'line 4: must have nothing between'}
  ${'2026-03-02T12:00:00Z,10,-20,5'}   | ${`${HEADER},worst_usd,best_usd`}    | ${'line 4, column best_usd: must be at least the result'}
  ${'2026-03-02T12:00:00Z,10,2,15'}    | ${`${HEADER},worst_usd,best_usd`}    | ${'line 4, column worst_usd: must be at most the result'}
  ${'2026-03-02T12:00:00Z,10,2026-04'} | ${`${HEADER},opened_at`}             | ${'line 4, column opened_at: must be a date'}
  ${'2026-03-02,10,2026-03-03'}        | ${`${HEADER},opened_at`}             | ${'line 4, column opened_at: must not be after it was closed'}
  ${'2026-03-02T12:00:00Z,10'}         | ${'closed_at,result'}                | ${'line 1, column 2: must be one of closed_at, result_usd, opened_at'}
  ${'2026-03-02T12:00:00Z,10'}         | ${'closed_at,result_usd,worst'}      | ${'line 1, column 3: must be one of closed_at'}
  ${'2026-03-02T12:00:00Z,10'}         | ${'closed_at,result_usd,result_usd'} | ${'line 1, column 3: must be one of closed_at'}
  ${'2026-03-02T12:00:00Z,10'}         | ${'result_usd'}                      | ${'line 1: must have a column closed_at'}
  ${'2026-03-02T12:00:00Z,10'}         | ${'closed_at'}                       | ${'line 1: must have a column result_usd'}
  ${'2026-03-02T12:00:00Z,10'}         | ${'when,what'}                       | ${'line 1: must be a header with the columns closed_at and result_usd'}
`('$header with $row: $refusal', ({ row, header, refusal }) => {
  expect(toldOf(fileOf({ 3: row }, header))).toContain(`trade_file_invalid trades.csv: ${refusal}`);
});

test.each(['', '\n\n', '\ufeff', '"', 'closed_at', ';;;;\n;;;'])('%j is no file of trades', (csv) => {
  expect(toldOf(csv)).toContain('trades.csv: ');
});

test('too few trades say how many are missing', () => {
  const seven = [HEADER, ...ownRows().slice(0, 7)].join('\n');
  expect(toldOf(seven)).toBe('trades_too_few trades.csv: must have at least 10 closed trades: 3 more are needed');
});

test('nobody only wins', () => {
  expect(toldOf(fileOf({ 5: '2026-03-04T12:00:00Z,0' }))).toContain('trade_file_invalid trades.csv: must have a loss');
});

test('two trades that are alike are told apart by their names', () => {
  const named = (second: string) => [
    `${HEADER},trade`,
    ...ownRows({ 3: '2026-03-01T12:00:00Z,10' }).map((row, nth) => `${row},${nth === 2 ? second : `${nth}`}`),
  ];
  expect(toldOf(named('2').join('\n'))).toHaveLength(10);
  expect(toldOf(named('1').join('\n'))).toContain('line 4: must not be the trade of line 3 again');
});

/** Goal: ten thousand trades are read, and nothing after them. */
test('the first row too many ends the reading', () => {
  const row = (nth: number): string => `2026-03-02T12:00:00Z,${nth % 2 ? '' : '-'}1.5,${nth}`;
  const rows = Array.from({ length: 10_000 }, (_, nth) => row(nth));
  const file = `${HEADER},trade\n${rows.join('\n')}\n`;
  expect(toldOf(`${file}\n\n`)).toHaveLength(10_000);
  // What follows is no row of any kind: it is not looked at.
  expect(toldOf(`${file}${row(10_000)}\n"${'x,'.repeat(1_000_000)}`)).toBe(
    'trade_file_invalid trades.csv: line 10002: must not be there: at most 10000 trades are read',
  );
});

const amount = (least: bigint, most: bigint) => fc.bigInt(least, most).map((micros): Usd => usd(micros));
const closedTrade = fc
  .record({
    closedAt: fc.integer({ min: 0, max: 253_370_764_799_999 }),
    heldMs: fc.option(fc.integer({ min: 0, max: 10 ** 9 })),
    netUsd: amount(-(10n ** 12n), 10n ** 12n),
    below: fc.option(amount(0n, 10n ** 12n)),
    above: fc.option(amount(0n, 10n ** 12n)),
  })
  .map(({ closedAt, heldMs, netUsd, below, above }): ClosedTrade => {
    const [low, high] = netUsd < 0n ? [netUsd, 0n] : [0n, netUsd];
    return {
      closedAt: instant(closedAt),
      openedAt: heldMs === null ? null : instant(Math.max(0, closedAt - heldMs)),
      netUsd,
      worstUsd: below === null ? null : usd(low - below),
      bestUsd: above === null ? null : usd(high + above),
    };
  });

test('any list of trades is read back as it was written', () => {
  fc.assert(
    fc.property(fc.array(closedTrade, { minLength: 10, maxLength: 40 }), (trades) => {
      const inOrder = [...trades].sort((a, b) => a.closedAt - b.closedAt);
      const read = readTradeFile(ownCsv(inOrder));
      if (inOrder.every(({ netUsd }) => netUsd >= 0n)) expect(read.ok).toBe(false);
      else expect(read).toEqual({ ok: true, value: inOrder });
    }),
  );
});

test('whatever stands in a file, it is read or refused', () => {
  const pieces = fc.constantFrom(
    'closed_at',
    'result_usd',
    'Profit',
    'Time',
    'Trade #',
    'Type',
    ',',
    ';',
    '\n',
    '"',
    '1',
    '-',
  );
  fc.assert(
    fc.property(fc.array(fc.oneof(pieces, fc.string())), (parts) => {
      expect(toldOf(parts.join(''))).toContain('trades.csv: ');
    }),
  );
});
