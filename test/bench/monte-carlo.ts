import { execFileSync } from 'node:child_process';
import { join, resolve } from 'node:path';
import { invariant } from '../../domain/kernel/invariant';
import { installKernelPython, kernelFolder } from '../../local/install/kernel-python';
import { defaultOffers } from '../../usecases/assessment/default-tiers';
import { randomCases, tierCases } from '../fixtures/simulation/cases';
import { expectedLine } from '../fixtures/simulation/expected';
import { wholeRequest } from './whole-request';

const [TIER_PATHS, RANDOM_CASES, RANDOM_PATHS, SEED] = [2_000, 200, 200, 3] as const;

/** What `python -m bench` tells; without a C compiler there is no `ratioC`. */
type Measured = {
  readonly pathsPerSecond: number;
  readonly stepsPerSecond: number;
  readonly ratioC?: number;
  readonly ratioNumpy: number;
  readonly scaling: number;
  readonly compared: number;
  readonly agrees: boolean;
};

/**
 * Plays the default tiers' paths and those of random simulations by the reference and by the kernel, and tells whether
 * every path agrees; how many paths and steps a second the kernel plays on one core; how often as many as the
 * reference, a C kernel and NumPy do; and what two workers play by twice what one does. On a busy machine `scaling`
 * says less than on an idle one. Then what a request takes through the whole platform.
 */
export async function run(): Promise<Record<string, number | boolean>> {
  const root = resolve(process.cwd());
  const programs = await installKernelPython(root, console.log);
  console.log('the reference …');
  const tiers = tierCases();
  const began = performance.now();
  const lines = tiers.map((simulation) => expectedLine({ simulation, paths: TIER_PATHS }));
  const referencePerSecond = (tiers.length * TIER_PATHS * 1_000) / (performance.now() - began);
  lines.push(...randomCases(RANDOM_CASES, SEED).map((simulation) => expectedLine({ simulation, paths: RANDOM_PATHS })));
  console.log('the kernel …');
  const told = execFileSync(join(programs, 'python'), ['-m', 'bench', `${tiers.length}`], {
    cwd: kernelFolder(root),
    input: lines.join('\n'),
    encoding: 'utf8',
    maxBuffer: 2 ** 20,
  });
  const kernel = JSON.parse(told) as Measured;
  console.log('a request through the whole platform …');
  const request = await wholeRequest(root, programs, soldRules());
  const ratioReference = kernel.pathsPerSecond / referencePerSecond;
  const figures = { ...kernel, referencePerSecond, ratioReference, ...request };
  console.table(figures);
  return figures;
}

function soldRules() {
  const [phase] = defaultOffers()[1]?.program.phases ?? [];
  invariant(phase !== undefined, 'a fresh installation sells tiers');
  return phase.rules;
}
