import { Redis } from 'ioredis';

/** What the secret REDIS_SECRET holds. */
export type RedisSecret = {
  readonly host: string;
  readonly port: number;
  readonly username?: string | undefined;
  readonly password?: string | undefined;
  readonly tls: boolean;
};

const CONNECT_TIMEOUT_MS = 1_500;
/** Longer than any command of ours takes, short enough that a request still has time for the database. */
const COMMAND_TIMEOUT_MS = 500;
const RECONNECT_MS_MAX = 2_000;

/**
 * A connection that comes back by itself. No command waits for long: one without an answer fails after half a second,
 * also while there is no connection, and is sent at most twice.
 */
export function connectRedis({ host, port, username, password, tls }: RedisSecret, name: string): Redis {
  const redis = new Redis({
    host,
    port,
    connectionName: name,
    ...(username !== undefined && { username }),
    ...(password !== undefined && { password }),
    ...(tls && { tls: { servername: host } }),
    connectTimeout: CONNECT_TIMEOUT_MS,
    commandTimeout: COMMAND_TIMEOUT_MS,
    maxRetriesPerRequest: 1,
    // What many commands ask for at the same moment goes out, and comes back, together.
    enableAutoPipelining: true,
    retryStrategy: (attempt) => Math.min(2 ** attempt * 25, RECONNECT_MS_MAX) * (0.5 + Math.random() / 2),
    // After a failover the old primary may still hold our connection, as a replica.
    reconnectOnError: (error) => error.message.startsWith('READONLY'),
  });
  // Without a listener each lost connection would be printed; the commands that it fails say enough.
  redis.on('error', () => undefined);
  return redis;
}
