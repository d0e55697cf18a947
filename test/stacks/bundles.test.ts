import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildSync } from 'esbuild';
import { consumers, deploymentSteps, httpFunctions, operations, scheduledJobs } from '../../lib/config/functions';
import { handlerBuild } from '../../lib/constructs/bundling';

const BYTES_MAX = 700 * 1024;
const NAMES = Object.keys({ ...httpFunctions, ...consumers, ...scheduledJobs, ...deploymentSteps });
/** An operator waits for a replay, not for a bundle. */
const OPERATORS_BYTES_MAX = 2 * 1024 * 1024;

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

test.each(Object.keys(operations))('the bundle of %s carries what it needs and not the world', (name) => {
  const outfile = join(directory, name, 'handler.mjs');
  buildSync(handlerBuild(name, outfile));
  expect(statSync(outfile).size).toBeLessThanOrEqual(OPERATORS_BYTES_MAX);
});
