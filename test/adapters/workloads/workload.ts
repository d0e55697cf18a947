import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { DatabaseSecret } from '../../../adapters/cockroach/connection/database';
import { freePort } from '../../fixtures/free-port';
import { services } from '../../services/services';

const ROOT = resolve(__dirname, '../../..');
/** What the edge says to those behind it. */
export const EDGE_WORD = 'the-word-that-only-the-edge-may-know';
const READY_WITHIN_MS = 40_000;

export type Workload = {
  readonly url: string;
  readonly log: () => string;
  /** Stands still from SIGSTOP to SIGCONT. */
  readonly signal: (signal: 'SIGSTOP' | 'SIGCONT') => void;
  readonly stop: (signal?: 'SIGTERM' | 'SIGKILL') => Promise<number | null>;
};

type Servers = { readonly redisPort: number; readonly kafkaBrokers: string };

/** The environment that the workloads' template gives them, with this run's servers in it. */
export function environment(
  database: DatabaseSecret,
  publicOrigin: string,
  { redisPort, kafkaBrokers }: Servers = services(),
): Record<string, string> {
  const dir = mkdtempSync(join(tmpdir(), 'workloads-'));
  const secret = (name: string, value: object) => {
    const file = join(dir, `${name}.json`);
    writeFileSync(file, JSON.stringify(value), { mode: 0o600 });
    return pathToFileURL(file).href;
  };
  return {
    STAGE: 'test',
    LOG_LEVEL: 'info',
    PUBLIC_ORIGIN: publicOrigin,
    EDGE_SECRET: secret('edge', { current: EDGE_WORD }),
    DATABASE_SECRET: secret('database', database),
    REDIS_SECRET: secret('redis', { host: '127.0.0.1', port: redisPort, tls: false }),
    KAFKA_BOOTSTRAP: kafkaBrokers,
    ARCHIVE_URL: pathToFileURL(join(dir, 'archive')).href,
    MARKET_SHARDS: '4',
    RISK_SHARDS: '1',
    RISK_SHARDS_MINE: '1',
  };
}

/** Starts a workload as it runs in production, under Bun, and waits until it is ready. */
export async function startWorkload(name: string, env: Record<string, string>, at?: number): Promise<Workload> {
  const port = at ?? (await freePort());
  const child = spawn(join(ROOT, 'node_modules/.bin/bun'), [`eks-workloads/${name}/main.ts`], {
    cwd: ROOT,
    env: {
      NODE_ENV: 'production',
      PATH: process.env.PATH,
      ...env,
      SERVICE_NAME: name,
      LISTEN_ADDRESS: '127.0.0.1',
      PORT: String(port),
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let log = '';
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk: Buffer) => (log += chunk.toString()));
  const url = `http://127.0.0.1:${port}`;
  await untilReady(name, child, url, () => log);
  return {
    url,
    log: () => log,
    signal: (signal) => void child.kill(signal),
    stop: async (signal = 'SIGTERM') => {
      if (child.exitCode !== null || child.signalCode !== null) return child.exitCode;
      const exited = once(child, 'exit');
      child.kill(signal);
      await exited;
      return child.exitCode;
    },
  };
}

async function untilReady(name: string, child: ChildProcess, url: string, log: () => string): Promise<void> {
  for (const end = Date.now() + READY_WITHIN_MS; Date.now() < end; ) {
    if (child.exitCode !== null) throw new Error(`${name} ended with ${child.exitCode}:\n${log()}`);
    const answer = await fetch(`${url}/ready`).catch(() => undefined);
    if (answer?.ok) return;
    await new Promise((go) => setTimeout(go, 50));
  }
  child.kill('SIGKILL');
  throw new Error(`${name} is not ready:\n${log()}`);
}
