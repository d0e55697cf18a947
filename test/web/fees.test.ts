import { feesText, feeText } from '../../web/lib/fees';
import { btc } from './account';

/** Goal: a fee is told as exactly as it is charged. */
test.each`
  kind                  | rate        | text
  ${'proportional'}     | ${'0.004'}  | ${'0.4\u00a0% of the value'}
  ${'proportional'}     | ${'0.0025'} | ${'0.25\u00a0% of the value'}
  ${'proportional'}     | ${'0'}      | ${'none'}
  ${'probability'}      | ${'0.07'}   | ${'7\u00a0% × p × (1 − p) a share, p its price'}
  ${'probability_cent'} | ${'0.07'}   | ${'7\u00a0% × p × (1 − p) a share, p its price, rounded up to a cent for each order'}
`('$text', ({ kind, rate, text }) => {
  expect(feeText({ kind, rate })).toBe(text);
});

test('the ticket tells both fees', () => {
  expect(feesText(btc)).toBe(
    'Fee: 0.4\u00a0% of the value for what fills at once, 0.25\u00a0% of the value for what rests first.',
  );
});
