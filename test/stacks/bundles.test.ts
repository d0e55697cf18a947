import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildSync } from 'esbuild';
import { consumers, deploymentSteps, httpFunctions, scheduledJobs } from '../../lib/config/functions';
import { handlerBuild } from '../../lib/constructs/bundling';

const BYTES_MAX = 700 * 1024;
const NAMES = Object.keys({ ...httpFunctions, ...consumers, ...scheduledJobs, ...deploymentSteps });

let directory: string;
beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'proving-ground-bundles-'));
});
afterAll(() => rmSync(directory, { recursive: true, force: true }));

/** A cold start reads and compiles the whole bundle while a trader waits. */
test.each(NAMES)('the bundle of %s is at most 700 KB', (name) => {
  const outfile = join(directory, name, 'handler.mjs');
  buildSync(handlerBuild(name, outfile));
  expect(statSync(outfile).size).toBeLessThanOrEqual(BYTES_MAX);
});
