import { randomBytes } from 'node:crypto';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Child, type OnSpawn, type Running, startChild, telling, untilReady } from './child';

export type RayServer = Running & { readonly url: string };

/** Where Ray's programs are, the application that it serves, and what Numba has compiled of it. */
export type RayInstallation = { readonly bin: string; readonly application: string; readonly compiled: string };

/** Ray wants to know all of them beforehand, so that two Rays on one machine do not meet. */
export type RayPorts = {
  readonly http: number;
  readonly head: number;
  readonly client: number;
  readonly agent: number;
};

type Options = {
  readonly installation: RayInstallation;
  readonly ports: RayPorts;
  /** How many processes play paths. */
  readonly workers: number;
  readonly requests?: number;
  readonly logFile?: string;
  readonly onSpawn?: OnSpawn;
};

const READY_TIMEOUT_MS = 180_000;
const STORE_BYTES = 100_000_000;

/** A Ray node on 127.0.0.1 that serves the Monte Carlo application; its own doors take the token of this start. */
export async function startRay(options: Options): Promise<RayServer> {
  const { ports, installation, logFile, onSpawn } = options;
  const dir = mkdtempSync(join(shortest(), 'ray-'));
  const env = environmentOf(options, dir);
  const common = { env, cwd: installation.application, detached: true, ...(logFile ? { logFile } : {}) };
  let isUp = false;
  const head = startChild(join(installation.bin, 'ray'), headArguments(options, dir), {
    ...common,
    onLine: (line) => {
      isUp ||= line.includes('Ray runtime started');
    },
  });
  // Some of its helpers outlive it for a minute, and hold its ports: they are of its group.
  const gone = head.exited.then(() => {
    endGroup(head.pid);
    rmSync(dir, { recursive: true, force: true });
  });
  let deploying: Child | undefined;
  const stop = async () => {
    await Promise.all([deploying?.stop('SIGKILL'), head.stop('SIGTERM', 15_000)]);
    await gone;
  };
  onSpawn?.({ child: head, stop });
  await untilReady('Ray', head, async () => isUp, READY_TIMEOUT_MS);
  const config = join(dir, 'serve.yaml');
  writeFileSync(config, JSON.stringify(applicationOf(ports.http)));
  const address = `--address=127.0.0.1:${ports.head}`;
  deploying = startChild(join(installation.bin, 'serve'), ['run', config, address, '--non-blocking'], common);
  const code = await deploying.exited;
  if (code !== 0) throw new Error(`Ray does not take the application: ${telling(deploying.tail())}`);
  const url = `http://127.0.0.1:${ports.http}`;
  await untilReady('Ray', head, async () => (await fetch(`${url}/ready`)).ok, READY_TIMEOUT_MS);
  return { child: head, stop, url };
}

function headArguments({ ports, workers }: Options, dir: string): string[] {
  const settings = {
    'num-cpus': workers,
    'object-store-memory': STORE_BYTES,
    'include-dashboard': false,
    'include-log-monitor': false,
    'temp-dir': join(dir, 't'),
    'node-ip-address': '127.0.0.1',
    port: ports.head,
    // The system chooses those of the workers: none is taken that somebody else has.
    'min-worker-port': 0,
    'max-worker-port': 0,
    'ray-client-server-port': ports.client,
    'dashboard-agent-listen-port': ports.agent,
    'log-style': 'record',
    'log-color': false,
  };
  const given = Object.entries(settings).map(([name, value]) => `--${name}=${value}`);
  return ['start', '--head', '--block', '--disable-usage-stats', ...given];
}

/** Whoever may talk to Ray may run what they like: it takes a token, and listens on this machine alone. */
function environmentOf({ installation, workers, requests = 4 }: Options, dir: string): Record<string, string> {
  const token = join(dir, 'token');
  writeFileSync(token, randomBytes(32).toString('hex'), { mode: 0o600 });
  return {
    RAY_AUTH_MODE: 'token',
    RAY_AUTH_TOKEN_PATH: token,
    RAY_USAGE_STATS_ENABLED: '0',
    // Nobody else is there who could take over what it plays.
    RAY_GRACEFUL_SHUTDOWN_DRAIN_TIMEOUT_S: '0',
    // By this name Ray understands that 127.0.0.1 is meant as it is said, also on Linux.
    RAY_ENABLE_WINDOWS_OR_OSX_CLUSTER: '0',
    OMP_NUM_THREADS: '1',
    NUMBA_NUM_THREADS: '1',
    NUMBA_CACHE_DIR: installation.compiled,
    PYTHONPATH: installation.application,
    PYTHONDONTWRITEBYTECODE: '1',
    MONTE_CARLO_WORKERS: `${workers}`,
    MONTE_CARLO_REQUESTS: `${requests}`,
    MONTE_CARLO_LOOPBACK: 'yes',
  };
}

const applicationOf = (port: number) => ({
  proxy_location: 'HeadOnly',
  http_options: { host: '127.0.0.1', port },
  applications: [{ name: 'monte-carlo', route_prefix: '/', import_path: 'app:app' }],
});

/** The paths of Ray's sockets are long, and a system takes about a hundred letters. */
const shortest = (): string => (existsSync('/tmp') ? '/tmp' : tmpdir());

function endGroup(leader: number): void {
  try {
    process.kill(-leader, 'SIGKILL');
  } catch {
    // Nobody of it is left.
  }
}
