import * as z from 'zod';
import { connectRedis } from '../adapters/redis/connection';
import { readSecret } from '../adapters/secrets/secret';
import { readConfig } from './config';
import { lazy } from './lazy';

const redisSecret = z.object({
  host: z.string().min(1),
  port: z.int(),
  username: z.string().optional(),
  password: z.string().optional(),
  tls: z.boolean(),
});

/** The one connection of this process to the Redis that REDIS_SECRET leads to. */
export const openRedis = lazy(async () => {
  const { REDIS_SECRET, SERVICE_NAME } = readConfig('REDIS_SECRET', 'SERVICE_NAME');
  return connectRedis(await readSecret(REDIS_SECRET, redisSecret), SERVICE_NAME);
});
