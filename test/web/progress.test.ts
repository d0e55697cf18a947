import { DAY_MS } from '../../domain/kernel/instant';
import { metText, stepOf, untilText } from '../../web/lib/progress';
import { countdownText } from '../../web/lib/reset-countdown';

const gate = (name: string, have: string, need: string, isMet: boolean) =>
  ({ gate: name, have, need, isMet }) as Parameters<typeof stepOf>[0];

/** Goal: a trader sees what is still missing, in the unit that it is counted in. */
test.each`
  given                                                   | name                    | have             | need                   | fill
  ${gate('target_usd', '250000000', '1000000000', false)} | ${'Profit target'}      | ${'$250'}        | ${'of $1,000'}         | ${250}
  ${gate('target_usd', '-12500000', '1000000000', false)} | ${'Profit target'}      | ${'−$12.50'}     | ${'of $1,000'}         | ${0}
  ${gate('trades', '2', '3', false)}                      | ${'Trades'}             | ${'2'}           | ${'of 3'}              | ${666}
  ${gate('days', '4', '4', true)}                         | ${'Trading days'}       | ${'4'}           | ${'of 4'}              | ${1000}
  ${gate('flat_positions', '0', '0', true)}               | ${'Open positions'}     | ${'0'}           | ${'all closed'}        | ${1000}
  ${gate('flat_positions', '2', '0', false)}              | ${'Open positions'}     | ${'2'}           | ${'to be closed'}      | ${0}
  ${gate('best_trade_ppm', '355000', '400000', true)}     | ${'Best trade’s share'} | ${'35.5\u00a0%'} | ${'at most 40\u00a0%'} | ${887}
  ${gate('best_day_ppm', '355000', '400000', true)}       | ${'Best day’s share'}   | ${'35.5\u00a0%'} | ${'at most 40\u00a0%'} | ${887}
`('$name: $have $need', ({ given, name, have, need, fill }) => {
  expect(stepOf(given)).toEqual({ gate: given.gate, name, have, need, isMet: given.isMet, fill });
});

test('the met ones are counted', () => {
  expect(metText([stepOf(gate('trades', '3', '3', true)), stepOf(gate('days', '1', '4', false))])).toBe('1 of 2 met');
});

test.each`
  leftMs                | text
  ${3_600_000}          | ${'01:00:00'}
  ${DAY_MS * 2 + 5_000} | ${'2 d 00:00:05'}
  ${-5_000}             | ${'00:00:00'}
`('$text until a deadline', ({ leftMs, text }) => {
  expect(untilText(1_000_000 + leftMs, 1_000_000, countdownText)).toBe(text);
});
