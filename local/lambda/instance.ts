import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Worker } from 'node:worker_threads';

/** The function itself failed, or ran out of time: what Lambda would report to its caller. */
export class InvocationError extends Error {}

export type InstanceOptions = {
  /** The function's bundle. */
  readonly file: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly logFile: string;
};

type Reply =
  | { readonly ready: true }
  | { readonly ok: true; readonly json: string | undefined }
  | { readonly ok: false; readonly error: string };

/** Lambda gives a module 10 s to load, on a machine of its own; here all that are starting share a laptop's cores. */
const INIT_TIMEOUT_MS = 60_000;

/** A warm instance: keeps its module state between invocations and serves one at a time. */
export class Instance {
  idleSince = performance.now();
  /** It ended, or its code is out of date: it takes no more invocations. */
  isDead = false;
  private readonly started: Promise<unknown>;
  private settle: ((reply: Reply | Error) => void) | undefined;
  private readonly worker: Worker;

  constructor({ file, environment, logFile }: InstanceOptions) {
    this.worker = new Worker(join(__dirname, 'instance-thread.mjs'), {
      workerData: { url: pathToFileURL(file).href, logFile },
      env: { ...environment },
      resourceLimits: { maxOldGenerationSizeMb: 256 },
      execArgv: ['--enable-source-maps'],
    });
    this.worker.on('message', (reply: Reply) => this.settle?.(reply));
    this.worker.on('error', (error) => this.die(new InvocationError(error.message)));
    this.worker.on('exit', () => this.die(new InvocationError('the instance ended')));
    this.started = this.reply(INIT_TIMEOUT_MS);
    this.started.catch(() => undefined); // Reported to the invocation that waits for it.
  }

  async invoke(event: unknown, context: object, timeoutMs: number): Promise<unknown> {
    await this.started;
    const reply = this.reply(timeoutMs);
    this.worker.postMessage({ event, context });
    try {
      const answer = await reply;
      if ('ready' in answer) throw new InvocationError('the instance started twice');
      if (!answer.ok) throw new InvocationError(answer.error);
      return answer.json === undefined ? null : JSON.parse(answer.json);
    } finally {
      this.idleSince = performance.now();
    }
  }

  async stop(): Promise<void> {
    this.isDead = true;
    await this.worker.terminate();
  }

  /** The thread's next message; rejects when it dies, and ends it when it takes too long. */
  private reply(timeoutMs: number): Promise<Reply> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        this.die(new InvocationError(`Task timed out after ${timeoutMs / 1000} seconds`));
        void this.worker.terminate();
      }, timeoutMs);
      this.settle = (reply) => {
        clearTimeout(timer);
        this.settle = undefined;
        if (reply instanceof Error) reject(reply);
        else resolve(reply);
      };
    });
  }

  private die(reason: Error): void {
    this.isDead = true;
    this.settle?.(reason);
  }
}
