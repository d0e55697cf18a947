import { spawnSync } from 'node:child_process';
import { join, resolve } from 'node:path';
import { installKernelPython, kernelFolder } from './install/kernel-python';

/** `npm run check:kernel`: style, types and tests of the Monte Carlo kernel, none of which needs Ray. */
const root = resolve(__dirname, '..');

const CHECKS = [['ruff', 'check', '.'], ['ruff', 'format', '--check', '.'], ['mypy'], ['pytest']] as const;

async function main(): Promise<number> {
  const programs = await installKernelPython(root, (line) => console.log(`· ${line}`));
  for (const [program, ...args] of CHECKS) {
    const { status } = spawnSync(join(programs, program), args, { cwd: kernelFolder(root), stdio: 'inherit' });
    if (status !== 0) return 1;
  }
  return 0;
}

main().then(
  (code) => process.exit(code),
  (error: unknown) => {
    console.error(error instanceof Error ? error.message : String(error));
    process.exit(1);
  },
);
