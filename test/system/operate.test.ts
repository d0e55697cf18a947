import { execFile } from 'node:child_process';
import { resolve } from 'node:path';
import { promisify } from 'node:util';
import { platform } from '../fixtures/platform/platform';
import { Trader } from '../fixtures/platform/trader';

/** Goal: what operators do in the cloud they do here, by the same function of the same assembly. */
const run = promisify(execFile);

test('an operator makes an admin and looks at the dead letters, in the stage that the assembly is of', async () => {
  const facts = platform();
  const trader = new Trader(facts);
  await trader.register();
  const operator = (script: string, ...args: string[]) =>
    run(process.execPath, ['--import', 'tsx', `local/${script}.ts`, '--stage', 'dev', ...args], {
      cwd: resolve(__dirname, '../..'),
      env: {
        ...process.env,
        AWS_ACCESS_KEY_ID: 'local',
        AWS_SECRET_ACCESS_KEY: 'local',
        AWS_ENDPOINT_URL_LAMBDA: facts.lambda,
      },
    });
  expect((await trader.call('PUT', '/admin/tiers/nothing', {})).status).toBe(403);
  expect((await operator('grant-role', trader.email, 'admin')).stdout).toContain('trader, admin');
  expect((await trader.call('PUT', '/admin/tiers/nothing', {})).status).toBe(422);
  expect((await operator('dlq')).stdout).toMatch(/No dead letters\.|waiting/);
}, 120_000);
