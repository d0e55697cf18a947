import { complaintsOf } from './bans';
import { linesOf, sourceFiles } from './source';

/** These files hold the banned words themselves. */
const ABOUT_BANS = new Set(['test/tidy/bans.ts', 'test/tidy/tidy.test.ts']);

/** Goal: the rules that a linter cannot know hold everywhere, and each would be noticed. */
test('every source file is tidy', () => {
  expect(sourceFiles.length).toBeGreaterThan(300);
  const complaints = sourceFiles
    .filter((file) => !ABOUT_BANS.has(file))
    .flatMap((file) => complaintsOf(file, linesOf(file)));
  expect(complaints).toEqual([]);
});

test.each`
  file                       | line                                | complaint
  ${'domain/market/x.ts'}    | ${'const now = Date.now();'}        | ${'an Instant passed in'}
  ${'usecases/x.ts'}         | ${'const id = randomUUID();'}       | ${'an id passed in'}
  ${'domain/kernel/x.ts'}    | ${'const n = Number(text);'}        | ${'bigint and divide()'}
  ${'usecases/x.ts'}         | ${"console.log('x');"}              | ${'a returned value, or a port'}
  ${'adapters/redis/x.ts'}   | ${'const url = process.env.REDIS;'} | ${'runtime/config'}
  ${'lambdas/x/handler.ts'}  | ${"query('SELECT 1 FROM users');"}  | ${'a statement in adapters/cockroach'}
  ${'runtime/x.ts'}          | ${'// TODO later'}                  | ${'an issue, or do it now'}
  ${'web/lib/x.ts'}          | ${"fetch('https://example.com');"}  | ${'a path on the one origin'}
  ${'test/domain/x.test.ts'} | ${"test.skip('x', () => {});"}      | ${'a test that runs'}
  ${'test/domain/x.test.ts'} | ${'expect(true).toBe(true);'}       | ${'a test that can fail'}
  ${'adapters/x/utils.ts'}   | ${''}                               | ${'name it after what it holds'}
  ${'domain/kernel/x.ts'}    | ${'x'.repeat(121)}                  | ${'over 120 columns'}
  ${'domain/kernel/x.ts'}    | ${'\n'.repeat(301)}                 | ${'over 300 lines has two subjects'}
`('$line in $file is noticed', ({ file, line, complaint }: { file: string; line: string; complaint: string }) => {
  expect(complaintsOf(file, line.split('\n')).join()).toContain(complaint);
});
