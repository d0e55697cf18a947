import { keyOf, philox, scaledBy, type Words } from '../../../domain/simulation/philox';

const FULL = 0xffffffff;
const hex = (words: readonly number[]) => words.map((word) => word.toString(16).padStart(8, '0')).join(' ');

/** Goal: the very words of Random123's known answers (`kat_vectors`, philox4x32-10). */
test.each`
  counter                                             | key                         | words
  ${[0, 0, 0, 0]}                                     | ${[0, 0]}                   | ${'6627e8d5 e169c58d bc57ac4c 9b00dbd8'}
  ${[FULL, FULL, FULL, FULL]}                         | ${[FULL, FULL]}             | ${'408f276d 41c83b0e a20bc7c6 6d5451fd'}
  ${[0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344]} | ${[0xa4093822, 0x299f31d0]} | ${'d16cfe09 94fdcceb 5001e420 24126ea1'}
`(
  'the block of $counter',
  ({ counter, key, words }: { counter: Words; key: readonly [number, number]; words: string }) => {
    expect(hex(philox(counter, key))).toBe(words);
  },
);

test('a seed is a key, its lower word first', () => {
  expect(hex(keyOf(0x1234_5678_9abc_def0n))).toBe('9abcdef0 12345678');
  expect(hex(keyOf(2n ** 64n - 1n))).toBe('ffffffff ffffffff');
});

test.each`
  word       | amount   | part
  ${0}       | ${1000n} | ${0n}
  ${FULL}    | ${1000n} | ${999n}
  ${2 ** 31} | ${1001n} | ${500n}
`('$word parts of 2^32 of $amount are $part', ({ word, amount, part }) => {
  expect(scaledBy(word, amount)).toBe(part);
});
