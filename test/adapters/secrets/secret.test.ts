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

test('a value that is still to be filled in is refused by its field, wherever it stands and whatever the shape', async () => {
  const anything = z.looseObject({});
  const secret = { host: 'fill-in', port: 1, keys: [{ kid: 'a' }, { kid: ' Fill-In ' }] };
  const reading = readSecret(kept(JSON.stringify(secret)), anything);
  await expect(reading).rejects.toThrow(
    /: host \(is still to be filled in\), keys\.1\.kid \(is still to be filled in\)$/,
  );
  await expect(readSecret(kept('"fill-in"'), z.string())).rejects.toThrow('the secret (is still to be filled in)');
});

test('a reader may ask for what the secret holds now', async () => {
  const reference = kept('{"host":"old","port":1}');
  expect((await readSecret(reference, shape)).host).toBe('old');
  writeFileSync(new URL(reference), '{"host":"new","port":1}');
  expect((await readSecret(reference, shape)).host).toBe('old');
  expect((await readSecret(reference, shape, 0)).host).toBe('new');
});

test('a failed reading is not remembered', async () => {
  const reference = pathToFileURL(join(dir, 'later.json')).href;
  await expect(readSecret(reference, shape)).rejects.toThrow('ENOENT');
  writeFileSync(join(dir, 'later.json'), '{"host":"db","port":1}');
  expect(await readSecret(reference, shape)).toEqual({ host: 'db', port: 1 });
});
