import type { ServerResponse } from 'node:http';
import { makeSampler } from '../../../adapters/ray/sampler';
import { nextRun } from '../../../domain/simulation/study/plan';
import type { Run } from '../../../domain/simulation/study/run';
import { study } from '../../fixtures/simulation/asked-study';
import { type Asked, lineOf, RayStandIn, resultOf, validationOf } from '../../fixtures/simulation/ray-stand-in';

const SILENCE_MS = 300;
let ray: RayStandIn;
beforeEach(async () => {
  ray = await new RayStandIn().listen();
});
afterEach(() => ray.stop());

const paths = nextRun(study, new Map()) as Run;
const validation: Run = {
  kind: 'validation',
  name: 'validation',
  resultCents: Array.from({ length: 12 }, (_, nth) => (nth % 2 === 0 ? 500n : -400n)),
  trials: 3,
  seed: 2n ** 64n - 1n,
};

async function play(run = paths, signal = new AbortController().signal) {
  const progress: number[] = [];
  const played = await makeSampler({ url: ray.url, silenceMs: SILENCE_MS }).play(
    run,
    (done) => progress.push(done),
    signal,
  );
  return { played, progress };
}

const answering = (answer: (asked: Asked) => string, status = 200) => {
  ray.answering = (asked, response: ServerResponse) => {
    response.writeHead(status, { 'content-type': 'application/x-ndjson' }).end(answer(asked));
  };
};

/** Goal: what Ray answers is what was asked for, or it is not taken. */
test('a run is asked for with its terms and its seed, and its progress is told', async () => {
  const { played, progress } = await play();
  expect(played).toMatchObject({ kind: 'played', result: { kind: 'paths', counts: { paths: 1_000, passed: 333 } } });
  expect(progress).toEqual([500]);
  expect(ray.asked).toMatchObject([
    { path: '/simulate', seed: '7', paths: 1_000, terms: { version: expect.any(Number) } },
  ]);
});

test('a validation is asked for with its trades, and a seed that no double holds', async () => {
  const { played } = await play(validation);
  expect(played).toMatchObject({
    kind: 'played',
    result: { kind: 'validation', validation: { trades: 12, trials: 3 } },
  });
  expect(ray.asked).toMatchObject([{ path: '/validate', seed: '18446744073709551615', trials: 3 }]);
});

test('a result that ends without an end of line is one all the same', async () => {
  answering((asked) => JSON.stringify(resultOf(asked)));
  expect((await play()).played.kind).toBe('played');
});

type Result = ReturnType<typeof resultOf>;

test.each`
  story                                  | changed
  ${'another version'}                   | ${(result: Result) => ({ ...result, version: 3 })}
  ${'more paths than were asked for'}    | ${(result: Result) => ({ ...result, paths: 1_001, open: result.open + 1 })}
  ${'paths that do not add up'}          | ${(result: Result) => ({ ...result, passed: result.passed + 1 })}
  ${'ends of other paths'}               | ${(result: Result) => ({ ...result, ends: result.ends.slice(1) })}
  ${'half a cent'}                       | ${(result: Result) => ({ ...result, balanceSumCents: 0.5 })}
  ${'fewer days'}                        | ${(result: Result) => ({ ...result, fan: result.fan.slice(1) })}
  ${'a negative count'} | ${(result: Result) => ({ ...result, drawdowns: [[1, 1_001], [2, -1]] })}
  ${'a bin of nothing'}                  | ${(result: Result) => ({ ...result, binCents: 0 })}
  ${'what another question is answered'} | ${() => ({ ...validationOf({ resultCents: [], trials: 1, seed: '7' } as unknown as Asked) })}
  ${'an unknown line'}                   | ${() => ({ type: 'advertisement' })}
  ${'no object'}                         | ${() => 7}
`('an answer of $story is refused, for good', async ({ changed }) => {
  answering((asked) => lineOf(changed(resultOf(asked))));
  expect((await play()).played).toMatchObject({ kind: 'refused', field: 'answer' });
});

