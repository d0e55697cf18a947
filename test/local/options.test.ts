import { writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readOptions } from '../../local/options';
import { portsFrom } from '../../local/ports';

const read = (...args: string[]) => readOptions(args, '/checkout');

test('without options: the documented ports, kept data, real time', () => {
  expect(read()).toEqual({
    fresh: false,
    portBase: undefined,
    replay: undefined,
    replayFrom: undefined,
    speed: 1,
    ray: undefined,
    dataDir: '/checkout/.local',
  });
});

test('Ray is asked for, refused, or left to what is installed', () => {
  expect([read('--ray').ray, read('--no-ray').ray, read().ray]).toEqual([true, false, undefined]);
});

test('every option is read', () => {
  const replay = join(tmpdir(), 'candles.csv');
  writeFileSync(replay, '');
  expect(
    read('--fresh', '--port-base', '4000', '--replay', replay, '--speed', '60', '--replay-from', '2022-01-08T12:30'),
  ).toMatchObject({
    fresh: true,
    portBase: 4000,
    replay,
    replayFrom: Date.UTC(2022, 0, 8, 12, 30),
    speed: 60,
  });
});

/** Goal: a wrong option is one line that names it and its rule. */
test.each`
  args                                     | complaint
  ${['--port-base', '80']}                 | ${'--port-base must be a whole number'}
  ${['--port-base', '4000.5']}             | ${'--port-base must be a whole number'}
  ${['--port-base', '65535']}              | ${'--port-base must be a whole number'}
  ${['--speed', '0']}                      | ${'--speed must be'}
  ${['--speed', 'fast']}                   | ${'--speed must be'}
  ${['--replay', '/no/such/file']}         | ${'--replay: there is no file /no/such/file'}
  ${['--replay-from', '2022-01-08T12:30']} | ${'--replay-from needs --replay'}
  ${['--replay-from', 'January']}          | ${'--replay-from must be a UTC time'}
  ${['--replay-from', '2022-13-08T12:30']} | ${'--replay-from must be a UTC time'}
  ${['--fersh']}                           | ${"Unknown option '--fersh'"}
  ${['extra']}                             | ${"Unexpected argument 'extra'"}
`('$args', ({ args, complaint }) => {
  expect(() => read(...args)).toThrow(complaint);
});

describe('ports', () => {
  test('are those of the documentation by default', () => {
    expect(portsFrom(undefined)).toMatchObject({
      api: 3000,
      marketData: 3001,
      websocket: 3003,
      riskEngine: 3005,
      eventRelay: 3006,
      origin: 8080,
    });
  });

  test('move together with the base, and no two are the same', () => {
    const ports = portsFrom(4000);
    expect(ports).toMatchObject({ api: 4000, marketData: 4001, websocket: 4003, origin: 4080 });
    expect(new Set(Object.values(ports)).size).toBe(Object.values(ports).length);
  });
});
