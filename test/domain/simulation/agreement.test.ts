import { readFileSync } from 'node:fs';
import { EXPECTED, expectedLines } from '../../fixtures/simulation/expected';

/** Goal: the kernel's tests read what the rules make of the paths now; `npm run paths` writes it anew. */
test('the paths that the kernel is checked against are those of the reference', () => {
  const [written, now] = [readFileSync(EXPECTED, 'utf8').split('\n'), expectedLines().split('\n')];
  expect(now.length).toBeGreaterThan(80);
  for (const [index, line] of now.entries()) expect(written[index]).toBe(line);
  expect(written.length).toBe(now.length);
});
