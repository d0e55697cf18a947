import { makeAccessTokens, publicKeys } from '../adapters/crypto/access-tokens';
import { readSecret } from '../adapters/secrets/secret';
import { readConfig } from './config';
import { renewed } from './renewed';
import { jwtSecret } from './secret-schemas';

const KEEP_MS = 60_000;

/** The signing keys that JWT_SECRET leads to, read again while the instance lives: a rotation needs no deploy. */
export const signingKeys = renewed(KEEP_MS, async () => {
  const { JWT_SECRET, PUBLIC_ORIGIN } = readConfig('JWT_SECRET', 'PUBLIC_ORIGIN');
  const ring = await readSecret(JWT_SECRET, jwtSecret());
  return { accessTokens: await makeAccessTokens(PUBLIC_ORIGIN, ring), published: publicKeys(ring) };
});
