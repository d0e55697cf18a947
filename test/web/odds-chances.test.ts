import { intervalText, partText, shareOf, sizeChange, sizeText } from '../../web/lib/odds/chances';
import { chance, odds } from './study';

type Size = Parameters<typeof sizeChange>[0][number];

const sized = (size: string, share: string, low: string, high: string): Size => {
  const [first] = odds().sizes;
  if (!first) throw new Error('there is a size');
  return { ...first, size, passed: chance(share, low, high) };
};

/** Goal: a size is said to change the odds only where the simulation can tell. */
test.each`
  other                                      | sentence                                                               | tone
  ${sized('2.1', '0.29', '0.27', '0.31')}    | ${'This size lowers your odds from 41 % to 29 %.'}                     | ${'loss'}
  ${sized('0.5', '0.52', '0.49', '0.55')}    | ${'This size raises your odds from 41 % to 52 %.'}                     | ${'gain'}
  ${sized('1.1', '0.405', '0.375', '0.435')} | ${'This size leaves your odds about where they are: 41 % and 40.5 %.'} | ${undefined}
  ${sized('1.5', '0.37', '0.34', '0.38')}    | ${'This size leaves your odds about where they are: 41 % and 37 %.'}   | ${undefined}
`('$sentence', ({ other, sentence, tone }: { other: Size; sentence: string; tone: string | undefined }) => {
  const now = sized('1', '0.41', '0.38', '0.44');
  for (const sizes of [
    [now, other],
    [other, now],
  ]) {
    const change = sizeChange(sizes);
    expect(change?.sentence.replaceAll('\u00a0', ' ')).toBe(sentence);
    expect(change?.tone).toBe(tone);
    expect(change?.title).toContain('41\u00a0% (38\u00a0% to 44\u00a0%)');
  }
});

test('the size that is traded changes nothing, and without it there is nothing to compare', () => {
  const now = sized('1', '0.41', '0.38', '0.44');
  expect(sizeChange([now])?.sentence).toMatch(/your odds stay at 41\u00a0%/);
  expect(sizeChange([sized('2', '0.41', '0.38', '0.44')])).toBeUndefined();
});

test.each`
  size          | text
  ${'0.25'}     | ${'¼×'}
  ${'0.5'}      | ${'½×'}
  ${'1'}        | ${'1×'}
  ${'1.25'}     | ${'1¼×'}
  ${'2.75'}     | ${'2¾×'}
  ${'3'}        | ${'3×'}
  ${'0.62'}     | ${'0.62×'}
  ${'2.137'}    | ${'2.13×'}
  ${'2.70'}     | ${'2.7×'}
  ${'2.671875'} | ${'2.67×'}
  ${'1.004'}    | ${'1.004×'}
`('the size $size is read as $text', ({ size, text }: { size: string; text: string }) => {
  expect(sizeText(size)).toBe(text);
});

test.each`
  share         | text
  ${'0'}        | ${'0 %'}
  ${'0.000001'} | ${'< 0.1 %'}
  ${'0.0005'}   | ${'0.1 %'}
  ${'0.415'}    | ${'41.5 %'}
  ${'0.9994'}   | ${'99.9 %'}
  ${'0.999999'} | ${'> 99.9 %'}
  ${'1'}        | ${'100 %'}
`('a chance of $share is told as $text', ({ share, text }: { share: string; text: string }) => {
  expect(shareOf(share).replaceAll('\u00a0', ' ')).toBe(text);
});

test('what was not seen once may come all the same', () => {
  expect(intervalText(chance('0', '0', '0.000192')).replaceAll('\u00a0', ' ')).toBe('0 % to < 0.1 %');
});

test('paths are told as a share of all, to a tenth of a per cent', () => {
  expect([partText(410, 1_000), partText(1, 3_000), partText(0, 1_000)]).toEqual(['41\u00a0%', '0\u00a0%', '0\u00a0%']);
});
