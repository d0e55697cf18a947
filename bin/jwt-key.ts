import { randomBytes } from 'node:crypto';
import { text } from 'node:stream/consumers';

type Key = JsonWebKey & { readonly kid: string };
type JwtSecret = { readonly activeKid: string; readonly keys: readonly Key[] };

const EARLIER_KEYS_MAX = 2;

/**
 * Prints the value of the jwt secret with a new signing key in front. The secret's present value, given on standard
 * input, keeps its keys behind it, so that tokens signed before the change stay valid until they expire.
 */
async function main(): Promise<void> {
  const earlier = process.stdin.isTTY ? [] : earlierKeys(await text(process.stdin));
  const { privateKey } = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, true, [
    'sign',
    'verify',
  ]);
  const { kty, crv, x, y, d } = await crypto.subtle.exportKey('jwk', privateKey);
  const kid = randomBytes(8).toString('hex');
  const key: Key = { kty, crv, x, y, d, kid, alg: 'ES256', use: 'sig' };
  const secret: JwtSecret = { activeKid: kid, keys: [key, ...earlier.slice(0, EARLIER_KEYS_MAX)] };
  process.stdout.write(`${JSON.stringify(secret)}\n`);
}

function earlierKeys(input: string): readonly Key[] {
  if (input.trim() === '') return [];
  const { keys } = JSON.parse(input) as Partial<JwtSecret>;
  if (!Array.isArray(keys)) throw new Error('standard input is not the value of a jwt secret: it has no keys');
  return keys;
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
