// Runs before anything is installed: Node's builtins only.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** Runs `npm ci` unless `node_modules` already holds exactly what the lock file names. */
export function installPackages(root) {
  if (isInstalled(root)) return;
  const began = performance.now();
  console.log('packages: installing (npm ci)');
  const { status } = spawnSync('npm', ['ci', '--no-progress', '--loglevel=error'], { cwd: root, stdio: 'inherit' });
  if (status !== 0) throw new Error('npm ci failed; its message is above');
  if (!existsSync(nodeBinary(root))) throw new Error('npm ci brought no Node 24: is its install script blocked?');
  console.log(`packages: done in ${((performance.now() - began) / 1000).toFixed(1)} s`);
}

/** npm writes the second file when an installation is complete; an interrupted one leaves it out or behind. */
function isInstalled(root) {
  const [wanted, found] = ['package-lock.json', 'node_modules/.package-lock.json'].map((file) => join(root, file));
  if (!existsSync(found) || !existsSync(nodeBinary(root))) return false;
  const installed = JSON.parse(readFileSync(found, 'utf8')).packages;
  return Object.entries(JSON.parse(readFileSync(wanted, 'utf8')).packages).every(
    ([path, { version, optional, devOptional, peer }]) =>
      path === '' || optional || devOptional || peer || installed[path]?.version === version,
  );
}

/** The Node of the lock file: the version that Lambda runs, whatever Node started us. */
export const nodeBinary = (root) => join(root, 'node_modules/node/bin/node');

/** The environment in which the installed programs are found first. */
export const environmentWith = (root) => ({
  ...process.env,
  PATH: [join(root, 'node_modules/.bin'), process.env.PATH].join(delimiter),
});
