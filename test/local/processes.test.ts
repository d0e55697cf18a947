import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startChild } from '../../local/services/child';
import { endLeftovers, Processes } from '../../local/supervisor/processes';

const dirOf = () => mkdtempSync(join(tmpdir(), 'processes '));
const SLEEP = ['-e', 'setInterval(() => {}, 1000)'];

/** What a supervisor that was killed leaves: its notes, without itself among the living. */
function abandon(dir: string): void {
  const file = join(dir, 'processes.json');
  const entries = JSON.parse(readFileSync(file, 'utf8'));
  writeFileSync(file, JSON.stringify({ ...entries, supervisor: { pid: 999_999_999, startedAt: '1' } }));
}

test('processes are reported by name as they come', () => {
  const seen: unknown[] = [];
  const processes = new Processes(dirOf(), (pids) => seen.push(pids));
  processes.adopt('self', process.pid);
  expect(seen.at(-1)).toEqual({ supervisor: process.pid, self: process.pid });
});

test('a data folder in use is refused', async () => {
  const dir = dirOf();
  const processes = new Processes(dir, () => undefined);
  await expect(endLeftovers(dir, () => undefined)).rejects.toThrow(`already runs on ${dir} (process ${process.pid})`);
  processes.clear();
  await expect(endLeftovers(dir, () => undefined)).resolves.toBeUndefined();
});

test('what a killed supervisor left running is ended', async () => {
  const dir = dirOf();
  const child = startChild(process.execPath, SLEEP);
  new Processes(dir, () => undefined).adopt('gateway', child.pid);
  abandon(dir);
  const said: string[] = [];
  await endLeftovers(dir, (line) => said.push(line));
  await child.exited;
  expect(child.isAlive()).toBe(false);
  expect(said).toEqual(['ending what an earlier run left: gateway']);
});

test('a process that only has the number of an old one is left alone', async () => {
  const dir = dirOf();
  const child = startChild(process.execPath, SLEEP);
  writeFileSync(join(dir, 'processes.json'), JSON.stringify({ gateway: { pid: child.pid, startedAt: '1' } }));
  await endLeftovers(dir, () => undefined);
  expect(child.isAlive()).toBe(true);
  await child.stop();
});
