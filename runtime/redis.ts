import { connectCommands } from '../adapters/redis/commands';
import { readSecret } from '../adapters/secrets/secret';
import { readConfig } from './config';
import { lazy } from './lazy';
import { redisSecret } from './secret-schemas';

/** A function's one connection to the Redis that REDIS_SECRET leads to, which takes the commands of requests. */
export const openRedis = lazy(async () => {
  const { REDIS_SECRET, SERVICE_NAME } = readConfig('REDIS_SECRET', 'SERVICE_NAME');
  return connectCommands(await readSecret(REDIS_SECRET, redisSecret()), SERVICE_NAME);
});
