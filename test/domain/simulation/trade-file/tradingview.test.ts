import { toldOf } from '../../../fixtures/simulation/trade-files';

const NEWER =
  'Trade #,Type,Date/Time,Signal,Price USD,Position size (qty),Position size (value),Net P&L USD,Net P&L %,Run-up USD,Run-up %,Drawdown USD,Drawdown %,Cumulative P&L USD,Cumulative P&L %';

type Change = { readonly result?: string; readonly type?: string; readonly signal?: string; readonly time?: string };

const row = (nth: number, type: string, { result = '25.5', signal = 'Long', time }: Change = {}): string => {
  const at = time ?? `2026-03-1${nth} ${type.startsWith('Entry') ? '09:30' : '15:00'}`;
  return `${nth},${type},${at},${signal},"64,000.10",0.01,640.00,${result},1.2,40.25,2,−12.75,-0.5,100,1`;
};

const exported = (changed: Readonly<Record<string, string>> = {}): readonly string[] => [
  NEWER,
  ...Array.from({ length: 10 }, (_, nth) => nth).flatMap((nth) => {
    const result = nth === 1 ? '-1,012.3' : '25.5';
    return [
      changed[`exit ${nth}`] ?? row(nth, 'Exit long', { result: `"${result}"` }),
      changed[`entry ${nth}`] ?? row(nth, 'Entry long', { result: `"${result}"` }),
    ];
  }),
];

test('two rows are a trade: its entry, its exit, and what it stood at between them', () => {
  const trades = toldOf(exported().join('\n'));
  expect(trades).toHaveLength(10);
  expect(trades.slice(0, 2)).toEqual([
    '2026-03-10T09:30:00.000Z 2026-03-10T15:00:00.000Z 25.50 -12.75 40.25',
    '2026-03-11T09:30:00.000Z 2026-03-11T15:00:00.000Z -1012.30 -12.75 40.25',
  ]);
});

/** Goal: editions of the export differ, its trades do not. */
test.each`
  edition                    | lines
  ${'the newest first'}      | ${[NEWER, ...exported().slice(1).reverse()]}
  ${'drawdowns above zero'}  | ${exported().map((line) => line.replace('−12.75', '12.75'))}
  ${'excursions'}            | ${exported().map((line) => line.replace('Run-up USD', 'Favorable excursion USD').replace('Drawdown USD', 'Adverse excursion USD'))}
  ${'results called profit'} | ${exported().map((line) => line.replace('Net P&L USD', 'Profit USD').replace('Type', 'TYPE'))}
  ${'coins worth a dollar'}  | ${exported().map((line) => line.replaceAll(' USD', ' USDT'))}
  ${'a byte order mark'}     | ${exported().map((line, nth) => (nth === 0 ? `\ufeff${line}` : line))}
  ${'a trade that is open'}  | ${[...exported(), row(11, 'Entry short', { time: '2026-03-20' }), row(11, 'Exit short', { signal: 'Open', result: '' })]}
`('$edition', ({ lines }: { lines: readonly string[] }) => {
  expect(toldOf(lines.join('\n'))).toEqual(toldOf(exported().join('\n')));
});

test.each`
  changed                                                      | refusal
  ${{ 'exit 3': row(3, 'Exit long', { result: '2x' }) }}       | ${'line 8, column net p&l usd: must be a number'}
  ${{ 'exit 3': row(3, 'Exit long', { result: '"1,2"' }) }}    | ${'line 8, column net p&l usd: must be a number'}
  ${{ 'exit 3': row(3, 'Exit long', { time: '1969-01-01' }) }} | ${'line 8, column date/time: must not be before 1970'}
  ${{ 'exit 3': row(3, 'Exit long', { time: '2026-03-01' }) }} | ${'line 8, column date/time: must not be before its entry'}
  ${{ 'exit 3': row(3, 'Ausstieg') }}                          | ${'line 8, column type: must be an entry or an exit'}
  ${{ 'exit 3': row(2, 'Exit long') }}                         | ${'line 8: must not be the trade of line 6 again'}
  ${{ 'entry 3': row(2, 'Entry long') }}                       | ${'line 9, column trade #: must be a trade of its own: 2 was entered already'}
  ${{ 'entry 3': '' }}                                         | ${'line 8, column trade #: must have a row for its entry too'}
  ${{ 'entry 3': row(3, 'Entry long').replace('3', 'x') }}     | ${'line 9, column trade #: must be the number of a trade'}
`('$changed: $refusal', ({ changed, refusal }) => {
  expect(toldOf(exported(changed).join('\n'))).toContain(`trade_file_invalid trades.csv: ${refusal}`);
});

test.each`
  header                                  | refusal
  ${'Trade #,Date/Time,Net P&L USD'}      | ${'line 1: must have a column Type'}
  ${'Trade #,Type,Net P&L USD'}           | ${'line 1: must have a column Date/Time'}
  ${'Trade #,Type,Date/Time,Net P&L EUR'} | ${'line 1: must have a column Net P&L USD'}
`('$header: $refusal', ({ header, refusal }) => {
  expect(toldOf(header)).toContain(`trade_file_invalid trades.csv: ${refusal}`);
});
