import { mkdirSync, rmSync, statfsSync } from 'node:fs';
import { join } from 'node:path';
import type { Ports } from './ports';
import { firstTaken } from './taken-port';

const DISK_BYTES_MIN = 1024 ** 3;

/** What the platform writes into its data folder; `--fresh` takes away these and nothing else that may lie there. */
const DATA = [
  'postgres',
  'redis',
  'kafka',
  'secrets',
  'functions',
  'archive',
  'logs',
  'platform.json',
  'processes.json',
  'demo-users.json',
];

export async function refuseTakenPorts(ports: Ports): Promise<void> {
  const taken = await firstTaken(Object.values(ports));
  if (taken === undefined) return;
  const name = Object.entries(ports).find(([, port]) => port === taken)?.[0];
  throw new Error(`port ${taken} (${name}) is in use; end what uses it or choose other ports with --port-base N`);
}

/** Makes the data folder, empty if asked, and refuses a disk on which the servers could not write for long. */
export function prepareDataFolder(dataDir: string, isFresh: boolean): void {
  if (isFresh) for (const name of DATA) rmSync(join(dataDir, name), { recursive: true, force: true });
  mkdirSync(join(dataDir, 'logs'), { recursive: true });
  const { bavail, bsize } = statfsSync(dataDir);
  if (bavail * bsize < DISK_BYTES_MIN) throw new Error(`the disk under ${dataDir} has less than 1 GB left`);
}
