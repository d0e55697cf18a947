import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { PlatformFacts } from '../../local/facts';
import { startChild } from '../../local/services/child';
import { freePortBase } from '../fixtures/free-port';

export type RunningPlatform = PlatformFacts & {
  readonly factsFile: string;
  readonly stop: () => Promise<void>;
};

const START_TIMEOUT_MS = 240_000;
const root = resolve(__dirname, '../..');

/** The platform as `npm start` runs it, in a process of its own, on free ports, with fresh data. */
export async function startPlatform(args: readonly string[] = []): Promise<RunningPlatform> {
  const dataDir = mkdtempSync(join(tmpdir(), 'proving-ground-platform-'));
  const base = await freePortBase();
  let isUp: () => void = () => undefined;
  const up = new Promise<void>((done) => {
    isUp = done;
  });
  const child = startChild(
    process.execPath,
    ['--import', 'tsx', 'local/main.ts', '--port-base', `${base}`, '--data-dir', dataDir, ...args],
    { cwd: root, onLine: (line) => line.includes('Proving Ground is up') && isUp() },
  );
  const stop = async () => {
    await child.stop('SIGINT', 60_000);
    rmSync(dataDir, { recursive: true, force: true });
  };
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<'late'>((done) => {
    timer = setTimeout(() => done('late'), START_TIMEOUT_MS);
  });
  const outcome = await Promise.race([up, child.exited, late]);
  clearTimeout(timer);
  if (outcome !== undefined) {
    const words = child.tail();
    await stop();
    throw new Error(`the platform did not start:\n${words}`);
  }
  const factsFile = join(dataDir, 'platform.json');
  return { ...readFacts(factsFile), factsFile, stop };
}

/** The platform that the run's global set-up started. */
export function platform(): PlatformFacts & { readonly factsFile: string } {
  const factsFile = process.env.TEST_PLATFORM;
  if (!factsFile) throw new Error('this test runs in a jest project whose global set-up starts the platform');
  return { ...readFacts(factsFile), factsFile };
}

/** Kills a part as a crash would; the supervisor starts it again. */
export function killPart(factsFile: string, part: string): void {
  const pid = readFacts(factsFile).pids[part];
  if (pid === undefined) throw new Error(`${part} is no part of the platform`);
  process.kill(pid, 'SIGKILL');
}

const readFacts = (file: string) => JSON.parse(readFileSync(file, 'utf8')) as PlatformFacts;
