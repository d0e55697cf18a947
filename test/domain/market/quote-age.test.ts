import { isNewer } from '../../../domain/market/quote-age';

test.each`
  next        | known        | isNews   | story
  ${[1, 100]} | ${undefined} | ${true}  | ${'the first one'}
  ${[8, 120]} | ${[7, 110]}  | ${true}  | ${'the next one'}
  ${[7, 110]} | ${[7, 110]}  | ${false} | ${'a repeat'}
  ${[6, 105]} | ${[7, 110]}  | ${false} | ${'overtaken'}
  ${[1, 130]} | ${[7, 110]}  | ${true}  | ${'the connector restarted and counts anew'}
  ${[8, 50]}  | ${[7, 110]}  | ${true}  | ${'the clock was set back'}
`('$story', ({ next, known, isNews }: { next: number[]; known?: number[]; isNews: boolean }) => {
  const age = ([sequence = 0, receivedAt = 0]: number[]) => ({ sequence, receivedAt });
  expect(isNewer(age(next), known && age(known))).toBe(isNews);
});
