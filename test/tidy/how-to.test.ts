import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = join(__dirname, '../..');
const GUIDES = readdirSync(join(ROOT, 'docs/how-to')).filter((name) => name.startsWith('add-'));
/** `domain/market/instrument.ts`, `test/captures/kraken/`: a path from the root, in the guide's own marks. */
const PATHS = /`((?:[\w.-]+\/)+(?:[\w.-]+\.(?:tsx?|cjs|mjs))?)`/g;

/** Goal: whoever follows a guide finds the file that it sends them to. */
test.each(GUIDES)('every path that %s names is there', (name) => {
  const guide = readFileSync(join(ROOT, 'docs/how-to', name), 'utf8');
  const paths = [...guide.matchAll(PATHS)].map(([, path = '']) => path);
  expect(paths.length).toBeGreaterThan(10);
  expect(paths.filter((path) => !existsSync(join(ROOT, path)))).toEqual([]);
});
