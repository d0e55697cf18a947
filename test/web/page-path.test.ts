import { isWebAddress, safeReturn } from '../../web/lib/page-path';

/** Goal: signing in returns to a page of ours and never leads elsewhere. */
test.each`
  next                         | target
  ${'/desk/?assessment=0190a'} | ${'/desk/?assessment=0190a'}
  ${null}                      | ${'/assessments/'}
  ${'//evil.example/'}         | ${'/assessments/'}
  ${'/\\evil.example/'}        | ${'/assessments/'}
  ${'https://evil.example/'}   | ${'/assessments/'}
  ${'javascript:alert(1)'}     | ${'/assessments/'}
  ${'desk'}                    | ${'/assessments/'}
`('$next', ({ next, target }: { next: string | null; target: string }) => {
  expect(safeReturn(next)).toBe(target);
});

test('checkout leads to a web address or nowhere', () => {
  expect(isWebAddress('https://checkout.example/c/1')).toBe(true);
  expect(isWebAddress('javascript:alert(1)')).toBe(false);
});
