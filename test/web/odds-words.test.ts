import {
  FAILURES,
  findingSentence,
  listedText,
  lossText,
  oddsSentence,
  safeSizeSentence,
  validationSentences,
} from '../../web/lib/odds/words';
import { chance, odds } from './study';

const plain = (text: string) => text.replaceAll('\u00a0', ' ');
const { validation } = odds();
if (!validation) throw new Error('the sample has a validation');

/** Goal: a trader reads plainly what was found, and no more than was found. */
test.each`
  finding      | trades | sentence
  ${'edge'}    | ${340} | ${'These 340 trades are hard to explain by luck alone.'}
  ${'luck'}    | ${34}  | ${'These 34 trades cannot be told from luck.'}
  ${'loses'}   | ${34}  | ${'These 34 trades lose, and luck alone does not explain it.'}
  ${'too_few'} | ${12}  | ${'These 12 trades are too few to tell an edge from luck.'}
`('$sentence', (row: { finding: 'edge' | 'luck' | 'loses' | 'too_few'; trades: number; sentence: string }) => {
  expect(findingSentence(row)).toBe(row.sentence);
});

test('the test of luck is told with its figures in words', () => {
  expect(validationSentences(validation).map(plain)).toEqual([
    'If there were no edge at all, 21 % of such runs of trades would still look this good (p-value).',
    'A trade makes $12.40 on average after fees; from −$18.20 to $43.10 fits these trades as well (95 % interval), ' +
      'so that it may also lose.',
    'After taking off what the best of 3 attempts shows by luck alone, the chance that the edge is real is put at ' +
      '33 % (deflated Sharpe ratio).',
    'Trades are drawn in runs of 2 on average, so that streaks stay together.',
  ]);
});

test('one attempt, an interval above nothing and a tiny p-value are told as what they are', () => {
  const sure = { ...validation, trials: 1, meanBlock: 1, meanLowUsd: '2', pValue: '0.0004' };
  const [first, second, third, fourth] = validationSentences(sure).map(plain);
  expect(first).toContain('less than 0.1 % of such runs');
  expect(second).not.toContain('may also lose');
  expect(third).toContain('the best of one attempt');
  expect(fourth).toContain('no dependence between trades was found');
});

test('the answer names the chance, the time and the mean day, where there is one', () => {
  expect(plain(oddsSentence(odds()))).toBe(
    'Traded like this, about 41 % of accounts pass within 60 trading days. A verdict comes after 12.5 days on average.',
  );
  expect(plain(oddsSentence(odds({ expectedDays: null, days: 1 })))).toBe(
    'Traded like this, about 41 % of accounts pass within 1 trading day.',
  );
  const passed = chance('0.0004', '0.0002', '0.001');
  expect(oddsSentence(odds({ passed, expectedDays: null }))).toBe(
    'Traded like this, fewer than 1 in 1,000 accounts pass within 60 trading days.',
  );
});

test('the size at five per cent is told, or that there is none', () => {
  expect(plain(safeSizeSentence({ safeSize: '0.35' }))).toMatch(/^Up to 0.35× the size as it is traded/);
  expect(safeSizeSentence({ safeSize: null })).toMatch(/^At no size that was looked at/);
});

test('a loss below nothing is told as the gain that it is', () => {
  expect([lossText('1000'), lossText('0'), lossText('-145.1')]).toEqual(['$1,000', '$0', 'a gain of $145.10']);
});

test('a list tells the chance of what is completed, else how it stands', () => {
  const { passed } = odds();
  expect(plain(listedText({ status: 'completed', passed }))).toBe('41 % (38 % to 44 %) pass');
  expect(listedText({ status: 'cancelled', passed: null })).toBe('Cancelled');
});

test('each failure says what to do', () => {
  expect(Object.values(FAILURES).every((text) => /\.$/.test(text) && text.length > 40)).toBe(true);
});
