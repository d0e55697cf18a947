import { type ChildProcess, spawn } from 'node:child_process';
import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { freePort } from '../fixtures/free-port';

export type Answer = { readonly status: number; readonly body: string };

const READY_MS_MAX = 120_000;
const LOOK_EVERY_MS = 250;

/** Kubernetes' own API server over an empty etcd, on this machine alone. It has no controllers: nothing runs. */
export class ApiServer {
  private readonly folder = mkdtempSync(join(tmpdir(), 'kube-apiserver-'));
  private readonly started: ChildProcess[] = [];
  private readonly token = randomBytes(16).toString('hex');
  private port = 0;
  private said = '';

  async start(programs: { readonly etcd: string; readonly apiServer: string }): Promise<void> {
    const [client, peer, port] = [await freePort(), await freePort(), await freePort()];
    this.port = port;
    const url = (at: number) => `http://127.0.0.1:${at}`;
    this.run(programs.etcd, [
      '--data-dir',
      join(this.folder, 'etcd'),
      '--name',
      'check',
      '--listen-client-urls',
      url(client),
      '--advertise-client-urls',
      url(client),
      '--listen-peer-urls',
      url(peer),
      '--initial-advertise-peer-urls',
      url(peer),
      '--initial-cluster',
      `check=${url(peer)}`,
    ]);
    const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2_048 });
    const keep = (name: string, text: string | Buffer): string => {
      const file = join(this.folder, name);
      writeFileSync(file, text, { mode: 0o600 });
      return file;
    };
    const signing = keep('signing.pem', privateKey.export({ type: 'pkcs8', format: 'pem' }));
    this.run(programs.apiServer, [
      '--etcd-servers',
      url(client),
      '--bind-address',
      '127.0.0.1',
      '--secure-port',
      String(port),
      '--cert-dir',
      this.folder,
      '--service-account-issuer',
      'https://kubernetes.default.svc',
      '--service-account-key-file',
      keep('signing.pub', publicKey.export({ type: 'spki', format: 'pem' })),
      '--service-account-signing-key-file',
      signing,
      '--service-cluster-ip-range',
      '10.0.0.0/16',
      '--authorization-mode',
      'RBAC',
      '--token-auth-file',
      keep('tokens.csv', `${this.token},check,1,system:masters`),
      // Accounts of namespaces are made by a controller, which does not run here.
      '--disable-admission-plugins',
      'ServiceAccount',
    ]);
    const until = Date.now() + READY_MS_MAX;
    while (!(await this.isReady())) {
      if (this.started.some(hasEnded) || Date.now() > until)
        throw new Error(`the API server did not start:\n${this.said}`);
      await pause(LOOK_EVERY_MS);
    }
  }

  get(path: string): Promise<Answer> {
    return this.call('GET', path);
  }

  /** `body` is YAML or JSON. */
  post(path: string, body: string): Promise<Answer> {
    return this.call('POST', path, body);
  }

  async stop(): Promise<void> {
    for (const child of this.started.reverse()) {
      if (hasEnded(child)) continue;
      const isGone = new Promise((resolve) => child.once('exit', resolve));
      child.kill('SIGKILL'); // What it holds is thrown away.
      await isGone;
    }
    rmSync(this.folder, { recursive: true, force: true });
  }

  private run(program: string, args: readonly string[]): void {
    const child = spawn(program, args, { stdio: ['ignore', 'ignore', 'pipe'] });
    child.stderr?.on('data', (chunk: Buffer) => {
      this.said = (this.said + chunk.toString()).slice(-2_000);
    });
    child.on('error', (error) => {
      this.said += error.message;
    });
    this.started.push(child);
  }

  private async isReady(): Promise<boolean> {
    if (!existsSync(join(this.folder, 'apiserver.crt'))) return false;
    try {
      return (await this.get('/readyz')).status === 200;
    } catch {
      return false;
    }
  }

  private call(method: string, path: string, body?: string): Promise<Answer> {
    const ca = readFileSync(join(this.folder, 'apiserver.crt'));
    const headers = {
      accept: 'application/json',
      authorization: `Bearer ${this.token}`,
      ...(body !== undefined && { 'content-type': 'application/yaml' }),
    };
    return new Promise((resolve, reject) => {
      const options = { host: '127.0.0.1', port: this.port, path, method, headers, ca };
      const sent = request(options, (answer) => {
        let text = '';
        answer.setEncoding('utf8');
        answer.on('data', (chunk: string) => {
          text += chunk;
        });
        answer.on('end', () => resolve({ status: answer.statusCode ?? 0, body: text }));
      });
      sent.on('error', reject);
      sent.end(body);
    });
  }
}

/** Also one that never began. */
const hasEnded = ({ pid, exitCode, signalCode }: ChildProcess): boolean =>
  pid === undefined || exitCode !== null || signalCode !== null;
