import { readdirSync, readFileSync, readlinkSync } from 'node:fs';

export type Process = { readonly pid: number; readonly title: string; readonly cpuMs: number };

const TICK_MS = 10;

/** Every process that one began, and those that these began; ended ones that nobody has waited for are left out. */
export function processesUnder(ancestor: number): readonly Process[] {
  const all = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap(statOf);
  const found = new Set([ancestor]);
  for (let before = 0; before !== found.size; ) {
    before = found.size;
    for (const { pid, parent } of all) if (found.has(parent)) found.add(pid);
  }
  return all.filter(({ pid, state }) => found.has(pid) && state !== 'Z');
}

function statOf(name: string) {
  try {
    const stat = readFileSync(`/proc/${name}/stat`, 'utf8');
    const [state, parent, ...fields] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const title = readFileSync(`/proc/${name}/cmdline`, 'utf8').replaceAll('\0', ' ').trim();
    const cpuMs = (Number(fields[9]) + Number(fields[10])) * TICK_MS;
    return [{ pid: Number(name), parent: Number(parent), state, title, cpuMs }];
  } catch {
    return []; // It has ended in between.
  }
}

/** The addresses that processes listen at, as the kernel writes them: hexadecimal, least significant byte first. */
export function listenedAt(pids: readonly number[]): readonly string[] {
  const sockets = new Set(pids.flatMap(socketsOf));
  return ['/proc/net/tcp', '/proc/net/tcp6'].flatMap((table) =>
    readFileSync(table, 'utf8')
      .trim()
      .split('\n')
      .slice(1)
      .map((line) => line.trim().split(/\s+/))
      .filter((columns) => columns[3] === '0A' && sockets.has(columns[9] ?? ''))
      .map((columns) => (columns[1] ?? '').split(':')[0] ?? ''),
  );
}

function socketsOf(pid: number): readonly string[] {
  try {
    return readdirSync(`/proc/${pid}/fd`).flatMap((fd) => {
      try {
        return /^socket:\[(\d+)\]$/.exec(readlinkSync(`/proc/${pid}/fd/${fd}`))?.[1] ?? [];
      } catch {
        return [];
      }
    });
  } catch {
    return [];
  }
}
