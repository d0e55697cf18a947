import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { run } from '../services/child';
import { once, type Say } from './tools';

export const kernelFolder = (root: string): string => join(root, 'eks-workloads/monte-carlo/ray');

/** Installs what the Monte Carlo kernel and its checks need, in the versions that it pins; answers with the programs' folder. */
export async function installKernelPython(root: string, say: Say): Promise<string> {
  const cache = join(root, '.cache');
  mkdirSync(cache, { recursive: true });
  const venv = join(cache, 'kernel-python');
  const project = readFileSync(join(kernelFolder(root), 'pyproject.toml'), 'utf8');
  const packages = [...project.matchAll(/"((?:arch|numba|numpy|mypy|pytest|ruff)==[\w.]+)"/g)].map(
    ([, name = '']) => name,
  );
  await once({ cache, name: 'kernel-python', inputs: packages.join(' '), output: venv }, say, async () => {
    rmSync(venv, { recursive: true, force: true });
    await run('python3', ['-m', 'venv', venv]);
    await run(join(venv, 'bin/python'), ['-m', 'pip', 'install', '--quiet', ...packages]);
  });
  return join(venv, 'bin');
}
