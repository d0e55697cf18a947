import { connectRedis } from '../adapters/redis/connection';
import { readSecret } from '../adapters/secrets/secret';
import { readConfig } from './config';
import { lazy } from './lazy';
import { redisSecret } from './secret-schemas';

/** For workloads, which publish and subscribe: this process' one connection to the Redis that REDIS_SECRET leads to. */
export const openRedisClient = lazy(async () => {
  const { REDIS_SECRET, SERVICE_NAME } = readConfig('REDIS_SECRET', 'SERVICE_NAME');
  return connectRedis(await readSecret(REDIS_SECRET, redisSecret()), SERVICE_NAME);
});
