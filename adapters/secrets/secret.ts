import { readFile } from 'node:fs/promises';
import type * as z from 'zod';

/** A rotated secret is picked up by the next reader after this long. */
const KEEP_MS = 5 * 60_000;

type Kept = { readonly readAtMs: number; readonly text: Promise<string> };

const kept = new Map<string, Kept>();

/**
 * The secret behind `arn:aws:secretsmanager:…` or `file:///…`, as JSON of the shape asked for. An error names the
 * secret and the field that is wrong, never a value.
 */
export async function readSecret<Schema extends z.ZodType>(
  reference: string,
  schema: Schema,
): Promise<z.output<Schema>> {
  const text = await textOf(reference);
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw new Error(`secret ${reference}: must be JSON`);
  }
  const parsed = schema.safeParse(json);
  if (parsed.success) return parsed.data;
  const faults = parsed.error.issues.map(({ path, code }) => `${path.join('.') || 'the secret'} (${code})`);
  throw new Error(`secret ${reference}: ${faults.join(', ')}`);
}

function textOf(reference: string): Promise<string> {
  const now = performance.now();
  const known = kept.get(reference);
  if (known && now - known.readAtMs < KEEP_MS) return known.text;
  const text = reference.startsWith('file:') ? readFile(new URL(reference), 'utf8') : fromSecretsManager(reference);
  kept.set(reference, { readAtMs: now, text });
  text.catch(() => kept.delete(reference));
  return text;
}

/** The stage is asked for by name: during a rotation there are two values. */
async function fromSecretsManager(arn: string): Promise<string> {
  const { GetSecretValueCommand, SecretsManagerClient } = await import('@aws-sdk/client-secrets-manager');
  const client = new SecretsManagerClient({ region: arn.split(':')[3] ?? '' });
  const found = await client.send(new GetSecretValueCommand({ SecretId: arn, VersionStage: 'AWSCURRENT' }));
  if (found.SecretString === undefined) throw new Error(`secret ${arn}: holds no text`);
  return found.SecretString;
}
