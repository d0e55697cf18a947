import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { platform } from '../fixtures/platform/platform';
import { Trader } from '../fixtures/platform/trader';

const ROOT = resolve(__dirname, '../..');

/** The program of docs/websocket.md, as it stands there, with the client beside it. */
function written(): string {
  const dir = mkdtempSync(join(tmpdir(), 'live-example-'));
  const [, program = ''] = /```ts\n([\s\S]*?)```/.exec(readFileSync(join(ROOT, 'docs/websocket.md'), 'utf8')) ?? [];
  writeFileSync(join(dir, 'program.ts'), program);
  writeFileSync(join(dir, 'live-client.ts'), readFileSync(join(ROOT, 'web/lib/live-client.ts')));
  return join(dir, 'program.ts');
}

/** Goal: who copies the client and the program of the guide has a live connection. */
test('the program of the guide prints prices, the account, and what happens to it', async () => {
  const facts = platform();
  const trader = new Trader(facts);
  await trader.register();
  await trader.buy('sprint-10k');
  const child = spawn(process.execPath, ['--import', 'tsx', written()], {
    cwd: ROOT,
    env: {
      NODE_ENV: 'test',
      PATH: process.env.PATH,
      SITE: facts.origin,
      TOKEN: trader.accessToken,
      ACCOUNT: trader.accountId,
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exited = once(child, 'exit');
  let seen = '';
  child.stdout.on('data', (chunk: Buffer) => {
    seen += chunk.toString();
  });
  const until = async (what: RegExp) => {
    while (!what.test(seen)) await once(child.stdout, 'data');
  };
  await until(/"type":"account-snapshot"/);
  const { status } = await trader.order('buy', 'BTC-USD', '0.01');
  expect(status).toBe(201);
  await until(/"accountVersion":3/);
  await until(/"type":"quotes"/);
  child.kill('SIGTERM');
  expect((await exited)[0]).toBe(0);
  expect(seen).toMatch(/^connecting\nlive\n/);
  expect(seen.trimEnd()).toMatch(/stopped$/);
}, 120_000);
