// Runs before anything is installed: Node's builtins only.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createInterface } from 'node:readline/promises';

const NODE_MAJOR_MIN = 20;

/** What npm cannot install. Each is asked for its own version, so that a launcher without a runtime does not count. */
const PREREQUISITES = [
  {
    name: 'Python 3.11 or newer with venv',
    debian: ['python3', 'python3-venv'],
    brew: 'python@3.13',
    isThere: () =>
      spawnSync('python3', ['-c', 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))']).status === 0,
  },
  {
    name: 'Java 17 or newer',
    debian: ['default-jre-headless'],
    brew: 'openjdk',
    isThere: () => major(spawnSync('java', ['-version']).stderr, /version "(\d+)/) >= 17,
  },
  {
    name: 'Maven',
    debian: ['maven'],
    brew: 'maven',
    isThere: () => spawnSync('mvn', ['--version']).status === 0,
  },
];

const CHROMIUM = {
  name: 'Chromium',
  debian: ['chromium'],
  brew: '--cask chromium',
  isThere: () => existsSync('/usr/bin/chromium'),
};

const major = (output, pattern) => Number(pattern.exec(String(output ?? ''))?.[1] ?? 0);

/**
 * Makes sure that what npm cannot install is there. On Debian, as root, it offers to install what is missing (in CI
 * it does so unasked); elsewhere it throws one error that names each missing part and the command that installs it.
 */
export async function requirePrerequisites({ withBrowser = false } = {}) {
  const node = Number(process.versions.node.split('.')[0]);
  if (node < NODE_MAJOR_MIN) {
    throw new Error(
      `Node ${NODE_MAJOR_MIN} or newer is needed, this is ${process.version}: https://nodejs.org/download`,
    );
  }
  const missing = () => [...PREREQUISITES, ...(withBrowser ? [CHROMIUM] : [])].filter((one) => !one.isThere());
  const before = missing();
  if (before.length === 0) return;
  if (await mayInstall(before)) installOnDebian(before.flatMap((one) => one.debian));
  const after = missing();
  if (after.length === 0) return;
  throw new Error(
    [
      'Missing on this machine:',
      ...after.map((one) => `  ${one.name}: ${commandFor(one)}`),
      'Then run this again.',
    ].join('\n'),
  );
}

const isDebian = () => existsSync('/etc/debian_version') && existsSync('/usr/bin/apt-get');

const commandFor = ({ debian, brew }) =>
  process.platform === 'darwin' ? `brew install ${brew}` : `apt-get install -y ${debian.join(' ')}`;

async function mayInstall(missing) {
  if (!isDebian() || process.getuid?.() !== 0) return false;
  if (process.env.CI) return true;
  if (!process.stdin.isTTY) return false;
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  const names = missing.map((one) => one.name).join(', ');
  const answer = await terminal.question(`Missing: ${names}. Install with apt-get now? [Y/n] `);
  terminal.close();
  return /^(y|yes|)$/i.test(answer.trim());
}

function installOnDebian(packages) {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const apt = (...args) => spawnSync('apt-get', args, { env, stdio: ['ignore', 'ignore', 'inherit'] });
  console.log(`installing ${packages.join(' ')} with apt-get`);
  apt('update', '-qq');
  apt('install', '-y', '-qq', '--no-install-recommends', ...packages);
}