test('a line that is no JSON is refused', async () => {
  answering(() => '<html>\n');
  expect((await play()).played).toMatchObject({ kind: 'refused', field: 'answer', rule: 'must be lines of JSON' });
});

test('a line without an end is not read for ever', async () => {
  let written = 0;
  ray.answering = (_asked, answer) => {
    const part = Buffer.alloc(500_000, 'x');
    const write = () => {
      written += part.length;
      if (!answer.destroyed) answer.write(part, () => setImmediate(write));
    };
    write();
  };
  expect((await play()).played).toMatchObject({ kind: 'refused', rule: 'a line must have at most 4000000 bytes' });
  expect(written).toBeLessThan(20_000_000);
});

test.each`
  story                             | status | body                                                                 | kind
  ${'what is invalid'}              | ${422} | ${'{"type":"simulation_invalid","field":"paths","rule":"too many"}'} | ${'refused'}
  ${'a refusal of somebody else’s'} | ${422} | ${'<html>'}                                                          | ${'away'}
  ${'a gateway without Ray'}        | ${502} | ${'bad gateway'}                                                     | ${'away'}
  ${'a Ray that begins'}            | ${503} | ${'{}'}                                                              | ${'away'}
  ${'nothing there'}                | ${404} | ${'{}'}                                                              | ${'away'}
  ${'a chunk that failed'}          | ${200} | ${'{"type":"error","reason":"worker_lost"}\n'}                       | ${'away'}
  ${'a result cut off'}             | ${200} | ${'{"type":"progress","done":5,"of":9}\n{"type":"result","ver'}      | ${'away'}
  ${'nothing'}                      | ${200} | ${''}                                                                | ${'away'}
`('$story with $status is $kind', async ({ status, body, kind }) => {
  answering(() => body, status);
  expect((await play()).played.kind).toBe(kind);
});

test.each([
  ['7', 7_000],
  ['0', 500],
  ['soon', 500],
  ['999999', 30_000],
])('a crowd with Retry-After %s is come back to after %d ms', async (retryAfter, retryAfterMs) => {
  ray.answering = (_asked, answer) => void answer.writeHead(429, { 'retry-after': retryAfter }).end('{}');
  expect((await play()).played).toEqual({ kind: 'busy', retryAfterMs });
});

test('a connection that is lost, refused, or silent is away', async () => {
  ray.answering = (_asked, answer) => {
    answer.write(lineOf({ type: 'progress', done: 1, of: 1_000 }));
    setImmediate(() => answer.destroy());
  };
  expect((await play()).played.kind).toBe('away');
  ray.answering = (_asked, answer) => void answer.write(lineOf({ type: 'progress', done: 1, of: 1_000 }));
  expect((await play()).played).toEqual({ kind: 'away', reason: `nothing came within ${SILENCE_MS} ms` });
  await ray.stop();
  expect((await play()).played.kind).toBe('away');
});

test('progress beyond what was asked for counts no further', async () => {
  answering((asked) => lineOf({ type: 'progress', done: 10 ** 9, of: 10 ** 9 }) + lineOf(resultOf(asked)));
  expect((await play()).progress).toEqual([1_000]);
});

test('who is aborted ends the work on the other side', async () => {
  const aborting = new AbortController();
  ray.answering = (_asked, answer) => {
    answer.write(lineOf({ type: 'progress', done: 1, of: 1_000 }));
    setImmediate(() => aborting.abort());
  };
  expect((await play(paths, aborting.signal)).played.kind).toBe('away');
  while (ray.given === 0) await new Promise((go) => setTimeout(go, 10));
  expect(ray.given).toBe(1);
});

test('whether it is ready is asked, and nothing that is wrong is thrown', async () => {
  const sampler = makeSampler({ url: ray.url, silenceMs: SILENCE_MS });
  expect(await sampler.isReady()).toBe(true);
  ray.isReady = false;
  expect(await sampler.isReady()).toBe(false);
  await ray.stop();
  expect(await sampler.isReady()).toBe(false);
});
