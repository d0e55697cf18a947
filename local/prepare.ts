import { resolve } from 'node:path';
import { installKernelPython } from './install/kernel-python';
import { installRay } from './install/ray';
import { installTools } from './install/tools';
import { buildWeb } from './synthesize';

/** Everything that `npm test` needs and npm does not bring: the servers' programs and the exported pages. */
const root = resolve(__dirname, '..');
const say = (line: string) => console.log(`· ${line}`);

Promise.all([
  installTools(root, say),
  installKernelPython(root, say),
  installRay(root, say),
  buildWeb(root, say),
]).catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : String(error));
  process.exit(1);
});
