import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

type Entry = { readonly pid: number; readonly startedAt: string };
type Entries = Readonly<Record<string, Entry>>;

const FILE = 'processes.json';
const SUPERVISOR = 'supervisor';
const GRACE_MS = 10_000;

/** The platform's processes, written down, so that the next start finds what a crash of this one left behind. */
export class Processes {
  private readonly file: string;
  private readonly entries: Record<string, Entry> = {};

  constructor(
    dataDir: string,
    private readonly onChange: (pids: Readonly<Record<string, number>>) => void,
  ) {
    this.file = join(dataDir, FILE);
    this.adopt(SUPERVISOR, process.pid);
  }

  adopt(name: string, pid: number): void {
    const startedAt = startOf(pid);
    if (startedAt === undefined) return; // It is gone already; whoever waits for it will notice.
    this.entries[name] = { pid, startedAt };
    writeFileSync(this.file, JSON.stringify(this.entries, null, 2));
    this.onChange(this.pids);
  }

  get pids(): Readonly<Record<string, number>> {
    return Object.fromEntries(Object.entries(this.entries).map(([name, { pid }]) => [name, pid]));
  }

  /** Forgets all processes, once none of them runs any more. */
  clear(): void {
    writeFileSync(this.file, '{}');
  }
}

/** Refuses to share a data folder with a platform that runs; ends what one that was killed left running. */
export async function endLeftovers(dataDir: string, say: (line: string) => void): Promise<void> {
  const file = join(dataDir, FILE);
  if (!existsSync(file)) return;
  const { [SUPERVISOR]: supervisor, ...others } = JSON.parse(readFileSync(file, 'utf8')) as Entries;
  if (supervisor && isAlive(supervisor)) {
    throw new Error(`the platform already runs on ${dataDir} (process ${supervisor.pid}); end it first`);
  }
  const left = Object.entries(others).filter(([, entry]) => isAlive(entry));
  if (left.length === 0) return;
  say(`ending what an earlier run left: ${left.map(([name]) => name).join(', ')}`);
  for (const [, { pid }] of left) process.kill(pid, 'SIGTERM');
  const deadline = performance.now() + GRACE_MS;
  while (left.some(([, entry]) => isAlive(entry)) && performance.now() < deadline) {
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  for (const [, entry] of left) if (isAlive(entry)) process.kill(entry.pid, 'SIGKILL');
}

/** A number alone may belong to somebody else by now; with its start time it is the very process. */
const isAlive = ({ pid, startedAt }: Entry): boolean => startOf(pid) === startedAt;

function startOf(pid: number): string | undefined {
  if (!existsSync('/proc/self/stat')) {
    return spawnSync('ps', ['-o', 'lstart=', '-p', `${pid}`], { encoding: 'utf8' }).stdout.trim() || undefined;
  }
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return fields[0] === 'Z' ? undefined : fields[19]; // Ended but not yet waited for; else its start in clock ticks.
  } catch {
    return undefined;
  }
}
