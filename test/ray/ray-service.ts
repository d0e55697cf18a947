import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { installRay } from '../../local/install/ray';
import { startRay } from '../../local/services/ray';
import { Part } from '../../local/supervisor/part';
import { freePort } from '../fixtures/free-port';
import { processesUnder } from './processes';
import { linesOf, type Stream } from './stream';

const root = process.cwd();

type Answer = { readonly status: number; readonly headers: Headers; readonly text: string };

/** A Ray of this suite's own, kept alive by the supervisor that `npm start` has. */
export class RayService {
  private constructor(
    readonly url: string,
    private readonly part: Part,
    readonly said: readonly string[],
    private readonly pids: readonly number[],
    private readonly logs: string,
  ) {}

  static async start(workers: number, requests: number): Promise<RayService> {
    const installation = await installRay(root, () => undefined);
    const ports = { http: await freePort(), head: await freePort(), client: await freePort(), agent: await freePort() };
    const logs = mkdtempSync(join(tmpdir(), 'ray-logs-'));
    const settings = { installation, ports, workers, requests, logFile: join(logs, 'ray.log') };
    const said: string[] = [];
    const pids: number[] = [];
    const part = new Part(
      'ray',
      (onSpawn) => startRay({ ...settings, onSpawn }),
      (line) => said.push(line),
      (_name, pid) => pids.push(pid),
    );
    await part.start();
    return new RayService(`http://127.0.0.1:${ports.http}`, part, said, pids, logs);
  }

  async stop(): Promise<void> {
    await this.part.stop();
    rmSync(this.logs, { recursive: true, force: true });
  }

  /** The process that began it all, at present. */
  get head(): number {
    return this.pids.at(-1) ?? -1;
  }

  /** The processes of one deployment, by its name in Serve. */
  replicas = (deployment: 'chunks' | 'simulations'): readonly number[] =>
    processesUnder(this.head)
      .filter(({ title }) => title.startsWith(`ray::ServeReplica:monte-carlo:${deployment}`))
      .map(({ pid }) => pid);

  async post(path: string, body: unknown): Promise<Answer> {
    const response = await fetch(`${this.url}${path}`, { method: 'POST', body: JSON.stringify(body) });
    return { status: response.status, headers: response.headers, text: await response.text() };
  }

  /** A simulation whose lines can be read one by one, and left. */
  async simulate(body: unknown): Promise<Stream> {
    const left = new AbortController();
    const init = { method: 'POST', body: JSON.stringify(body), signal: left.signal };
    const response = await fetch(`${this.url}/simulate`, init);
    return linesOf(response, left);
  }

  /** How many requests hold a place; nothing while nobody answers. */
  async running(): Promise<number | undefined> {
    const response = await fetch(`${this.url}/health`).catch(() => undefined);
    return response?.ok ? ((await response.json()) as { running: number }).running : undefined;
  }

  async isReady(): Promise<boolean> {
    const response = await fetch(`${this.url}/ready`).catch(() => undefined);
    return response?.ok ?? false;
  }
}

/** Asks until the answer is yes. */
export async function eventually(what: string, ask: () => Promise<boolean>, timeoutMs = 60_000): Promise<void> {
  const deadline = performance.now() + timeoutMs;
  while (!(await ask())) {
    if (performance.now() > deadline) throw new Error(`${what} did not come in ${timeoutMs / 1000} s`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
