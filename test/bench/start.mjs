import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';

/** Benchmarks run as the functions and workloads do: one file of plain JavaScript, nothing transpiled on the way. */
const root = fileURLToPath(new URL('../..', import.meta.url));
const outfile = join(root, '.cache', 'bench', 'run.cjs');

await build({
  entryPoints: [join(root, 'test', 'bench', 'run.ts')],
  outfile,
  bundle: true,
  platform: 'node',
  packages: 'external',
  sourcemap: 'inline',
  logLevel: 'error',
});
await import(pathToFileURL(outfile).href);
