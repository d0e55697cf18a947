import { listenedAt, processesUnder } from './processes';
import { eventually, RayService } from './ray-service';
import { LONG_PATHS, SHORT_PATHS, simulationOf, validationOf } from './simulations';

const WORKERS = 2;
const REQUESTS = 2;
/** A chunk is a third of a second of work; on a machine that does other things as well, it is more. */
const CHUNKS_MS = 3_000;

let ray: RayService;
beforeAll(async () => {
  ray = await RayService.start(WORKERS, REQUESTS);
}, 300_000);
afterAll(() => ray?.stop());

const parsed = (line: string | undefined) => JSON.parse(line ?? 'null');

/** Goal: what a caller of the real service sees: progress, a result that its seed alone decides, and clear refusals. */
test('progress rises, and the last line is the result', async () => {
  const { lines, isCut } = await (await ray.simulate(simulationOf(100_000))).rest();
  expect(isCut).toBe(false);
  const progress = lines.slice(0, -1).map(parsed);
  const done = progress.map((line) => line.done);
  expect(progress.length).toBeGreaterThan(2);
  expect(progress.every(({ type, of }) => type === 'progress' && of === 100_000)).toBe(true);
  expect(done).toEqual([...new Set(done)].sort((a, b) => a - b));
  const result = parsed(lines.at(-1));
  expect(result).toMatchObject({ type: 'result', version: 1, seed: '7', paths: 100_000 });
  expect(result.passed + result.failed + result.open).toBe(100_000);
});

test('one worker comes to the same bytes as two', async () => {
  const bodies = [simulationOf(SHORT_PATHS), simulationOf(SHORT_PATHS, '18446744073709551615')];
  const long = validationOf(Array.from({ length: 5_000 }, (_, at) => ((at * 7_919) % 20_011) - 10_000));
  const told = async (service: RayService) => {
    const results = [];
    for (const body of bodies) results.push((await (await service.simulate(body)).rest()).lines.at(-1));
    for (const body of [validationOf(), long]) results.push((await service.post('/validate', body)).text);
    return results;
  };
  const ofTwo = await told(ray);
  expect(new Set(ofTwo).size).toBe(4);
  const alone = await RayService.start(1, REQUESTS);
  const ofOne = await told(alone).finally(() => alone.stop());
  expect(ofOne).toEqual(ofTwo);
}, 300_000);

test('a validation answers with whole numbers', async () => {
  const { status, headers, text } = await ray.post('/validate', validationOf());
  expect([status, headers.get('content-type')]).toEqual([200, 'application/json']);
  const { type, seed, ...numbers } = JSON.parse(text);
  expect([type, seed]).toEqual(['validation', '7']);
  expect(numbers).toMatchObject({ version: 1, trades: 12, trials: 3, resamples: 10_000, meanCents: 1_150 });
  expect(Object.values(numbers).every(Number.isInteger)).toBe(true);
});

test.each`
  path           | body                                         | type                    | field
  ${'/simulate'} | ${{ ...simulationOf(10), paths: 0 }}         | ${'simulation_invalid'} | ${'paths'}
  ${'/simulate'} | ${{ ...simulationOf(10), terms: {} }}        | ${'simulation_invalid'} | ${'terms.version'}
  ${'/simulate'} | ${{ ...simulationOf(10), seed: 7 }}          | ${'simulation_invalid'} | ${'seed'}
  ${'/validate'} | ${validationOf([1, 2.5])}                    | ${'validation_invalid'} | ${'resultCents'}
  ${'/validate'} | ${validationOf(Array(10).fill(5))}           | ${'validation_invalid'} | ${'resultCents'}
  ${'/validate'} | ${validationOf([...Array(10).fill(5), 0.5])} | ${'validation_invalid'} | ${'resultCents[10]'}
  ${'/validate'} | ${{ ...validationOf(), trials: 0 }}          | ${'validation_invalid'} | ${'trials'}
`('$path names $field', async ({ path, body, type, field }) => {
  const { status, headers, text } = await ray.post(path, body);
  expect([status, headers.get('content-type')]).toEqual([422, 'application/problem+json']);
  expect(JSON.parse(text)).toMatchObject({ type, field, rule: expect.stringMatching(/^(must|is) /) });
  expect(await ray.running()).toBe(0);
});

test('more than it takes are told to come again, and have their place once another has gone', async () => {
  const held = await Promise.all([ray.simulate(simulationOf(LONG_PATHS)), ray.simulate(simulationOf(LONG_PATHS))]);
  for (const stream of held) expect(parsed(await stream.next()).type).toBe('progress');
  for (const [path, body] of [
    ['/simulate', simulationOf(10)],
    ['/validate', validationOf()],
  ] as const) {
    const { status, headers, text } = await ray.post(path, body);
    expect([status, headers.get('retry-after')]).toEqual([429, '5']);
    expect(JSON.parse(text)).toMatchObject({ type: 'too_many_simulations', rule: 'must be at most 2 at once' });
  }
  held[0]?.leave();
  await eventually('a free place', async () => (await ray.running()) === 1);
  expect((await ray.post('/validate', validationOf())).status).toBe(200);
  held[1]?.leave();
  await eventually('the other place', async () => (await ray.running()) === 0);
});

test('a client that goes takes its work with it', async () => {
  const stream = await ray.simulate(simulationOf(LONG_PATHS));
  const { done } = parsed(await stream.next());
  expect(done).toBeLessThan(LONG_PATHS / 4);
  stream.leave();
  await eventually('its place', async () => (await ray.running()) === 0);
  const before = cpuMsOf(ray);
  await expectIdle(ray);
  expect(cpuMsOf(ray) - before).toBeLessThan(WORKERS * CHUNKS_MS);
});

test('a validation that nobody waits for gives its place back', async () => {
  const long = validationOf(Array.from({ length: 10_000 }, (_, at) => (at % 2 ? 3 : -2)));
  const left = new AbortController();
  const init = { method: 'POST', body: JSON.stringify(long), signal: left.signal };
  const asked = fetch(`${ray.url}/validate`, init).catch(() => 'left');
  await eventually('its place', async () => (await ray.running()) === 1);
  left.abort();
  expect(await asked).toBe('left');
  await eventually('the free place', async () => (await ray.running()) === 0);
});

test('it listens on this machine alone', () => {
  const addresses = listenedAt(processesUnder(ray.head).map(({ pid }) => pid));
  const loopback = ['0100007F', '0000000000000000FFFF00000100007F'];
  expect(addresses.length).toBeGreaterThan(8);
  expect(addresses.filter((address) => !loopback.includes(address))).toEqual([]);
});

const cpuMsOf = (service: RayService): number => {
  const chunks = new Set(service.replicas('chunks'));
  return processesUnder(service.head)
    .filter(({ pid }) => chunks.has(pid))
    .reduce((sum, { cpuMs }) => sum + cpuMs, 0);
};

/** Half a second in which the workers hardly work. */
async function expectIdle(service: RayService): Promise<void> {
  let before = cpuMsOf(service);
  let quiet = 0;
  await eventually('idle workers', async () => {
    const now = cpuMsOf(service);
    quiet = now - before < 20 ? quiet + 1 : 0;
    before = now;
    return quiet === 10;
  });
}
