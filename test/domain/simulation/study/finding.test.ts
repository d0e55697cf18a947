import { findingOf, findingText } from '../../../../domain/simulation/study/finding';
import { VALIDATED } from '../../../fixtures/simulation/studies';

const edge = { ...VALIDATED, trades: 34, meanLowCents: 1n, pPpm: 50_000, deflatedSharpePpm: 950_000 };

/** Goal: an edge passes all three tests; whatever fails one is luck, and few trades are neither. */
test.each`
  change                                      | finding      | text
  ${{}}                                       | ${'edge'}    | ${'These 34 trades are hard to explain by luck alone.'}
  ${{ pPpm: 50_001 }}                         | ${'luck'}    | ${'These 34 trades cannot be told from luck.'}
  ${{ meanLowCents: 0n }}                     | ${'luck'}    | ${'These 34 trades cannot be told from luck.'}
  ${{ deflatedSharpePpm: 949_999 }}           | ${'luck'}    | ${'These 34 trades cannot be told from luck.'}
  ${{ meanLowCents: -9n, meanHighCents: 0n }} | ${'luck'}    | ${'These 34 trades cannot be told from luck.'}
  ${{ meanHighCents: -1n }}                   | ${'loses'}   | ${'These 34 trades lose, and luck alone does not explain it.'}
  ${{ trades: 29 }}                           | ${'too_few'} | ${'These 29 trades are too few to tell an edge from luck.'}
  ${{ trades: 29, meanHighCents: -1n }}       | ${'too_few'} | ${'These 29 trades are too few to tell an edge from luck.'}
  ${{ trades: 30 }}                           | ${'edge'}    | ${'These 30 trades are hard to explain by luck alone.'}
`('$change: $finding', ({ change, finding, text }) => {
  const tested = { ...edge, ...change };
  expect(findingOf(tested)).toBe(finding);
  expect(findingText(findingOf(tested), tested.trades)).toBe(text);
});
