import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import * as z from 'zod';
import { readSecret } from '../../../adapters/secrets/secret';

const shape = z.object({ host: z.string().min(1), port: z.int() });

let dir: string;
beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'a secret place '));
});
afterAll(() => rmSync(dir, { recursive: true, force: true }));

let files = 0;
const kept = (text: string): string => {
  const file = join(dir, `secret-${++files}.json`);
  writeFileSync(file, text);
  return pathToFileURL(file).href;
};

test('a file secret is read by its URL, also from a path with spaces', async () => {
  expect(await readSecret(kept('{"host":"db","port":5432,"more":1}'), shape)).toEqual({ host: 'db', port: 5432 });
});

test('what is wrong is named, what is in it is not', async () => {
  const value = 'hunter2-is-my-password';
  const reading = readSecret(kept(JSON.stringify({ host: '', port: value })), shape);
  await expect(reading).rejects.toThrow(/host .*port /);
  await expect(reading).rejects.not.toThrow(value);
  await expect(readSecret(kept(value), shape)).rejects.toThrow('must be JSON');
  await expect(readSecret(kept(value), shape)).rejects.not.toThrow(value);
});

test('a failed reading is not remembered', async () => {
  const reference = pathToFileURL(join(dir, 'later.json')).href;
  await expect(readSecret(reference, shape)).rejects.toThrow('ENOENT');
  writeFileSync(join(dir, 'later.json'), '{"host":"db","port":1}');
  expect(await readSecret(reference, shape)).toEqual({ host: 'db', port: 1 });
});
