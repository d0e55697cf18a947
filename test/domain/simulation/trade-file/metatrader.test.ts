import { toldOf } from '../../../fixtures/simulation/trade-files';

const POSITIONS = 'Time;Position;Symbol;Type;Volume;Price;S / L;T / P;Time;Price;Commission;Swap;Profit';

const position = (nth: number, profit = '12.50', change: Partial<Record<'type' | 'opened' | 'closed', string>> = {}) =>
  [
    change.opened ?? `2026.03.1${nth} 12:00:00`,
    `5000${nth};EURUSD`,
    change.type ?? 'buy',
    '0.10;1.08512;;',
    change.closed ?? `2026.03.1${nth} 14:30:15`,
    '1.08637',
    '-0.35',
    '0.00',
    profit,
  ].join(';');

const report = (changed: Readonly<Record<number, string>> = {}): readonly string[] => [
  'Trade History Report',
  'Name:;Somebody',
  '',
  'Positions',
  POSITIONS,
  ...Array.from({ length: 10 }, (_, nth) => changed[nth] ?? position(nth, nth === 2 ? '-1 012.50' : '12.50')),
];

test('positions of MetaTrader 5: profit with commission and swap, opened and closed', () => {
  const trades = toldOf(report().join('\n'));
  expect(trades).toHaveLength(10);
  expect(trades.slice(1, 3)).toEqual([
    '2026-03-11T12:00:00.000Z 2026-03-11T14:30:15.000Z 12.15 - -',
    '2026-03-12T12:00:00.000Z 2026-03-12T14:30:15.000Z -1012.85 - -',
  ]);
});

/** Goal: what belongs to the report and not to its positions is no trade. */
test.each`
  change                            | lines
  ${'sums below the table'}         | ${[';;;;;;;;;;-3.50;0.00;-900.00;']}
  ${'orders below the table'}       | ${['', 'Orders', 'Open Time;Order;Symbol;Type', '2026.03.10 12:00:00;1;EURUSD;buy']}
  ${'a title right below'}          | ${['Orders', 'Open Time;Order;Symbol;Type']}
  ${'money put in'}                 | ${[position(9, '5000.00', { type: 'balance' })]}
  ${'an order that was not filled'} | ${[position(9, '', { type: 'buy limit' })]}
`('$change', ({ lines }: { lines: readonly string[] }) => {
  expect(toldOf([...report(), ...lines].join('\r\n'))).toEqual(toldOf(report().join('\n')));
});

test('tabs and decimal commas', () => {
  const commas = report().map((line) => line.replaceAll(/(\d)\.(\d{2,5})(?=;|$)/g, '$1,$2').replaceAll(';', '\t'));
  expect(commas[7]).toContain('-0,35');
  expect(toldOf(commas.join('\n'))).toEqual(toldOf(report().join('\n')));
});

const MT4 = 'Ticket;Open Time;Type;Size;Item;Price;S / L;T / P;Close Time;Price;Commission;Taxes;Swap;Profit';

test('the statement of MetaTrader 4', () => {
  const rows = Array.from({ length: 10 }, (_, nth) => {
    const profit = nth === 0 ? '-20.00' : '10.00';
    return `${900 + nth};2026.03.1${nth} 09:00;sell;0.10;eurusd;1.1;0;0;2026.03.1${nth} 10:00;1.2;-1.00;-0.10;-0.40;${profit}`;
  });
  expect(toldOf([MT4, ...rows].join('\n')).slice(0, 2)).toEqual([
    '2026-03-10T09:00:00.000Z 2026-03-10T10:00:00.000Z -21.50 - -',
    '2026-03-11T09:00:00.000Z 2026-03-11T10:00:00.000Z 8.50 - -',
  ]);
});

