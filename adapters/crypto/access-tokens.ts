import { randomUUID } from 'node:crypto';
import { type CryptoKey, errors, importJWK, type JWK, jwtVerify, SignJWT } from 'jose';
import type { SessionId, UserId } from '../../domain/kernel/ids';
import type { AccessTokens } from '../../usecases/ports/identity/tokens';

/** A private ES256 key as the secret holds it. */
export type SigningKey = {
  readonly kty: 'EC';
  readonly crv: 'P-256';
  readonly x: string;
  readonly y: string;
  readonly d: string;
  readonly kid: string;
};

/** All keys verify, one signs: during a rotation tokens of the old and the new one are good. */
export type KeyRing = { readonly activeKid: string; readonly keys: readonly SigningKey[] };

/** RFC 7517: what anybody may know. */
export type KeySet = { readonly keys: readonly Readonly<Record<string, string>>[] };

export const ACCESS_SECONDS = 600;
const ISSUED_FOR = 'proving-ground';
const ALGORITHM = 'ES256';
/** RFC 9068. */
const TYPE = 'at+jwt';
/** For clocks of ours that disagree. */
const LEEWAY_SECONDS = 30;

export const publicKeys = ({ keys }: KeyRing): KeySet => ({ keys: keys.map(publicKey) });

const publicKey = ({ kty, crv, x, y, kid }: SigningKey) => ({ kty, crv, x, y, kid, alg: ALGORITHM, use: 'sig' });

export async function makeAccessTokens(issuer: string, ring: KeyRing): Promise<AccessTokens> {
  const active = ring.keys.find(({ kid }) => kid === ring.activeKid);
  if (!active) throw new Error('the signing keys do not hold the one that activeKid names');
  const signingKey = await imported(active);
  const verifyingKeys = new Map<string | undefined, CryptoKey>();
  for (const key of ring.keys) verifyingKeys.set(key.kid, await imported(publicKey(key)));
  const header = { alg: ALGORITHM, kid: active.kid, typ: TYPE };
  return {
    issue: async ({ userId, sessionId, roles }, at) => {
      const issuedAt = Math.floor(at / 1000);
      const token = await new SignJWT({ sid: sessionId, roles: [...roles] })
        .setProtectedHeader(header)
        .setIssuer(issuer)
        .setAudience(ISSUED_FOR)
        .setSubject(userId)
        .setJti(randomUUID())
        .setIssuedAt(issuedAt)
        .setExpirationTime(issuedAt + ACCESS_SECONDS)
        .sign(signingKey);
      return { token, expiresInS: ACCESS_SECONDS };
    },
    verify: async (token, at) => {
      const claims = await verified(token, verifyingKeys, issuer, new Date(at));
      if (typeof claims?.sub !== 'string' || typeof claims.sid !== 'string') return undefined;
      return { userId: claims.sub as UserId, sessionId: claims.sid as SessionId };
    },
  };
}

const imported = async (key: JWK): Promise<CryptoKey> => (await importJWK(key, ALGORITHM)) as CryptoKey;

/** One algorithm, one type, our keys by their id: what the token's own header says chooses nothing else. */
async function verified(token: string, keys: ReadonlyMap<string | undefined, CryptoKey>, issuer: string, now: Date) {
  try {
    const { payload } = await jwtVerify(token, ({ kid }) => keyOf(keys, kid), {
      issuer,
      audience: ISSUED_FOR,
      algorithms: [ALGORITHM],
      typ: TYPE,
      requiredClaims: ['exp', 'iat', 'jti'],
      clockTolerance: LEEWAY_SECONDS,
      currentDate: now,
    });
    return payload;
  } catch (error) {
    if (error instanceof errors.JOSEError) return undefined;
    throw error;
  }
}

function keyOf(keys: ReadonlyMap<string | undefined, CryptoKey>, kid: string | undefined): CryptoKey {
  const key = keys.get(kid);
  if (!key) throw new errors.JWKSNoMatchingKey();
  return key;
}
