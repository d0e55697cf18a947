import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { askedOf, rowsOf } from '../../fixtures/simulation/cases';
import { EXPECTED, expectedCases, ROWS_SHOWN } from '../../fixtures/simulation/expected';

const written = readFileSync(EXPECTED, 'utf8').trimEnd().split('\n');
const cases = expectedCases();

/** Goal: the kernel's tests read what the rules make of the paths now; `npm run paths` writes it anew. */
test('the fixture asks what the reference is asked, case by case', () => {
  expect(written.length).toBe(cases.length);
  for (const [index, { simulation, paths }] of cases.entries()) {
    expect(written[index]?.startsWith(`{${askedOf(simulation)},"paths":${paths},"digest":"`)).toBe(true);
  }
});

test('the rows that it shows are those of the reference', () => {
  for (const [index, { simulation }] of cases.entries()) {
    const rows = rowsOf(simulation, ROWS_SHOWN).join(',');
    expect(written[index]?.slice(written[index].indexOf(',"rows":'))).toBe(`,"rows":[${rows}]}`);
  }
});

test('its digests are those of all rows', () => {
  for (const [index, { simulation, paths }] of cases.slice(-2).entries()) {
    const { digest } = JSON.parse(written.slice(-2)[index] ?? '');
    expect(createHash('sha256').update(rowsOf(simulation, paths).join('\n')).digest('hex')).toBe(digest);
  }
});
