import { execFileSync } from 'node:child_process';
import { importJWK, type JWK, jwtVerify, SignJWT } from 'jose';
import { ROOT } from '../fixtures/cloud/synthesize';

type Secret = { readonly activeKid: string; readonly keys: readonly (JWK & { kid: string })[] };

const makeKey = (present: string): Secret =>
  JSON.parse(
    execFileSync(process.execPath, ['--import', 'tsx', 'bin/jwt-key.ts'], {
      cwd: ROOT,
      input: present,
      stdio: 'pipe',
    }).toString(),
  );

test('a new key signs, and the earlier ones stay behind it for tokens already out', async () => {
  const first = makeKey('');
  const second = makeKey(JSON.stringify(first));
  expect(second.keys.map(({ kid }) => kid)).toEqual([second.activeKid, first.activeKid]);

  const token = await new SignJWT({})
    .setProtectedHeader({ alg: 'ES256' })
    .sign(await importJWK(first.keys[0] as JWK, 'ES256'));
  const { d, ...published } = second.keys[1] as JWK;
  await expect(jwtVerify(token, await importJWK(published, 'ES256'))).resolves.toBeDefined();
  await expect(jwtVerify(token, await importJWK({ ...second.keys[0], d: undefined }, 'ES256'))).rejects.toThrow();
  expect(d).toBeDefined();
});

test('something else than a jwt secret on standard input is refused', () => {
  expect(() => makeKey('{"host":"x"}')).toThrow('it has no keys');
});
