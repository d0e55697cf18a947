import { spawn } from 'node:child_process';
import { createWriteStream } from 'node:fs';

/** A process that we started, by its own id: stopping it never touches another. */
export type Child = {
  readonly pid: number;
  readonly exited: Promise<number | null>;
  readonly isAlive: () => boolean;
  /** The last lines it wrote, for the message when it does not come up. */
  readonly tail: () => string;
  readonly stop: (signal?: NodeJS.Signals, graceMs?: number) => Promise<void>;
};

/** A server that we started, and how it wants to be stopped. */
export type Running = { readonly child: Child; readonly stop: () => Promise<void> };

/** Told of a server as soon as its process exists, long before it serves, so that it can be stopped in between. */
export type OnSpawn = (running: Running) => void;

type Options = {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** `env` is all it gets, as in the cloud. */
  readonly isolated?: boolean;
  /** A Ctrl-C of the terminal does not reach it: whoever started it stops it, in order. */
  readonly detached?: boolean;
  readonly logFile?: string;
  readonly onLine?: (line: string) => void;
};

const TAIL_LINES = 30;

/** Starts a process whose output goes to `logFile`; one that cannot be run at all has ended at once. */
export function startChild(command: string, args: readonly string[], options: Options = {}): Child {
  const child = spawn(command, [...args], {
    cwd: options.cwd,
    env: { ...(options.isolated ? {} : process.env), ...options.env } as NodeJS.ProcessEnv,
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: options.detached ?? false,
  });
  const log = options.logFile ? createWriteStream(options.logFile, { flags: 'a' }) : undefined;
  const lines: string[] = [];
  log?.on('error', (error) => lines.push(error.message)); // A full disk must not end us as well.
  const take = (chunk: Buffer) => {
    log?.write(chunk);
    for (const line of chunk.toString().split('\n').filter(Boolean)) {
      options.onLine?.(line);
      lines.push(line);
      if (lines.length > TAIL_LINES) lines.shift();
    }
  };
  child.stdout.on('data', take);
  child.stderr.on('data', take);
  const exited = new Promise<number | null>((resolve) => {
    child.once('error', (error) => {
      lines.push(error.message);
      resolve(null);
    });
    child.once('close', (code) => {
      log?.end();
      resolve(code);
    });
  });
  const isAlive = () => child.exitCode === null && child.signalCode === null && child.pid !== undefined;
  const stop = async (signal: NodeJS.Signals = 'SIGTERM', graceMs = 10_000) => {
    if (!isAlive()) return;
    child.kill(signal);
    const timer = setTimeout(() => child.kill('SIGKILL'), graceMs);
    await exited;
    clearTimeout(timer);
  };
  return { pid: child.pid ?? -1, exited, isAlive, tail: () => lines.join('\n'), stop };
}

/** Asks until the answer is yes; fails at once when the process dies, with the most telling of its last words. */
export async function untilReady(
  name: string,
  child: Child,
  ask: () => Promise<boolean>,
  timeoutMs: number,
): Promise<void> {
  const deadline = performance.now() + timeoutMs;
  for (;;) {
    if (await ask().catch(() => false)) return;
    if (!child.isAlive()) {
      await child.exited; // Its last words may still be on their way.
      throw new Error(`${name} stopped while starting: ${telling(child.tail())}`);
    }
    if (performance.now() > deadline)
      throw new Error(`${name} did not become ready in ${timeoutMs / 1000} s: ${telling(child.tail())}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

const CAUSES = [/No space left|ENOSPC|EADDRINUSE|Address already in use/i, /\b(FATAL|PANIC)\b/, /error/i];

/** The line that names the cause; without one, the last line. */
export function telling(tail: string): string {
  const lines = tail.split('\n').map((line) => line.trim());
  for (const cause of CAUSES) {
    const line = lines.find((one) => cause.test(one));
    if (line) return line;
  }
  return lines.at(-1) || 'it said nothing';
}

/** Runs a program to its end; rejects with its output when it fails. */
export async function run(command: string, args: readonly string[], options: Options = {}): Promise<string> {
  const lines: string[] = [];
  const child = startChild(command, args, { ...options, onLine: (line) => lines.push(line) });
  const code = await child.exited;
  if (code !== 0) throw new Error(`${command} ${args.join(' ')} failed (${code}):\n${child.tail()}`);
  return lines.join('\n');
}
