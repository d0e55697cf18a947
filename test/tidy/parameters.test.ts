import { ALLOWED, crowdedIn } from './parameters';
import { linesOf, sourceFiles } from './source';

const PRODUCT =
  /^(bin|lib|domain|contracts|usecases|adapters|runtime|lambdas|eks-workloads|engines|local|web)\/.*\.tsx?$/;

test('no function takes five parameters without a reason', () => {
  const crowded = sourceFiles
    .filter((file) => PRODUCT.test(file))
    .flatMap((file) => crowdedIn(file, linesOf(file).join('\n')));
  expect(crowded.sort()).toEqual(Object.keys(ALLOWED).sort());
  expect(crowded.length).toBeLessThanOrEqual(8);
});

test.each`
  text                                                     | crowded
  ${'function five(a, b, c, d, e) {}'}                     | ${['x.ts five']}
  ${'const five = (a, b, c, d, { e }) => a;'}              | ${['x.ts five']}
  ${'class A { constructor(a, b, c, d, readonly e) {} }'}  | ${['x.ts constructor']}
  ${'class A { five(a, b, c, d, e) {} }'}                  | ${['x.ts five']}
  ${'const a = { five: (a, b, c, d, e) => a };'}           | ${['x.ts five']}
  ${'const a = { five(a, b, c, d, e) {} };'}               | ${['x.ts five']}
  ${'export const outer = (a) => (b, c, d, e, f) => a;'}   | ${['x.ts outer']}
  ${'function four(a, b, c, d) {}'}                        | ${[]}
  ${'type Five = (a: 1, b: 1, c: 1, d: 1, e: 1) => void;'} | ${[]}
`('$text', ({ text, crowded }) => {
  expect(crowdedIn('x.ts', text)).toEqual(crowded);
});
