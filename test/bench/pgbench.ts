import { execFile } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Postgres } from '../../local/services/postgres';

const SCALE = 10;
const DEBIAN = '/usr/lib/postgresql';

/** pgbench is no part of the npm package that brings the server; Debian's `postgresql` has it. */
function pgbench(): string {
  const versions = existsSync(DEBIAN) ? readdirSync(DEBIAN).sort().reverse() : [];
  const found = versions.map((version) => join(DEBIAN, version, 'bin', 'pgbench')).find((path) => existsSync(path));
  return found ?? 'pgbench';
}

/** TPC-B runs as its authors measure it, READ COMMITTED: SERIALIZABLE would only slow it down. */
async function call({ host, port, user, password, database }: Postgres, args: readonly string[]): Promise<string> {
  const env = {
    ...process.env,
    PGPASSWORD: password,
    PGOPTIONS: '-c default_transaction_isolation=read\\ committed',
  };
  try {
    const where = ['-h', host, '-p', `${port}`, '-U', user];
    return (await promisify(execFile)(pgbench(), [...where, ...args, database], { env })).stdout;
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error;
    throw new Error('pgbench is missing: apt-get install postgresql', { cause: error });
  }
}

export const preparePgbench = (server: Postgres): Promise<string> => call(server, ['-i', '-q', '-s', `${SCALE}`]);

/** Transactions per second, without the time to connect. */
export async function runPgbench(server: Postgres, clients: number, seconds: number): Promise<number> {
  const load = ['-c', `${clients}`, '-j', '2', '-T', `${seconds}`];
  const output = await call(server, [...load, '-n']);
  const tps = /^tps = ([\d.]+)/m.exec(output)?.[1];
  if (!tps) throw new Error(`pgbench said no figure: ${output}`);
  return Number(tps);
}
