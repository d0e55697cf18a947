import { createPublicKey, generateKeyPairSync, randomBytes, randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Ports } from './ports';

/**
 * The file secrets that stand in for Secrets Manager: references by variable name, and what the simulators must know.
 */
export type LocalSecrets = {
  readonly references: Readonly<Record<string, string>>;
  readonly stripe: { readonly apiKey: string; readonly webhookSecret: string };
  /** The public half of the key by which our connector is let in. */
  readonly kalshi: { readonly keyId: string; readonly publicKey: string };
  /** A field of a secret, for whoever is told the value itself, as CloudFormation tells CloudFront. */
  readonly field: (name: string, field: string) => string;
};

/** Keys are made once and kept in the data folder; addresses follow the ports of this start. */
export function writeSecrets(dataDir: string, ports: Ports, database: string): LocalSecrets {
  const dir = join(dataDir, 'secrets');
  mkdirSync(dir, { recursive: true, mode: 0o700 });
  const kept = <T>(name: string, make: () => T): T => {
    const file = join(dir, `${name}.json`);
    if (existsSync(file)) return JSON.parse(readFileSync(file, 'utf8')) as T;
    const made = make();
    writeFileSync(file, JSON.stringify(made), { mode: 0o600 });
    return made;
  };
  kept('jwt', makeSigningKey);
  kept('edge', () => ({ current: randomBytes(32).toString('base64url') }));
  const kalshi = kept('kalshi', makeKalshiKey);
  const standIn = kept('stripe-keys', () => ({
    apiKey: `sk_test_${randomBytes(12).toString('hex')}`,
    webhookSecret: `whsec_${randomBytes(24).toString('hex')}`,
  }));
  // A real test key takes the stand-in's place; its webhooks arrive through `stripe listen`, which prints their secret.
  const apiKey = process.env.STRIPE_API_KEY ?? standIn.apiKey;
  const webhookSecret = process.env.STRIPE_WEBHOOK_SECRET ?? standIn.webhookSecret;
  const current: Readonly<Record<string, unknown>> = {
    database: { host: '127.0.0.1', port: ports.postgres, user: 'postgres', password: 'postgres', database, tls: false },
    redis: { host: '127.0.0.1', port: ports.redis, tls: false },
    stripe: { apiKey, webhookSecrets: [webhookSecret] },
    smtp: {
      host: '127.0.0.1',
      port: ports.mailSmtp,
      secure: false,
      from: 'Proving Ground <no-reply@proving-ground.example>',
    },
  };
  for (const [name, value] of Object.entries(current)) {
    writeFileSync(join(dir, `${name}.json`), JSON.stringify(value), { mode: 0o600 });
  }
  const names = ['edge', 'database', 'redis', 'stripe', 'jwt', 'smtp', 'kalshi'];
  const references = Object.fromEntries(
    names.map((name) => [`${name.toUpperCase()}_SECRET`, pathToFileURL(join(dir, `${name}.json`)).href]),
  );
  const field = (name: string, wanted: string): string => {
    const value = (JSON.parse(readFileSync(join(dir, `${name}.json`), 'utf8')) as Record<string, unknown>)[wanted];
    if (typeof value !== 'string') throw new Error(`the secret ${name} has no field ${wanted}`);
    return value;
  };
  const publicKey = createPublicKey(kalshi.privateKey).export({ type: 'spki', format: 'pem' }).toString();
  return { references, stripe: { apiKey, webhookSecret }, kalshi: { keyId: kalshi.keyId, publicKey }, field };
}

function makeKalshiKey() {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  return { keyId: randomUUID(), privateKey: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString() };
}

function makeSigningKey() {
  const kid = randomUUID();
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  return { activeKid: kid, keys: [{ ...privateKey.export({ format: 'jwk' }), kid, alg: 'ES256', use: 'sig' }] };
}
