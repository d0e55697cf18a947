import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { run } from '../services/child';
import type { RayInstallation } from '../services/ray';
import { kernelFolder } from './kernel-python';
import { once, type Say } from './tools';

export const isRayInstalled = (root: string): boolean => existsSync(join(root, '.cache/ray.stamp'));

/** Installs Ray Serve and what the kernel needs, as it pins them: a download of 200 MB, 700 MB on the disk. */
export async function installRay(root: string, say: Say): Promise<RayInstallation> {
  const cache = join(root, '.cache');
  mkdirSync(cache, { recursive: true });
  const venv = join(cache, 'ray');
  const project = readFileSync(join(kernelFolder(root), 'pyproject.toml'), 'utf8');
  const packages = [...project.matchAll(/"((?:numba|numpy|ray\[serve\])==[\w.]+)"/g)].map(([, name = '']) => name);
  await once({ cache, name: 'ray', inputs: packages.join(' '), output: venv }, say, async () => {
    rmSync(venv, { recursive: true, force: true });
    await run('python3', ['-m', 'venv', venv]);
    // Pip says what it fetches: whoever waits for it sees that it goes on.
    await run(join(venv, 'bin/python'), ['-m', 'pip', 'install', '--progress-bar', 'off', ...packages], {
      onLine: (line) => /^\s*(Downloading|Using cached|Installing)/.test(line) && say(`ray: ${told(line)}`),
    });
  });
  const compiled = join(cache, 'numba', sourcesHash(root));
  return { bin: join(venv, 'bin'), application: kernelFolder(root), compiled };
}

const told = (line: string): string =>
  line
    .trim()
    .replace(/^Installing .*/, 'installing')
    .slice(0, 100);

/** What was compiled from other sources must not be taken for these: each state of them has a folder of its own. */
function sourcesHash(root: string): string {
  const sources = join(kernelFolder(root), 'monte_carlo');
  const hash = createHash('sha256');
  for (const name of readdirSync(sources)
    .filter((each) => each.endsWith('.py'))
    .sort()) {
    hash.update(name).update(readFileSync(join(sources, name)));
  }
  return hash.digest('hex').slice(0, 16);
}
