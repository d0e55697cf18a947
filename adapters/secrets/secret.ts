import { readFile } from 'node:fs/promises';
import type * as z from 'zod';

/** A rotated secret is picked up by the next reader after this long. */
const KEEP_MS = 5 * 60_000;

type Kept = { readonly readAtMs: number; readonly text: Promise<string> };

const kept = new Map<string, Kept>();

/** What a new secret holds where its owner has to put a value; no reader takes it for one. */
const PLACEHOLDER = 'fill-in';

/**
 * The secret behind `arn:aws:secretsmanager:…` or `file:///…`, as JSON of the shape asked for, not older than `keepMs`.
 * An error names the secret and every field that is wrong or still to be filled in, never a value.
 */
export async function readSecret<Schema extends z.ZodType>(
  reference: string,
  schema: Schema,
  keepMs = KEEP_MS,
): Promise<z.output<Schema>> {
  const text = await textOf(reference, keepMs);
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw new Error(`secret ${reference}: must be JSON`);
  }
  const parsed = schema.safeParse(json);
  const unfilled = placeholdersIn(json);
  if (parsed.success && unfilled.length === 0) return parsed.data;
  const wrong = (parsed.error?.issues ?? [])
    .map(({ path, code, message }) => ({ field: path.join('.'), rule: code === 'custom' ? message : code }))
    .filter(({ field }) => !unfilled.includes(field));
  const faults = [...unfilled.map((field) => ({ field, rule: 'is still to be filled in' })), ...wrong];
  const told = faults.map(({ field, rule }) => `${field || 'the secret'} (${rule})`);
  throw new Error(`secret ${reference}: ${told.join(', ')}`);
}

/** The fields that nobody has filled in yet, wherever they stand. */
function placeholdersIn(value: unknown, path: readonly string[] = []): string[] {
  if (typeof value === 'string') return value.trim().toLowerCase() === PLACEHOLDER ? [path.join('.')] : [];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) => placeholdersIn(inner, [...path, name]));
}

function textOf(reference: string, keepMs: number): Promise<string> {
  const now = performance.now();
  const known = kept.get(reference);
  if (known && now - known.readAtMs < keepMs) return known.text;
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
