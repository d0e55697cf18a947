import { connectRedis } from '../adapters/redis/connection';
import { readSecret } from '../adapters/secrets/secret';
import { readConfig } from './config';
import { lazy } from './lazy';
import { redisSecret } from './secret-schemas';

/** The one connection of this process to the Redis that REDIS_SECRET leads to. */
export const openRedis = lazy(async () => {
  const { REDIS_SECRET, SERVICE_NAME } = readConfig('REDIS_SECRET', 'SERVICE_NAME');
  return connectRedis(await readSecret(REDIS_SECRET, redisSecret()), SERVICE_NAME);
});