const DEALS = 'Time,Deal,Symbol,Type,Direction,Volume,Price,Order,Commission,Fee,Swap,Profit,Balance,Comment';
const deal = (nth: number, symbol: string, direction: string, money: string): string =>
  `2026.03.10 12:00:${`${nth}`.padStart(2, '0')},${nth},${symbol},buy,${direction},0.1,1.1,${nth},${money},1000.00,`;

test('deals: what opening cost is part of the trade that closes', () => {
  const deals = [
    '2026.03.10 11:00:00,1000,,balance,,,,,0.00,0.00,0.00,5000.00,5000.00,',
    deal(1, 'EURUSD', 'in', '-0.50,0.00,0.00,0.00'),
    deal(2, 'XAUUSD', 'in', '-1.00,0.00,0.00,0.00'),
    deal(3, 'EURUSD', 'in', '-0.50,0.00,0.00,0.00'),
    deal(4, 'EURUSD', 'out', '-0.50,-0.10,-0.20,30.00'),
    deal(5, 'EURUSD', 'out', '-0.50,0.00,0.00,30.00'),
    deal(6, 'XAUUSD', 'in/out', '-1.00,0.00,0.00,-70.00'),
    ...Array.from({ length: 8 }, (_, nth) => deal(10 + nth, 'EURUSD', 'out by', '0.00,0.00,0.00,1.00')),
  ];
  expect(toldOf([DEALS, ...deals].join('\n')).slice(0, 3)).toEqual([
    '2026-03-10T12:00:01.000Z 2026-03-10T12:00:04.000Z 28.20 - -',
    '- 2026-03-10T12:00:05.000Z 29.50 - -',
    '2026-03-10T12:00:02.000Z 2026-03-10T12:00:06.000Z -72.00 - -',
  ]);
});

test.each`
  row                                                     | refusal
  ${position(3, 'nan')}                                   | ${'line 9, column profit: must be a number of dollars'}
  ${position(3, '')}                                      | ${'line 9, column profit: must be a number of dollars'}
  ${position(3, '12,50')}                                 | ${'line 9, column profit: must be a number of dollars'}
  ${position(3, '1 2.50')}                                | ${'line 9, column profit: must be a number of dollars'}
  ${position(3, '12\u00ad.50')}                           | ${'line 9, column profit: must be a number of dollars'}
  ${position(3, '12.50', { type: 'bu\u200by' })}          | ${'line 9, column type: must be buy or sell'}
  ${position(3, '12.50', { closed: '2026.13.01 00:00' })} | ${'line 9, column time: must be a date and time'}
  ${position(3, '12.50', { closed: '2026.03-01 00:00' })} | ${'line 9, column time: must be a date and time'}
  ${position(3, '12.50', { closed: '1969.03.01 00:00' })} | ${'line 9, column time: must not be before 1970'}
  ${position(3, '12.50', { opened: '2026.03.13 15:00' })} | ${'line 9, column time: must not be after it was closed'}
  ${position(2)}                                          | ${'line 9: must not be the trade of line 8 again'}
  ${`${position(3)};1`}                                   | ${'line 9: must have at most the 13 cells of the header'}
`('$row: $refusal', ({ row, refusal }) => {
  expect(toldOf(report({ 3: row }).join('\n'))).toContain(`trade_file_invalid trades.csv: ${refusal}`);
});

test.each`
  header                                    | refusal
  ${'Time;Symbol;Volume;Profit'}            | ${'line 1: must have a column Type'}
  ${'Open Time;Type;Close Time;Commission'} | ${'line 1: must be a header with the columns closed_at'}
  ${'Time;Deal;Type;Direction;Profit'}      | ${'line 1: must have a column Symbol'}
`('$header: $refusal', ({ header, refusal }) => {
  expect(toldOf(`${header}\n${position(1)}`)).toContain(refusal);
});

test('a deal that neither opens nor closes is refused', () => {
  expect(toldOf([DEALS, deal(1, 'EURUSD', 'sideways', '0,0,0,1')].join('\n'))).toContain(
    'line 2, column direction: must be in, out, in/out or out by',
  );
});
