import { execFileSync } from 'node:child_process';
import { resolve } from 'node:path';
import { BEHIND_LINES, ERROR_LINES, PARKED_LINES } from '../../lib/constructs/line-metric';

/** Goal: the alarms read what the code writes. The lines are those of a process of its own, as Lambda gets them. */
const ROOT = resolve(__dirname, '../..');

const PROGRAM = `
  import { httpFunction } from './runtime/http';
  import { makeConsumer } from './runtime/consume-batch';
  import { makeLogger } from './runtime/log';
  const route = (path: string) => ({ method: 'GET', path, access: 'public', status: 200, pastEdge: true }) as const;
  const routes = { fine: route('/fine'), away: route('/away'), bug: route('/bug'), refused: route('/refused'),
    behind: route('/behind') };
  const handler = httpFunction(routes as never, {
    fine: async () => ({ ok: true, value: undefined }),
    away: async () => ({ ok: false, refusal: 'not_ready' }),
    refused: async () => ({ ok: false, refusal: 'forbidden' }),
    behind: async () => ({ ok: false, refusal: 'judge_behind' }),
    bug: async () => { throw new Error('a bug'); },
  } as never);
  const call = (path: string) =>
    handler({ routeKey: 'GET ' + path, rawPath: path, headers: {}, rawQueryString: '', isBase64Encoded: false, version: '2.0',
      requestContext: { http: { method: 'GET', path } } } as never, {} as never, () => {});
  const letters = { park: async () => {}, parkedKeys: async () => new Set<string>() };
  const consume = makeConsumer({ name: 'write-report', types: ['assessment.completed'], handle: async () => 'done' }, {
    deadLetters: async () => letters as never, isTransient: () => false, log: makeLogger(), wait: async () => {},
  });
  const record = { topic: 'assessment', partition: 0, offset: 1, key: '', value: 'bm9pc2U=', headers: [] };
  (async () => {
    for (const path of ['/fine', '/away', '/bug', '/refused', '/behind']) await call(path);
    await consume({ records: { 'assessment-0': [record] } } as never);
  })();
`;

type Line = Readonly<Record<string, unknown>>;

const lines: readonly Line[] = execFileSync(
  process.execPath,
  ['--import', 'tsx', '--input-type=module-typescript', '-e', PROGRAM],
  {
    cwd: ROOT,
    encoding: 'utf8',
    env: { ...process.env, LOG_LEVEL: 'info', SERVICE_NAME: 'write-report', STAGE: 'test' },
  },
)
  .split('\n')
  .filter((line) => line.startsWith('{'))
  .map((line) => JSON.parse(line));

/** CloudWatch's pattern for JSON, as far as ours go: `{ $.field >= number }` or `{ $.field = "text" }`. */
const isMatch = (pattern: string, line: Line): boolean => {
  const [, field = '', operator, value = ''] = /^\{ \$\.(\w+) (>=|=) (.+) \}$/.exec(pattern) ?? [];
  if (operator === '>=') return typeof line[field] === 'number' && line[field] >= Number(value);
  if (operator === '=') return line[field] === JSON.parse(value);
  throw new Error(`${pattern} is more than this test can read`);
};

test('each answer says its route and whether it failed: a rate needs both', () => {
  const answers = lines.filter((line) => isMatch('{ $.failed >= 0 }', line));
  expect(answers.map(({ route, failed, status }) => [route, failed, status])).toEqual([
    ['GET /fine', 0, 200],
    ['GET /away', 1, 503],
    ['GET /bug', 1, 500],
    ['GET /refused', 0, 403],
    ['GET /behind', 1, 503],
  ]);
});

test('an exception that becomes an answer, and a record that is parked, are error lines', () => {
  const errors = lines.filter((line) => isMatch(ERROR_LINES, line));
  expect(errors.map(({ msg }) => msg).sort()).toEqual(['parked', 'the request failed']);
});

test('a refusal is told by its name, and the alarm of a judge that is behind counts its own alone', () => {
  expect(lines.filter((line) => isMatch(BEHIND_LINES, line))).toMatchObject([{ route: 'GET /behind' }]);
  expect(lines.flatMap(({ refusal }) => refusal ?? [])).toEqual([
    'not_ready',
    'internal_error',
    'forbidden',
    'judge_behind',
  ]);
});

test('what is parked is a line that the alarm of its consumer counts', () => {
  expect(lines.filter((line) => isMatch(PARKED_LINES, line))).toMatchObject([{ consumer: 'write-report' }]);
});
