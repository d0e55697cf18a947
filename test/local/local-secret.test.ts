import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { localSecret } from '../../local/operations/operator';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'proving-ground-operator-'));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

/** Goal: whoever calls an operator's command before anything runs is told what to do. */
test('a platform that was never started is named as such', () => {
  expect(() => localSecret(root, 'database')).toThrow(/never been started here: run `npm start` first/);
});

test('a platform that was started once has its secrets', () => {
  mkdirSync(join(root, '.local/secrets'), { recursive: true });
  writeFileSync(join(root, '.local/secrets/redis.json'), '{}');
  expect(localSecret(root, 'redis')).toBe(pathToFileURL(join(root, '.local/secrets/redis.json')).href);
});
