import type * as z from 'zod';
import { readSecret } from '../../adapters/secrets/secret';
import { readConfig } from '../config';
import {
  databaseSecret,
  edgeSecret,
  jwtSecret,
  kalshiSecret,
  redisSecret,
  smtpSecret,
  stripeSecret,
} from '../secret-schemas';

/** Every secret of a stage: what some part reads is checked here before that part is deployed. */
const SECRETS = [
  ['EDGE_SECRET', edgeSecret],
  ['DATABASE_SECRET', databaseSecret],
  ['REDIS_SECRET', redisSecret],
  ['STRIPE_SECRET', stripeSecret],
  ['JWT_SECRET', jwtSecret],
  ['SMTP_SECRET', smtpSecret],
  ['KALSHI_SECRET', kalshiSecret],
] as const;

/**
 * Reads all secrets as they are at this moment. Throws one error with a line for each that its readers would refuse,
 * with every missing or faulty field by name and never a value.
 */
export async function checkSecrets(): Promise<readonly string[]> {
  const references = readConfig(...SECRETS.map(([variable]) => variable));
  const readings = await Promise.allSettled(
    SECRETS.map(([variable, schema]) => readSecret<z.ZodType>(references[variable], schema(), 0)),
  );
  const faults = readings.flatMap((reading) => (reading.status === 'rejected' ? [messageOf(reading.reason)] : []));
  if (faults.length > 0) throw new Error(['the secrets are not complete:', ...faults].join('\n'));
  return SECRETS.map(([variable]) => variable);
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
