import { Elysia } from 'elysia';
import { checked, makeMetrics, serviceApp } from '../../runtime/service';

/** Goal: a probe always gets an answer, and the answer says what is wrong. */
const app = (ready: () => Promise<Record<string, string>>) =>
  serviceApp({
    name: 'risk-engine',
    metrics: makeMetrics('risk-engine'),
    ready,
    routes: new Elysia().get('/own', () => 'own'),
  });

const get = async (path: string, ready = async (): Promise<Record<string, string>> => ({})) => {
  const response = await app(ready).handle(new Request(`http://localhost${path}`));
  return { status: response.status, text: await response.text() };
};

test('health says that the process lives, whatever its dependencies say', async () => {
  const answer = await get('/health', async () => ({ database: 'away' }));
  expect([answer.status, JSON.parse(answer.text)]).toEqual([200, { status: 'ok', service: 'risk-engine' }]);
});

test.each`
  checks                               | status
  ${{ database: 'ok', kafka: 'ok' }}   | ${200}
  ${{ database: 'ok', kafka: 'away' }} | ${503}
`('$checks is answered with $status', async ({ checks, status }) => {
  const answer = await get('/ready', async () => checks);
  expect([answer.status, JSON.parse(answer.text).checks]).toEqual([status, checks]);
});

test.each`
  before                               | now                                           | word           | story
  ${{ database: 'ok', kafka: 'ok' }}   | ${{ database: 'away', kafka: 'ok' }}          | ${'degraded'}  | ${'what all copies share takes none out'}
  ${{ database: 'ok', kafka: 'ok' }}   | ${{ database: 'ok', kafka: 'not reading' }}   | ${'not_ready'} | ${'what is its own does'}
  ${{ database: 'ok', kafka: 'ok' }}   | ${{ database: 'away', kafka: 'not reading' }} | ${'not_ready'} | ${'also together'}
  ${{ database: 'away', kafka: 'ok' }} | ${{ database: 'away', kafka: 'ok' }}          | ${'not_ready'} | ${'a copy must start well'}
`('$story: $now after $before is $word', async ({ before, now, word }) => {
  let checks = before;
  const served = serviceApp({
    name: 'websocket',
    metrics: makeMetrics('websocket'),
    shared: ['database', 'redis'],
    ready: async () => checks,
  });
  const ask = () => served.handle(new Request('http://localhost/ready'));
  await ask();
  checks = now;
  const answer = await ask();
  expect(answer.status).toBe(word === 'not_ready' ? 503 : 200);
  expect(await answer.json()).toEqual({ status: word, checks: now });
});

test('a check that hangs is answered for', async () => {
  jest.useFakeTimers({ doNotFake: ['nextTick', 'queueMicrotask', 'setImmediate'] });
  try {
    const answering = get('/ready', () => new Promise(() => {}));
    await jest.advanceTimersByTimeAsync(3_000);
    expect((await answering).status).toBe(503);
  } finally {
    jest.useRealTimers();
  }
});

test('a check that throws answers in words', async () => {
  expect(await checked(() => Promise.reject(new Error('no route to host')))).toBe('no route to host');
  expect(await checked(async () => 1)).toBe('ok');
});

test("metrics are Prometheus text that names the service; a workload's own routes are served beside them", async () => {
  const metrics = makeMetrics('websocket');
  metrics.counter('frames_total', 'Frames').inc(3);
  const served = serviceApp({ name: 'websocket', metrics, ready: async () => ({}) });
  const response = await served.handle(new Request('http://localhost/metrics'));
  expect(response.headers.get('content-type')).toMatch(/^text\/plain/);
  expect(await response.text()).toContain('frames_total{service="websocket"} 3');
  expect((await get('/own')).text).toBe('own');
});
