import { type ChildProcess, execFile, spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { freePort } from '../../fixtures/free-port';

const VERSION = '0.203.0';
const BUILD = resolve(__dirname, `../../../.cache/stripe-mock-${VERSION}`);

export const isGoInstalled = (): boolean => spawnSync('go', ['version']).status === 0;

/**
 * Stripe's own mock, which refuses what Stripe's OpenAPI description does not allow. Built once, in about two minutes.
 */
export class StripeMock {
  private constructor(
    readonly url: string,
    private readonly child: ChildProcess,
  ) {}

  static async start(): Promise<StripeMock> {
    const program = join(BUILD, 'stripe-mock');
    if (!existsSync(program)) {
      mkdirSync(BUILD, { recursive: true });
      const env = { ...process.env, GOBIN: BUILD };
      await promisify(execFile)('go', ['install', `github.com/stripe/stripe-mock@v${VERSION}`], { env });
    }
    const port = await freePort();
    const child = spawn(program, ['-http-addr', `127.0.0.1:${port}`], { stdio: ['ignore', 'pipe', 'inherit'] });
    await new Promise<void>((isListening, reject) => {
      child.once('error', reject);
      child.once('exit', (code) => reject(new Error(`stripe-mock ended with ${code}`)));
      child.stdout?.on('data', (chunk: Buffer) => {
        if (chunk.toString().includes('Listening')) isListening();
      });
    });
    return new StripeMock(`http://127.0.0.1:${port}`, child);
  }

  stop(): void {
    this.child.removeAllListeners('exit');
    this.child.kill();
  }
}
