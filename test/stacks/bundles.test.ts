import { execFileSync } from 'node:child_process';
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { isBuiltin } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type BuildOptions, buildSync } from 'esbuild';
import { consumers, deploymentSteps, httpFunctions, operations, scheduledJobs } from '../../lib/config/functions';
import { handlerBuild, LEFT_OUTSIDE } from '../../lib/constructs/bundling';
import { bundleHandler } from '../../lib/constructs/handler-bundle';
import { readTrace } from '../../local/read-trace';
import { ROOT } from '../fixtures/cloud/synthesize';

const WAITED_FOR = Object.keys(httpFunctions);
const OTHERS = Object.keys({ ...consumers, ...scheduledJobs, ...deploymentSteps, ...operations });
/** A cold start reads and compiles the whole bundle while a person waits. Some 30 KB of it are time zones (ADR 42). */
const WAITED_FOR_BYTES_MAX = 760 * 1024;
/** Nobody waits for these; a bound all the same, because a package that drags the world in is a mistake. */
const OTHERS_BYTES_MAX = 2 * 1024 * 1024;

const DATABASE_AND_SECRETS = ['@aws-sdk/client-secrets-manager', 'pg-native'];
const OUTSIDE: Readonly<Record<string, readonly string[]>> = {
  'check-secrets': ['@aws-sdk/client-secrets-manager'],
  'create-topics': ['@aws-sdk/client-kafka'],
  operate: ['@aws-sdk/client-kafka', ...DATABASE_AND_SECRETS],
};

let directory: string;
let maps: string;

/** A place like `/var/task`: nothing can be resolved from it but what Lambda's runtime brings. */
beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'proving-ground-bundles-'));
  maps = join(directory, 'source-maps');
  for (const name of LEFT_OUTSIDE.runtime) {
    const link = join(directory, 'node_modules', name);
    mkdirSync(dirname(link), { recursive: true });
    symlinkSync(join(ROOT, 'node_modules', name), link);
  }
  for (const name of [...WAITED_FOR, ...OTHERS]) bundleHandler(name, join(directory, name), maps);
});
afterAll(() => rmSync(directory, { recursive: true, force: true }));

/** Runs a module in a process of its own, in that place; answers what it printed. */
function run(code: string): string {
  const file = join(directory, 'probe.mjs');
  writeFileSync(file, code);
  const env: Record<string, string> = {
    STAGE: 'test',
    SERVICE_NAME: 'probe',
    LOG_LEVEL: 'error',
    PUBLIC_ORIGIN: 'https://desk.example',
    AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE',
    AWS_SECRET_ACCESS_KEY: 'secret',
    AWS_REGION: 'us-east-1',
  };
  return execFileSync(process.execPath, [file], { cwd: directory, env: env as NodeJS.ProcessEnv, encoding: 'utf8' });
}

const urlOf = (...path: string[]): string => JSON.stringify(pathToFileURL(join(directory, ...path)).href);

/** What a bundle imports and does not carry, Node's own modules aside. */
const outsideOf = (options: BuildOptions): readonly string[] => {
  const { metafile } = buildSync({ ...options, write: false, metafile: true });
  const imports = Object.values(metafile?.outputs ?? {}).flatMap((output) => output.imports);
  const names = imports.filter(({ external, path }) => external && !isBuiltin(path));
  return [...new Set(names.map(({ path }) => path))].sort();
};

const sizeOf = (name: string): number => statSync(join(directory, name, 'handler.mjs')).size;

test.each(WAITED_FOR)('the bundle of %s, for which people wait, is at most 760 KB', (name) => {
  expect(sizeOf(name)).toBeLessThanOrEqual(WAITED_FOR_BYTES_MAX);
});

test.each(OTHERS)('the bundle of %s is at most 2 MB', (name) => {
  expect(sizeOf(name)).toBeLessThanOrEqual(OTHERS_BYTES_MAX);
});

describe.each([...WAITED_FOR, ...OTHERS])('%s', (name) => {
  test('leaves exactly what it must outside its bundle', () => {
    expect(outsideOf(handlerBuild(name, join(directory, 'unwritten.mjs')))).toEqual(
      OUTSIDE[name] ?? DATABASE_AND_SECRETS,
    );
  });

  test('loads where only the runtime is, and is called by its map', () => {
    const titles = readdirSync(maps).filter((file) => new RegExp(`^${name}-[0-9a-f]{12}`).test(file));
    expect(readdirSync(join(directory, name))).toEqual(['handler.mjs']);
    expect(run(`console.log(typeof (await import(${urlOf(name, 'handler.mjs')})).handler)`)).toBe('function\n');
    const lastLine = readFileSync(join(directory, name, 'handler.mjs'), 'utf8')
      .trimEnd()
      .split('\n')
      .at(-1);
    expect([`${lastLine}.map`]).toEqual(titles.map((title) => `//# sourceURL=${title}`));
  });
});

test('what is left to the runtime can be had there, by the names that the code uses', () => {
  const clients = run(`
    const { KafkaClient, GetBootstrapBrokersCommand } = await import('@aws-sdk/client-kafka');
    const { SecretsManagerClient, GetSecretValueCommand } = await import('@aws-sdk/client-secrets-manager');
    const made = [KafkaClient, GetBootstrapBrokersCommand, SecretsManagerClient, GetSecretValueCommand];
    console.log(made.map((one) => typeof one).join());`);
  expect(clients).toBe('function,function,function,function\n');
});

test('the signer of Kafka tokens works inside a bundle', () => {
  const { entryPoints, outfile, ...options } = handlerBuild('create-topics', join(directory, 'signer.mjs'));
  const contents = `export { generateAuthToken } from 'aws-msk-iam-sasl-signer-js'`;
  buildSync({ ...options, stdin: { contents, resolveDir: ROOT }, outfile });
  const token = run(`
    const { generateAuthToken } = await import(${urlOf('signer.mjs')});
    console.log((await generateAuthToken({ region: 'us-east-1' })).token);`);
  const signed = new URL(Buffer.from(token.trim(), 'base64url').toString());
  expect(signed.host).toBe('kafka.us-east-1.amazonaws.com');
  expect(signed.searchParams.get('Action')).toBe('kafka-cluster:Connect');
  expect(signed.searchParams.get('X-Amz-Signature')).toMatch(/^[0-9a-f]{64}$/);
});

test('a stack trace of a deployed function is read back to our own files', () => {
  const stack = run(`
    const { handler } = await import(${urlOf('check-secrets', 'handler.mjs')});
    await handler({ RequestType: 'Create' }).catch((error) => console.log(error.stack));`);
  expect(stack).toMatch(/check-secrets-[0-9a-f]{12}\.mjs:\d+:\d+/);
  const missed: string[] = [];
  const read = readTrace(stack, maps, (file) => missed.push(file));
  expect(read).toMatch(/lambdas\/check-secrets\/handler\.ts:\d+:\d+/);
  expect(read).toMatch(/runtime\/config\.ts:\d+:\d+/);
  expect(missed).toEqual([]);
  expect(readTrace(stack, join(directory, 'elsewhere'), (file) => missed.push(file))).toBe(stack);
  expect(missed).toEqual([expect.stringMatching(/elsewhere\/check-secrets-[0-9a-f]{12}\.mjs\.map$/)]);
});
