import { findingOf } from '../../../../domain/simulation/study/finding';
import { VALIDATED } from '../../../fixtures/simulation/studies';

const edge = { ...VALIDATED, trades: 34, meanLowCents: 1n, pPpm: 50_000, deflatedSharpePpm: 950_000 };

/** Goal: an edge passes all three tests; whatever fails one is luck, and few trades are neither. */
test.each`
  change                                      | finding
  ${{}}                                       | ${'edge'}
  ${{ pPpm: 50_001 }}                         | ${'luck'}
  ${{ meanLowCents: 0n }}                     | ${'luck'}
  ${{ deflatedSharpePpm: 949_999 }}           | ${'luck'}
  ${{ meanLowCents: -9n, meanHighCents: 0n }} | ${'luck'}
  ${{ meanHighCents: -1n }}                   | ${'loses'}
  ${{ trades: 29 }}                           | ${'too_few'}
  ${{ trades: 29, meanHighCents: -1n }}       | ${'too_few'}
  ${{ trades: 30 }}                           | ${'edge'}
`('$change: $finding', ({ change, finding }) => {
  expect(findingOf({ ...edge, ...change })).toBe(finding);
});
