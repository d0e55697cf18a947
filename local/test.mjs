// `npm test`: the static checks, then all Jest projects; the last line says how many passed and failed.
// With arguments it hands them to Jest and leaves the static checks out: `npm test -- --selectProjects domain`.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { environmentWith, installPackages, nodeBinary } from './bootstrap/packages.mjs';
import { requirePrerequisites } from './bootstrap/prerequisites.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const report = join(root, 'test/artifacts/jest.json');
const STATIC_CHECKS = ['check:types', 'check:style', 'check:deps', 'check:dead', 'check:kernel'];

const args = process.argv.slice(2);
try {
  await requirePrerequisites({ withBrowser: true });
  installPackages(root);
  prepare();
} catch (error) {
  console.error(`✗ ${error.message}`);
  console.log('0 passed, 1 failed');
  process.exit(1);
}
// Ray takes every core for itself and is killed as well: it has its own turn.
// The stories through the public doors share one platform and kill parts of it, so they come last and one by one.
const STORIES = ['system', 'browser'];
const steps =
  args.length > 0
    ? [jest(args)]
    : [
        ...STATIC_CHECKS.map(staticCheck),
        jest(['--ignoreProjects', 'ray', ...STORIES]),
        jest(['--runInBand', '--selectProjects', 'ray']),
        jest(['--runInBand', '--selectProjects', ...STORIES]),
      ];
const total = (count) => steps.reduce((sum, step) => sum + step[count], 0);
const skipped = total('skipped');
console.log(`${total('passed')} passed, ${total('failed')} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`);
process.exitCode = total('failed') > 0 ? 1 : 0;

/** What the tests use beside the packages; done here, so that no test waits for an installation. */
function prepare() {
  const { status } = spawnSync(nodeBinary(root), ['--import', 'tsx', 'local/prepare.ts'], here('inherit'));
  if (status !== 0) throw new Error('the tests’ servers and pages are not ready; the reason is above');
}

/** A static check counts as one test. */
function staticCheck(script) {
  const began = performance.now();
  const { status } = spawnSync('npm', ['run', '--silent', script], here('inherit'));
  const took = ((performance.now() - began) / 1000).toFixed(1);
  console.log(`${status === 0 ? 'PASS' : 'FAIL'} ${script} (${took} s)`);
  return { passed: status === 0 ? 1 : 0, failed: status === 0 ? 0 : 1, skipped: 0 };
}

function jest(choice) {
  rmSync(report, { force: true });
  mkdirSync(dirname(report), { recursive: true });
  const program = [join(root, 'node_modules/jest/bin/jest.js'), '--json', `--outputFile=${report}`, '--forceExit'];
  const { status } = spawnSync(nodeBinary(root), [...program, ...choice], here(['ignore', 'ignore', 'inherit']));
  if (!existsSync(report)) return { passed: 0, failed: 1, skipped: 0 };
  const result = JSON.parse(readFileSync(report, 'utf8'));
  const failed = result.numFailedTests + result.numRuntimeErrorTestSuites;
  return {
    passed: result.numPassedTests,
    failed: failed === 0 && status !== 0 ? 1 : failed, // A set-up that broke fails no single test.
    skipped: result.numPendingTests + result.numTodoTests,
  };
}

function here(stdio) {
  return { cwd: root, env: environmentWith(root), stdio };
}
