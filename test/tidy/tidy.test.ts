import { complaintsOf } from './bans';
import { linesOf, sourceFiles } from './source';

/** These files hold the banned words themselves. */
const ABOUT_BANS = new Set(['test/tidy/bans.ts', 'test/tidy/words.ts', 'test/tidy/tidy.test.ts']);

/** Goal: the rules that a linter cannot know hold everywhere, and each would be noticed. */
test('every source file is tidy', () => {
  expect(sourceFiles.length).toBeGreaterThan(300);
  const complaints = sourceFiles
    .filter((file) => !ABOUT_BANS.has(file))
    .flatMap((file) => complaintsOf(file, linesOf(file)));
  expect(complaints).toEqual([]);
});

/** More files than that in one folder are more than one subject: give it rooms. */
const FILES_MAX = 15;
/** A migration is one file and stays for good: the folder is read by its numbers. */
const GROWS = /^adapters\/cockroach\/migrations\//;

test('no folder of what decides, joins or talks to the outside holds more than a reader can look over', () => {
  const counts = new Map<string, number>();
  for (const file of sourceFiles.filter((each) => /^(domain|usecases|adapters)\//.test(each) && !GROWS.test(each))) {
    const folder = file.slice(0, file.lastIndexOf('/'));
    counts.set(folder, (counts.get(folder) ?? 0) + 1);
  }
  expect(counts.size).toBeGreaterThan(50);
  expect([...counts].filter(([, files]) => files > FILES_MAX)).toEqual([]);
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
  ${'lib/x.ts'}              | ${'    ...{ period, statistic },'}  | ${'the properties themselves'}
  ${'test/web/x.ts'}         | ${"    ...(['a', 'b'] as const),"}  | ${'the elements themselves'}
  ${'adapters/x.ts'}         | ${'    ...[userId, email],'}        | ${'the elements themselves'}
  ${'usecases/x.ts'}         | ${'const happening = 1;'}           | ${'account event'}
  ${'adapters/x.ts'}         | ${'const { announcement } = x;'}    | ${'an outbox message'}
  ${'usecases/x.ts'}         | ${'const desk = loadContext();'}    | ${'a context'}
  ${'usecases/x.ts'}         | ${'// As the desk wants it.'}       | ${'a context'}
  ${'adapters/x.ts'}         | ${'const ladder = levels;'}         | ${'levels of a book'}
  ${'engines/x.ts'}          | ${'const hindsight = 1;'}           | ${'catch-up'}
  ${'domain/market/x.ts'}    | ${'return so.account;'}             | ${'the name of what it is'}
  ${'usecases/x.ts'}         | ${'/** Of a payment. */'}           | ${'begins with its subject'}
  ${'web/lib/x.ts'}          | ${'  // The same for a closing.'}   | ${'begins with its subject'}
  ${'domain/kernel/x.ts'}    | ${'x'.repeat(121)}                  | ${'over 120 columns'}
  ${'domain/kernel/x.ts'}    | ${'\n'.repeat(301)}                 | ${'over 300 lines has two subjects'}
`('$line in $file is noticed', ({ file, line, complaint }: { file: string; line: string; complaint: string }) => {
  expect(complaintsOf(file, line.split('\n')).join()).toContain(complaint);
});

test.each`
  file                | line
  ${'usecases/x.ts'}  | ${"await tell('the risk desk');"}
  ${'contracts/x.ts'} | ${"origin: z.enum(['trader', 'desk']),"}
  ${'adapters/x.ts'}  | ${"const page = '/desk/';"}
  ${'web/desk/x.tsx'} | ${'const desk = open();'}
  ${'web/lib/x.ts'}   | ${'// A screen reader announces it.'}
  ${'usecases/x.ts'}  | ${'// Ends, so that nothing waits.'}
`('$line in $file is good', ({ file, line }: { file: string; line: string }) => {
  expect(complaintsOf(file, [line])).toEqual([]);
});
