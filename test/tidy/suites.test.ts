import { linesOf, sourceFiles } from './source';
import { reachesOf } from './suites';

/** Its rows hold imports that are none of its own. */
const ABOUT_IMPORTS = /^test\/tidy\//;

test('no suite reaches into another', () => {
  const files = sourceFiles.filter((file) => file.startsWith('test/') && !ABOUT_IMPORTS.test(file));
  expect(files.length).toBeGreaterThan(200);
  expect(files.flatMap((file) => reachesOf(file, linesOf(file)))).toEqual([]);
});

test.each`
  file                    | line                                            | reaches
  ${'test/web/x.test.ts'} | ${"import { a } from '../domain/story';"}       | ${'web and domain'}
  ${'test/web/x.test.ts'} | ${"const a = await import('../domain/story');"} | ${'web and domain'}
  ${'test/web/x.test.ts'} | ${"jest.mock('../system/trader');"}             | ${'web and system'}
  ${'test/fixtures/x.ts'} | ${"import { a } from '../web/story';"}          | ${'fixtures and web'}
  ${'test/web/x.test.ts'} | ${"import { a } from '../fixtures/story';"}     | ${undefined}
  ${'test/web/x.test.ts'} | ${"import { a } from './parts/story';"}         | ${undefined}
  ${'test/web/y/x.ts'}    | ${"import { a } from '../story';"}              | ${undefined}
  ${'test/web/x.test.ts'} | ${"import { a } from '../../web/lib/story';"}   | ${undefined}
  ${'web/lib/x.ts'}       | ${"import { a } from '../../test/web/story';"}  | ${undefined}
`('$line in $file reaches $reaches', ({ file, line, reaches }) => {
  expect(reachesOf(file, [line])).toEqual(reaches ? [`${file}:1: move what ${reaches} share to test/fixtures`] : []);
});
