import { constants, createPrivateKey, type KeyObject, sign } from 'node:crypto';
import type { Instant } from '../../../../domain/kernel/instant';

/** A key of Kalshi's API: its id, and its private half in PEM. */
export type KalshiKey = { readonly keyId: string; readonly privateKey: string };

/** The private half, read; throws on what is no RSA key. */
export function signingKey({ privateKey }: KalshiKey): KeyObject {
  const key = createPrivateKey(privateKey);
  if (key.asymmetricKeyType !== 'rsa') throw new Error('the key of Kalshi is no RSA key');
  return key;
}

/**
 * The headers that let a request for a connection in: RSA-PSS with SHA-256 over the time in milliseconds, the method
 * and the path without its query, with a salt as long as the digest. Source:
 * docs.kalshi.com/getting_started/api_keys.
 */
export function signedHeaders(
  { keyId, secret }: { readonly keyId: string; readonly secret: KeyObject },
  url: string,
  now: Instant,
): Record<string, string> {
  const text = `${now}GET${new URL(url).pathname}`;
  const options = {
    key: secret,
    padding: constants.RSA_PKCS1_PSS_PADDING,
    saltLength: constants.RSA_PSS_SALTLEN_DIGEST,
  };
  return {
    'KALSHI-ACCESS-KEY': keyId,
    'KALSHI-ACCESS-TIMESTAMP': `${now}`,
    'KALSHI-ACCESS-SIGNATURE': sign('sha256', Buffer.from(text), options).toString('base64'),
  };
}
