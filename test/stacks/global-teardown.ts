import { rmSync } from 'node:fs';

export default function teardown(): void {
  const assembly = process.env.PROVING_GROUND_TEST_ASSEMBLY;
  if (assembly) rmSync(assembly, { recursive: true, force: true });
}
