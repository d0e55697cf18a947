import { eventually, RayService } from './ray-service';
import { LONG_PATHS, SHORT_PATHS, simulationOf, validationOf } from './simulations';

let ray: RayService;
beforeAll(async () => {
  ray = await RayService.start(2, 4);
}, 300_000);
afterAll(() => ray?.stop());

const MIDDLE_PATHS = LONG_PATHS / 4;

const resultOf = async (paths: number) => (await (await ray.simulate(simulationOf(paths))).rest()).lines.at(-1);

/** Goal: whoever kills a part of it costs somebody time, or an answer that says so; nobody waits for ever. */
test('a worker that is killed in the middle changes nothing of the result', async () => {
  const expected = await resultOf(MIDDLE_PATHS);
  const stream = await ray.simulate(simulationOf(MIDDLE_PATHS));
  expect(JSON.parse((await stream.next()) ?? '').type).toBe('progress');
  const [victim] = ray.replicas('chunks');
  process.kill(victim as number, 'SIGKILL');
  const { lines, isCut } = await stream.rest();
  expect(isCut).toBe(false);
  expect(lines.at(-1)).toBe(expected);
  expect(await ray.running()).toBe(0);
}, 120_000);

test('with every worker killed, a validation waits for new ones', async () => {
  await eventually('two workers', async () => ray.replicas('chunks').length === 2);
  const asked = ray.post('/validate', validationOf());
  for (const victim of ray.replicas('chunks')) process.kill(victim, 'SIGKILL');
  expect((await asked).status).toBe(200);
  expect(JSON.parse((await resultOf(SHORT_PATHS)) ?? '').type).toBe('result');
}, 120_000);

test('when the process that gathers the chunks is killed, its answers break off and the next is whole', async () => {
  const stream = await ray.simulate(simulationOf(LONG_PATHS));
  expect(JSON.parse((await stream.next()) ?? '').type).toBe('progress');
  for (const victim of ray.replicas('simulations')) process.kill(victim, 'SIGKILL');
  const { lines } = await stream.rest();
  expect(lines.filter((line) => JSON.parse(line).type === 'result')).toEqual([]);
  await eventually('the next result', async () => ((await resultOf(SHORT_PATHS)) ?? '').includes('"result"'));
}, 120_000);

test('a head that is killed comes back, and the answer that it gave breaks off', async () => {
  const before = ray.head;
  const stream = await ray.simulate(simulationOf(LONG_PATHS));
  expect(JSON.parse((await stream.next()) ?? '').type).toBe('progress');
  process.kill(before, 'SIGKILL');
  const { lines } = await stream.rest();
  expect(lines.filter((line) => JSON.parse(line).type === 'result')).toEqual([]);
  await eventually('the supervisor', async () => ray.said.length === 2, 240_000);
  expect(ray.said).toEqual(['ray ended (killed); starting it again', 'ray is back']);
  expect(ray.head).not.toBe(before);
  expect(await ray.isReady()).toBe(true);
  expect((await ray.post('/validate', validationOf())).status).toBe(200);
}, 300_000);
