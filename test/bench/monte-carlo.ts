import { execFileSync } from 'node:child_process';
import { join, resolve } from 'node:path';
import { installKernelPython, kernelFolder } from '../../local/install/kernel-python';
import { randomCases, tierCases } from '../fixtures/simulation/cases';
import { expectedLine } from '../fixtures/simulation/expected';

const [TIER_PATHS, RANDOM_CASES, RANDOM_PATHS, SEED] = [2_000, 200, 200, 3] as const;
const KERNEL_PATHS = 100_000;

/**
 * Plays the default tiers' paths and those of random rule sets by the reference and by the kernel, on one core each:
 * paths a second of both, their ratio, and whether every path agrees.
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
  const told = execFileSync(
    join(programs, 'python'),
    ['-m', 'monte_carlo.bench', `${tiers.length}`, `${KERNEL_PATHS}`],
    {
      cwd: kernelFolder(root),
      input: lines.join('\n'),
      encoding: 'utf8',
      maxBuffer: 2 ** 20,
    },
  );
  const kernel = JSON.parse(told) as {
    pathsPerSecond: number;
    stepsPerSecond: number;
    compared: number;
    agrees: boolean;
  };
  const ratio = kernel.pathsPerSecond / referencePerSecond;
  console.table({ ...kernel, referencePerSecond, ratio });
  return { ...kernel, referencePerSecond, ratio };
}
