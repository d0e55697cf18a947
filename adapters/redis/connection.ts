import { Redis } from 'ioredis';
import { COMMAND_TIMEOUT_MS, CONNECT_TIMEOUT_MS, reconnectAfterMs } from './patience';

/** What the secret REDIS_SECRET holds. */
export type RedisSecret = {
  readonly host: string;
  readonly port: number;
  readonly username?: string | undefined;
  readonly password?: string | undefined;
  readonly tls: boolean;
};

/**
 * A connection that comes back by itself. No command waits for long: one without an answer fails after half a second,
 * also while there is no connection, and is sent at most twice.
 */
export function connectRedis({ host, port, username, password, tls }: RedisSecret, name: string): Redis {
  const redis = new Redis({
    ...{ host, port, connectionName: name },
    ...(username !== undefined && { username }),
    ...(password !== undefined && { password }),
    ...(tls && { tls: { servername: host } }),
    connectTimeout: CONNECT_TIMEOUT_MS,
    commandTimeout: COMMAND_TIMEOUT_MS,
    maxRetriesPerRequest: 1,
    retryStrategy: reconnectAfterMs,
    // After a failover the old primary may still hold our connection, as a replica.
    reconnectOnError: (error) => error.message.startsWith('READONLY'),
  });
  // Without a listener each lost connection would be printed; the commands that it fails say enough.
  redis.on('error', () => undefined);
  return redis;
}
