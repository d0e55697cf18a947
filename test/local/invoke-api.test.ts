import { type ChildProcess, spawn } from 'node:child_process';
import type { Server } from 'node:http';
import { resolve } from 'node:path';
import { InvocationError } from '../../local/lambda/instance';
import { startInvokeApi } from '../../local/lambda/invoke-api';
import { stageOf } from '../../local/operations/operator';
import { freePort } from '../fixtures/free-port';

/** Goal: the commands of operators reach a stage's function with the AWS SDK, signed, and say what it answered. */
const ROOT = resolve(__dirname, '../..');
const NAME = 'proving-ground-dev-operate';

let server: Server;
let port: number;
let answer: (event: unknown) => unknown = () => ({});
const asked: unknown[] = [];

beforeAll(async () => {
  port = await freePort();
  server = await startInvokeApi(port, new Map([[NAME, 'operate']]), async (name, event) => {
    asked.push([name, event]);
    return answer(event);
  });
});
afterAll(() => new Promise((done) => server.close(done)));

type Ended = { readonly code: number | null; readonly out: string; readonly err: string };

function command(script: string, ...args: readonly string[]): Promise<Ended> {
  const child: ChildProcess = spawn(process.execPath, ['--import', 'tsx', `local/${script}.ts`, ...args], {
    cwd: ROOT,
    env: {
      PATH: process.env.PATH,
      HOME: process.env.HOME,
      AWS_EC2_METADATA_DISABLED: 'true',
      AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE',
      AWS_SECRET_ACCESS_KEY: 'secret',
      AWS_ENDPOINT_URL_LAMBDA: `http://127.0.0.1:${port}`,
      AWS_REGION: 'us-east-1',
    } as unknown as NodeJS.ProcessEnv,
  });
  let [out, err] = ['', ''];
  child.stdout?.on('data', (chunk) => (out += chunk));
  child.stderr?.on('data', (chunk) => (err += chunk));
  return new Promise((done) => child.on('close', (code) => done({ code, out, err })));
}

const letter = (id: string) => ({
  id,
  parkedAt: '2026-01-05T00:00:00.000Z',
  consumer: 'write-report',
  topic: 'assessment',
  partition: 3,
  offset: '41',
  key: 'k-1',
  reason: 'not\nJSON',
});
const ID = '00000001-0000-7000-8000-000000000001';
const ID2 = '00000001-0000-7000-8000-000000000002';

test.each([
  ['grant-role', ['a@b.co', 'admin'], { outcome: 'granted', roles: ['trader', 'admin'] }, 0, 'a@b.co has the roles'],
  ['grant-role', ['a@b.co', 'admin'], { outcome: 'refused', field: 'email', rule: 'must belong' }, 1, 'must belong'],
  ['dlq', [], { outcome: 'letters', letters: [letter(ID)] }, 0, 'assessment/3@41  k-1  not JSON'],
  ['dlq', ['show', ID], { outcome: 'letter', letter: { ...letter(ID), value: '{"broken":' } }, 0, '{"broken":'],
  [
    'dlq',
    ['replay', 'k-1'],
    { outcome: 'replayed', released: [], stuck: [letter(ID)], isMore: false },
    1,
    '1 keys still',
  ],
  [
    'replay',
    [ID],
    { outcome: 'verdict', isEqual: true, replayed: '{}', storedHash: 'a', replayedHash: 'a' },
    0,
    'The same',
  ],
  [
    'replay',
    [ID],
    { outcome: 'verdict', isEqual: false, replayed: '{}', storedHash: 'a', replayedHash: 'b' },
    1,
    'NOT',
  ],
  [
    'replay',
    ['--account', ID],
    { outcome: 'account', version: 7, events: 7, difference: null },
    0,
    'version 7, 7 events folded\nThe same account.',
  ],
  [
    'replay',
    ['--account', ID],
    { outcome: 'account', version: 7, events: 4, difference: 'event 5 is missing' },
    1,
    'NOT the same account: event 5 is missing',
  ],
])('npm run %s -- %j: the function is asked by its name in the stage', async (script, args, given, code, words) => {
  answer = () => given;
  asked.length = 0;
  const ended = await command(script, '--stage', 'dev', ...args);
  expect([ended.code, ended.out + ended.err]).toEqual([code, expect.stringContaining(words)]);
  expect(asked).toEqual([['operate', { by: expect.any(String), command: expect.objectContaining({}) }]]);
});

test('a replay that is not through when the time of the function is up goes on', async () => {
  const answers = [
    { outcome: 'replayed', released: [letter(ID)], stuck: [], isMore: true },
    { outcome: 'replayed', released: [letter(ID2)], stuck: [], isMore: false },
  ];
  answer = () => answers.shift();
  const { code, out } = await command('dlq', '--stage', 'dev', 'replay', 'all');
  expect([code, out]).toEqual([0, expect.stringMatching(/^done .*\ndone .*\n2 done, 0 keys still stuck/)]);
});

test('a function that fails is said to have failed, and is not asked again', async () => {
  asked.length = 0;
  answer = () => {
    throw new InvocationError('the database is away');
  };
  const { code, err } = await command('dlq', '--stage', 'dev');
  expect([code, err, asked.length]).toEqual([2, expect.stringContaining('the database is away'), 1]);
});

test.each([
  ['a stage that is none', ['--stage', 'live'], /--stage must be one of dev, staging, prod/],
  ['a stage without a function', ['--stage', 'staging'], /Function not found: proving-ground-staging-operate/],
])('%s is said in one line', async (_, args, words) => {
  expect(await command('dlq', ...args)).toMatchObject({ code: 2, err: expect.stringMatching(words) });
});

test('a call without a signature is refused: no web page can make one', async () => {
  asked.length = 0;
  const url = `http://127.0.0.1:${port}/2015-03-31/functions/${NAME}/invocations`;
  expect((await fetch(url, { method: 'POST', body: '{}' })).status).toBe(403);
  expect(asked).toEqual([]);
});

test('the stage is taken out of the arguments wherever it stands', () => {
  expect(stageOf(['replay', '--stage', 'prod', 'all'])).toEqual({ stage: 'prod', rest: ['replay', 'all'] });
  expect(stageOf(['a'])).toEqual({ stage: undefined, rest: ['a'] });
});
