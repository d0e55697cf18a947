import { attemptText, boardMonths, monthText, ordinal, returnText } from '../../web/lib/leaderboards';

/** Goal: a line reads as people say it, and nothing is rounded into another rank's figure. */
test.each`
  returned      | text
  ${'0.0425'}   | ${'+4.25\u00a0%'}
  ${'0.000001'} | ${'+0.00\u00a0%'}
  ${'1.2'}      | ${'+120.00\u00a0%'}
  ${'0.042549'} | ${'+4.25\u00a0%'}
`('$returned is shown as $text', ({ returned, text }) => {
  expect(returnText(returned)).toBe(text);
});

test.each`
  attempt | attempts | phase | phases | text
  ${1}    | ${1}     | ${1}  | ${1}   | ${'1st attempt'}
  ${2}    | ${1}     | ${2}  | ${2}   | ${'2nd attempt of phase 2'}
  ${3}    | ${7}     | ${1}  | ${2}   | ${'3rd attempt of phase 1, 7 traded that month'}
`('$text', ({ text, ...line }) => {
  expect(attemptText(line as never)).toBe(text);
});

test.each([
  [1, '1st'],
  [2, '2nd'],
  [3, '3rd'],
  [4, '4th'],
  [11, '11th'],
  [12, '12th'],
  [13, '13th'],
  [21, '21st'],
  [112, '112th'],
])('%i is %s', (n, text) => expect(ordinal(n)).toBe(text));

test('twelve months of UTC, this one first, each by its name', () => {
  const months = boardMonths(Date.UTC(2026, 0, 31, 23, 59));
  expect([months.length, months[0], months[1], months.at(-1)]).toEqual([12, '2026-01', '2025-12', '2025-02']);
  expect(monthText('2026-03')).toBe('March 2026');
});
