import { globSync } from 'node:fs';
import { join } from 'node:path';

/** All of the domain's tests in one file: a mutant is judged with each module loaded once, not once for every file. */
const folder = join(__dirname, '../domain');

for (const file of globSync('**/*.test.ts', { cwd: folder }).sort()) {
  describe(file, () => {
    require(join(folder, file));
  });
}
