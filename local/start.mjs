// `npm start`. Makes sure that everything is there, then hands over to local/main.ts under the installed Node.
import { spawn } from 'node:child_process';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { environmentWith, installPackages, nodeBinary } from './bootstrap/packages.mjs';
import { requirePrerequisites } from './bootstrap/prerequisites.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));

try {
  await requirePrerequisites();
  installPackages(root);
} catch (error) {
  console.error(`✗ ${error.message}`);
  process.exit(1);
}
// kafkajs asks for a timer in the past when it has nothing to wait for.
const quiet = '--disable-warning=TimeoutNegativeWarning';
const args = [quiet, '--import', 'tsx', 'local/main.ts', ...process.argv.slice(2)];
const platform = spawn(nodeBinary(root), args, { cwd: root, env: environmentWith(root), stdio: 'inherit' });
// The platform stops itself in order; this process only passes on what it is told and waits.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => platform.kill(signal));
platform.on('error', (error) => {
  console.error(`✗ ${error.message}`);
  process.exitCode = 1;
});
platform.on('exit', (code) => {
  process.exitCode = code ?? 1;
});
