import { createPrivateKey } from 'node:crypto';
import * as z from 'zod';

/**
 * Each secret's shape, for whoever reads it and for the check of all of them before a deploy. They are made when they
 * are used, so that a function carries those of its own secrets only.
 */
export const databaseSecret = () =>
  z.object({
    host: text(),
    port: port(),
    user: text(),
    password: z.string(),
    database: text(),
    tls: z.boolean(),
    ca: z.string().optional(),
  });

export const redisSecret = () =>
  z.object({
    host: text(),
    port: port(),
    username: z.string().optional(),
    password: z.string().optional(),
    tls: z.boolean(),
  });

/** `current` is what the edge sends; while it is being changed, `previous` counts as well. */
export const edgeSecret = () => z.object({ current: word(), previous: word().optional() });

export const stripeSecret = () => z.object({ apiKey: text(), webhookSecrets: z.array(text()).min(1) });

export const jwtSecret = () =>
  z
    .object({ activeKid: text(), keys: z.array(signingKey()).min(1) })
    .refine(({ activeKid, keys }) => keys.some(({ kid }) => kid === activeKid), {
      path: ['activeKid'],
      message: 'names none of the keys',
    });

export const smtpSecret = () =>
  z.object({
    host: text(),
    port: port(),
    secure: z.boolean(),
    user: z.string().optional(),
    password: z.string().optional(),
    from: z.string().min(3),
  });

/** A key of Kalshi's API, the private half in PEM. Both fields empty: the firm has none, and the venue is off. */
export const kalshiSecret = () =>
  z
    .object({ keyId: z.string(), privateKey: z.string() })
    .refine(({ keyId, privateKey }) => (keyId === '') === (privateKey === ''), {
      path: ['keyId'],
      message: 'is given with privateKey or not at all',
    })
    .refine(({ privateKey }) => privateKey === '' || isRsaKey(privateKey), {
      path: ['privateKey'],
      message: 'is no RSA key in PEM',
    })
    .transform((key) => (key.keyId === '' ? undefined : key));

function isRsaKey(pem: string): boolean {
  try {
    return createPrivateKey(pem).asymmetricKeyType === 'rsa';
  } catch {
    return false;
  }
}

const word = () => z.string().min(32);
const text = () => z.string().min(1);
const port = () => z.int().min(1).max(65_535);
const coordinate = () => z.string().regex(/^[A-Za-z0-9_-]{43}$/);

const signingKey = () =>
  z.object({
    kty: z.literal('EC'),
    crv: z.literal('P-256'),
    x: coordinate(),
    y: coordinate(),
    d: coordinate(),
    kid: text(),
  });
