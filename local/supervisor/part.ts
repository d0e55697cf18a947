import { join } from 'node:path';
import { type Child, type OnSpawn, type Running, startChild, untilReady } from '../services/child';

/** A program of the platform: how it is started and how one sees that it serves. */
export type PartPlan = {
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly readyUrl: string;
  readonly cwd: string;
};

/** Starts the process, hands it over as soon as there is one, and waits until it serves. */
export type Launch = (onSpawn: OnSpawn) => Promise<unknown>;

const READY_TIMEOUT_MS = 90_000;
const BACKOFF_MS = [200, 1_000, 3_000, 10_000];
/** A part that has run this long starts again without delay. */
const STEADY_MS = 60_000;

export const launchProgram =
  ({ name, command, args, env, readyUrl, cwd }: PartPlan, logs: string): Launch =>
  async (onSpawn) => {
    const logFile = join(logs, `${name}.log`);
    const child = startChild(command, args, { cwd, env, logFile, isolated: true, detached: true });
    onSpawn({ child, stop: () => child.stop() });
    await untilReady(name, child, async () => (await fetch(readyUrl)).ok, READY_TIMEOUT_MS);
  };

/** A part that is kept alive: when it dies by itself it is started again, a little later each time, and it is said. */
export class Part {
  private running: Running | undefined;
  private isStopping = false;
  private deaths = 0;
  private startedAt = 0;

  constructor(
    readonly name: string,
    private readonly launch: Launch,
    private readonly say: (line: string) => void,
    private readonly onPid: (name: string, pid: number) => void,
  ) {}

  async start(): Promise<void> {
    let child: Child | undefined;
    await this.launch((running) => {
      child = running.child;
      this.running = running;
      this.startedAt = performance.now();
      this.onPid(this.name, child.pid);
      if (this.isStopping) void running.stop();
    });
    void child?.exited.then((code) => this.revive(code));
  }

  async stop(): Promise<void> {
    this.isStopping = true;
    await this.running?.stop();
  }

  private async revive(code: number | null): Promise<void> {
    if (this.isStopping) return;
    if (performance.now() - this.startedAt > STEADY_MS) this.deaths = 0;
    const pause = BACKOFF_MS[Math.min(this.deaths++, BACKOFF_MS.length - 1)] ?? 0;
    this.say(`${this.name} ended (${code ?? 'killed'}); starting it again`);
    await new Promise((resolve) => setTimeout(resolve, pause));
    if (this.isStopping) return;
    try {
      await this.start();
      this.say(`${this.name} is back`);
    } catch (error) {
      this.say(error instanceof Error ? error.message : String(error));
      await this.running?.stop();
      await this.revive(null);
    }
  }
}
