import { dollarsText } from '../../../domain/kernel/dollars-text';
import { usd } from '../../../domain/kernel/money';

/** Goal: a sentence says whole cents, grouped, and never rounds a bound in favour of what breaks it. */
test.each`
  units                     | floor                  | ceil
  ${0n}                     | ${'$0.00'}             | ${'$0.00'}
  ${1n}                     | ${'$0.00'}             | ${'$0.01'}
  ${-1n}                    | ${'−$0.01'}            | ${'$0.00'}
  ${8_161_832_217n}         | ${'$8,161.83'}         | ${'$8,161.84'}
  ${999_990_000n}           | ${'$999.99'}           | ${'$999.99'}
  ${1_000_000_000n}         | ${'$1,000.00'}         | ${'$1,000.00'}
  ${-12_345_678_9n}         | ${'−$123.46'}          | ${'−$123.45'}
  ${1_234_567_890_000_000n} | ${'$1,234,567,890.00'} | ${'$1,234,567,890.00'}
`('$units millionths of a dollar', ({ units, floor, ceil }) => {
  expect([dollarsText(usd(units), 'floor'), dollarsText(usd(units), 'ceil')]).toEqual([floor, ceil]);
});
