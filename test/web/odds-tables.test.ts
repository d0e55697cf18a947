import { count, csvOf, csvOfAll, words } from '../../web/lib/odds/table';
import { endsTable, firmTable, tablesOf, underWaterTable } from '../../web/lib/odds/tables';
import { odds, study } from './study';

/** Goal: every picture can be read as figures, and every figure leaves the page as it was sent. */
describe('tables of a study', () => {
  test('each is named, has as many cells as columns, and stands there once', () => {
    const tables = tablesOf(study(), odds());
    expect(tables.map(({ slug }) => slug)).toEqual([
      'origin',
      'outcomes',
      'figures',
      'ends',
      'balances',
      'drawdowns',
      'under-water',
      'sizes',
      'scenarios',
      'luck',
    ]);
    for (const { columns, rows } of tables) expect(rows.every((row) => row.length === columns.length)).toBe(true);
  });

  test('what a study does not tell has no table', () => {
    const bare = odds({ ends: [], fan: [], drawdowns: [], underWaterDays: [], scenarios: [], validation: null });
    expect(tablesOf(study(), bare).map(({ slug }) => slug)).toEqual(['origin', 'outcomes', 'figures', 'sizes']);
    expect(firmTable(bare)).toBeUndefined();
  });

  test('figures are shown for people and kept for machines', () => {
    const [first] = endsTable(odds()).rows;
    expect(first).toEqual([
      { shown: 'Passed', raw: 'Passed' },
      { shown: '3', raw: '3' },
      { shown: '410', raw: '410' },
      { shown: '41\u00a0%', raw: '0.410000' },
    ]);
    const csv = csvOf(tablesOf(study(), odds()).find(({ slug }) => slug === 'scenarios') ?? { columns: [], rows: [] });
    expect(csv.split('\r\n')[1]).toBe('Double the size,0.41,0.38,0.44,0.5,0.09,-12.5');
  });

  test('what has not ended has no day', () => {
    expect(endsTable(odds()).rows.at(-1)?.[1]).toEqual({ shown: '—', raw: '' });
  });

  test('seed, version and paths are in the file whole, so that anybody can play it again', () => {
    const csv = csvOfAll(tablesOf(study(), odds()));
    for (const line of ['Seed,18446744073709551615', 'Paths,1000', 'Version of the simulation,1']) {
      expect(csv).toContain(`${line}\r\n`);
    }
  });

  test('all tables of a file stand apart, each under its title', () => {
    const table = underWaterTable(odds());
    expect(csvOfAll([table, table])).toBe(
      'Longest time under water\r\nTrading days,Paths,Share of all\r\n0,100,0.100000\r\n2,900,0.900000\r\n' +
        '\r\nLongest time under water\r\nTrading days,Paths,Share of all\r\n0,100,0.100000\r\n2,900,0.900000\r\n',
    );
  });
});

test.each`
  text               | inFile
  ${'plain'}         | ${'plain'}
  ${'a, b'}          | ${'"a, b"'}
  ${'say "x"'}       | ${'"say ""x"""'}
  ${'two\nlines'}    | ${'"two\nlines"'}
  ${'=HYPERLINK(1)'} | ${"'=HYPERLINK(1)"}
  ${'+1+1'}          | ${"'+1+1"}
  ${'@SUM(A1)'}      | ${"'@SUM(A1)"}
  ${'-2+3'}          | ${"'-2+3"}
  ${'-12.50'}        | ${'-12.50'}
`('$text stands in a file as $inFile: no spreadsheet computes with it', ({ text, inFile }: Record<string, string>) => {
  expect(csvOf({ columns: ['Tier'], rows: [[words(text ?? '')]] })).toBe(`Tier\r\n${inFile}\r\n`);
});

test('a count is grouped for people alone', () => {
  expect(count(20_000)).toEqual({ shown: '20,000', raw: '20000' });
});
