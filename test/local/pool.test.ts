import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FunctionPool } from '../../local/lambda/pool';

const dir = mkdtempSync(join(tmpdir(), 'a pool '));
const pools: FunctionPool[] = [];

/** A pool over a handler of this source; every load of a file is a new module, as every instance is. */
function poolOf(source: string, { timeoutMs = 5_000, instancesMax = 2, environment = {} } = {}) {
  const file = join(dir, `handler-${pools.length}.mjs`);
  writeFileSync(file, source);
  const plan = { name: 'tried', functionName: 'tried', handlerFile: file, environment, timeoutMs, instancesMax };
  const logFile = `${file}.log`;
  const pool = new FunctionPool(plan, { file, environment, logFile });
  pools.push(pool);
  return { pool, file, log: () => readFileSync(logFile, 'utf8') };
}

afterAll(() => Promise.all(pools.map((pool) => pool.stop())));

const COUNTING = `
  import { threadId } from 'node:worker_threads';
  let running = 0, calls = 0, most = 0;
  export const handler = async (event) => {
    most = Math.max(most, ++running);
    calls++;
    await new Promise((resolve) => setTimeout(resolve, event.ms));
    running--;
    return { threadId, calls, most };
  };`;

test('an instance serves one invocation at a time and stays warm; more are made up to the limit', async () => {
  const { pool } = poolOf(COUNTING);
  const results = (await Promise.all([1, 2, 3, 4, 5].map(() => pool.invoke({ ms: 40 })))) as {
    threadId: number;
    calls: number;
    most: number;
  }[];
  expect(new Set(results.map(({ threadId }) => threadId)).size).toBe(2);
  expect(results.map(({ most }) => most)).toEqual([1, 1, 1, 1, 1]);
  expect(Math.max(...results.map(({ calls }) => calls))).toBe(3);
});

test('a handler sees its own environment and nothing of ours', async () => {
  const source = 'export const handler = async () => ({ ...process.env });';
  const { pool } = poolOf(source, { environment: { STAGE: 'dev' } });
  expect(await pool.invoke({})).toEqual({ STAGE: 'dev' });
});

test('an invocation that takes too long is ended with its instance; the next one gets a fresh instance', async () => {
  const { pool } = poolOf(COUNTING, { timeoutMs: 300, instancesMax: 1 });
  await pool.invoke({ ms: 1 });
  await expect(pool.invoke({ ms: 60_000 })).rejects.toThrow('Task timed out after 0.3 seconds');
  expect(await pool.invoke({ ms: 1 })).toMatchObject({ calls: 1 });
});

test('a handler that never yields is ended as well', async () => {
  const { pool } = poolOf('export const handler = async (event) => { while (event.forever); return 1; };', {
    timeoutMs: 300,
    instancesMax: 1,
  });
  await expect(pool.invoke({ forever: true })).rejects.toThrow('timed out');
  expect(await pool.invoke({})).toBe(1);
});

test('a handler that throws fails its caller, and the instance goes on', async () => {
  const { pool } = poolOf(`
    let calls = 0;
    export const handler = async (event) => { calls++; if (event.fail) throw new Error('no luck'); return calls; };`);
  await expect(pool.invoke({ fail: true })).rejects.toThrow('no luck');
  expect(await pool.invoke({})).toBe(2);
});

test('an instance that dies while it runs fails its caller; the next invocation finds a fresh one', async () => {
  const { pool } = poolOf('export const handler = async (event) => { if (event.die) process.exit(3); return 1; };', {
    instancesMax: 1,
  });
  await expect(pool.invoke({ die: true })).rejects.toThrow('the instance ended');
  expect(await pool.invoke({})).toBe(1);
});

test('a module that cannot be loaded fails every caller with its reason, and none waits for ever', async () => {
  const { pool } = poolOf("throw new Error('configuration: STAGE is missing');", { instancesMax: 1 });
  const results = await Promise.allSettled([pool.invoke({}), pool.invoke({}), pool.invoke({})]);
  for (const result of results) {
    expect(result.status === 'rejected' && String(result.reason)).toContain('STAGE is missing');
  }
});

test('after a reload the next invocation runs the new code', async () => {
  const { pool, file } = poolOf("export const handler = async () => 'old';");
  expect(await pool.invoke({})).toBe('old');
  writeFileSync(file, "export const handler = async () => 'new';");
  pool.reload();
  expect(await pool.invoke({})).toBe('new');
});

test('what a handler prints, logs or throws goes to its log', async () => {
  const { pool, log } = poolOf(`
    import { createRequire } from 'node:module';
    const logger = createRequire(${JSON.stringify(__filename)})('pino')();
    export const handler = async (event) => {
      console.log('printed');
      logger.info('logged');
      throw new Error('thrown');
    };`);
  await expect(pool.invoke({})).rejects.toThrow('thrown');
  expect(log()).toMatch(/^printed\n\{.*"msg":"logged"\}\nError: thrown\n\s+at /);
});

test('the answer is what JSON keeps of it', async () => {
  const { pool } = poolOf('export const handler = async () => ({ at: new Date(0), none: undefined });');
  expect(await pool.invoke({})).toEqual({ at: '1970-01-01T00:00:00.000Z' });
});
