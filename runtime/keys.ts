import * as z from 'zod';
import { makeAccessTokens, publicKeys } from '../adapters/crypto/access-tokens';
import { readSecret } from '../adapters/secrets/secret';
import { readConfig } from './config';
import { renewed } from './renewed';

const part = z.string().regex(/^[A-Za-z0-9_-]{43}$/);

const keyRing = z.object({
  activeKid: z.string().min(1),
  keys: z
    .array(
      z.object({ kty: z.literal('EC'), crv: z.literal('P-256'), x: part, y: part, d: part, kid: z.string().min(1) }),
    )
    .min(1),
});

const KEEP_MS = 60_000;

/** The signing keys that JWT_SECRET leads to, read again while the instance lives: a rotation needs no deploy. */
export const signingKeys = renewed(KEEP_MS, async () => {
  const { JWT_SECRET, PUBLIC_ORIGIN } = readConfig('JWT_SECRET', 'PUBLIC_ORIGIN');
  const ring = await readSecret(JWT_SECRET, keyRing);
  return { accessTokens: await makeAccessTokens(PUBLIC_ORIGIN, ring), published: publicKeys(ring) };
});
