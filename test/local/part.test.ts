import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { launchProgram, Part } from '../../local/supervisor/part';
import { freePort } from '../fixtures/free-port';

const SERVER = `
  const { createServer } = require('node:http');
  const server = createServer((request, response) => {
    if (request.url === '/die') process.exit(7);
    response.end(String(process.pid));
  });
  server.listen(Number(process.env.PORT), '127.0.0.1');`;

const parts: Part[] = [];
const dir = mkdtempSync(join(tmpdir(), 'a part '));

async function partOf(source: string) {
  const file = join(dir, `part-${parts.length}.cjs`);
  writeFileSync(file, source);
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const said: string[] = [];
  const plan = {
    name: 'gateway',
    command: process.execPath,
    args: [file],
    env: { PORT: `${port}` },
    readyUrl: `${url}/ready`,
    cwd: dir,
  };
  const pids: number[] = [];
  const say = (line: string) => said.push(line);
  const part = new Part(plan.name, launchProgram(plan, dir), say, (_name, pid) => pids.push(pid));
  parts.push(part);
  return { part, url, said, pids };
}

afterAll(() => Promise.all(parts.map((part) => part.stop())));

const until = async (what: () => boolean) => {
  while (!what()) await new Promise((resolve) => setTimeout(resolve, 20));
};

test('a part that dies is started again, and it is said', async () => {
  const { part, url, said, pids } = await partOf(SERVER);
  await part.start();
  const before = await (await fetch(url)).text();
  await fetch(`${url}/die`).catch(() => undefined);
  await until(() => said.length === 2);
  expect(said).toEqual(['gateway ended (7); starting it again', 'gateway is back']);
  const after = await (await fetch(url)).text();
  expect(after).not.toBe(before);
  expect(pids).toEqual([Number(before), Number(after)]);
});

test('a part that is stopped stays stopped', async () => {
  const { part, url, said } = await partOf(SERVER);
  await part.start();
  await part.stop();
  await expect(fetch(url)).rejects.toThrow('fetch failed');
  expect(said).toEqual([]);
});

test('a part that cannot come up fails the start with its last words', async () => {
  const { part } = await partOf("console.error('no such database'); process.exit(1);");
  await expect(part.start()).rejects.toThrow('gateway stopped while starting: no such database');
});
