import { mkdirSync } from 'node:fs';
import { Redis as Client } from 'ioredis';
import { type OnSpawn, type Running, startChild, untilReady } from './child';

export type RedisServer = Running & { readonly host: string; readonly port: number };

type Options = {
  readonly binary: string;
  readonly dir: string;
  readonly port: number;
  readonly logFile?: string;
  readonly onSpawn?: OnSpawn;
};

/** A Redis-protocol server on 127.0.0.1 that keeps nothing on disk: whatever it holds can be rebuilt. */
export async function startRedis({ binary, dir, port, logFile, onSpawn }: Options): Promise<RedisServer> {
  mkdirSync(dir, { recursive: true });
  const args = ['--port', `${port}`, '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no', '--dir', dir];
  const child = startChild(binary, args, { detached: true, ...(logFile ? { logFile } : {}) });
  const running = { child, stop: () => child.stop() };
  onSpawn?.(running);
  await untilReady('Redis', child, () => answersPing(port), 20_000);
  return { host: '127.0.0.1', port, ...running };
}

async function answersPing(port: number): Promise<boolean> {
  const client = new Client({
    host: '127.0.0.1',
    port,
    lazyConnect: true,
    maxRetriesPerRequest: 0,
    retryStrategy: () => null,
  });
  client.on('error', () => undefined);
  try {
    await client.connect();
    return (await client.ping()) === 'PONG';
  } finally {
    client.disconnect();
  }
}
