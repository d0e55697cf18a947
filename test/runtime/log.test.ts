import { type Logger, makeLogger } from '../../runtime/log';

const before = process.env;
afterEach(() => {
  process.env = before;
  jest.restoreAllMocks();
});

/** What is printed while something is said, line by line. */
function said(say: (log: Logger) => void, level = 'debug'): Record<string, unknown>[] {
  process.env = { ...before, LOG_LEVEL: level, SERVICE_NAME: 'auth', STAGE: 'test' };
  const lines: string[] = [];
  jest.spyOn(process.stdout, 'write').mockImplementation((text) => lines.push(`${text}`) > 0);
  say(makeLogger());
  jest.restoreAllMocks();
  return lines.map((line) => {
    expect(line.endsWith('\n')).toBe(true);
    return JSON.parse(line);
  });
}

test('a line says where it comes from, how bad it is and what it belongs to', () => {
  const lines = said((log) => {
    log.child({ correlationId: 'c' }).child({ route: 'GET /me' }).error({ status: 500 }, 'answered');
    log.warn('no fields');
  });
  const time = expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/);
  const common = { time, service: 'auth', stage: 'test' };
  expect(lines).toEqual([
    { level: 50, ...common, correlationId: 'c', route: 'GET /me', status: 500, msg: 'answered' },
    { level: 40, ...common, msg: 'no fields' },
  ]);
});

test.each`
  level       | levels
  ${'debug'}  | ${[20, 30, 40, 50]}
  ${'warn'}   | ${[40, 50]}
  ${'silent'} | ${[]}
`('at $level, $levels are told', ({ level, levels }) => {
  const lines = said((log) => {
    for (const each of ['debug', 'info', 'warn', 'error'] as const) log[each](each);
  }, level);
  expect(lines.map((line) => line.level)).toEqual(levels);
});

test('a secret is told nowhere, however deep it stands', () => {
  const secret = 'hunter2';
  const request = { headers: { authorization: secret, Cookie: secret }, body: [{ password: secret, token: secret }] };
  const [line] = said((log) =>
    log.info({ request, password: secret, cause: Object.assign(new Error('x'), { token: secret }) }, 'x'),
  );
  expect(JSON.stringify(line)).not.toContain(secret);
  expect(line?.password).toBe('[Redacted]');
});

test('an error comes with its stack, its cause and what a driver put into it', () => {
  const cause = Object.assign(new Error('connection refused'), { code: 'ECONNREFUSED' });
  const [line] = said((log) => log.error({ err: new RangeError('no database', { cause }) }, 'the request failed'));
  expect(line?.err).toMatchObject({
    type: 'RangeError',
    message: 'no database',
    stack: expect.stringMatching(/^RangeError: no database\n {4}at /),
    cause: { type: 'Error', message: 'connection refused', code: 'ECONNREFUSED' },
  });
});

test('what cannot be written costs its own field and no other', () => {
  const circle: Record<string, unknown> = {};
  circle.self = circle;
  const [line] = said((log) => log.info({ circle, amount: 9_007_199_254_740_993n, nothing: undefined, at: 1 }, 'x'));
  expect(line).toMatchObject({ circle: '[cannot be written]', amount: '9007199254740993', at: 1, msg: 'x' });
});
