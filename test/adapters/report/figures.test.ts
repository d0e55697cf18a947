import { dollars, duration, exactDollars, factor, gain, localTime, percent } from '../../../adapters/report/figures';
import { timeTicks, valueTicks } from '../../../adapters/report/scale';
import { instant } from '../../../domain/kernel/instant';
import { ppm, usd } from '../../../domain/kernel/money';

test.each`
  micros                 | exact                | cents               | change
  ${0n}                  | ${'$0.00'}           | ${'$0.00'}          | ${'$0.00'}
  ${4_999n}              | ${'$0.004999'}       | ${'$0.00'}          | ${'$0.00'}
  ${5_000n}              | ${'$0.005'}          | ${'$0.01'}          | ${'+$0.01'}
  ${-5_000n}             | ${'−$0.005'}         | ${'−$0.01'}         | ${'−$0.01'}
  ${-4_999n}             | ${'−$0.004999'}      | ${'$0.00'}          | ${'$0.00'}
  ${999_999_999n}        | ${'$999.999999'}     | ${'$1,000.00'}      | ${'+$1,000.00'}
  ${-1_234_567_890_000n} | ${'−$1,234,567.89'}  | ${'−$1,234,567.89'} | ${'−$1,234,567.89'}
  ${100_000_000_001n}    | ${'$100,000.000001'} | ${'$100,000.00'}    | ${'+$100,000.00'}
`('$micros millionths of a dollar', (row: { micros: bigint; exact: string; cents: string; change: string }) => {
  const amount = usd(row.micros);
  expect([exactDollars(amount), dollars(amount), gain(amount)]).toEqual([row.exact, row.cents, row.change]);
});

test.each`
  parts         | share         | ratio
  ${0n}         | ${'0.00 %'}   | ${'0.00'}
  ${49n}        | ${'0.00 %'}   | ${'0.00'}
  ${50n}        | ${'0.01 %'}   | ${'0.00'}
  ${166_667n}   | ${'16.67 %'}  | ${'0.17'}
  ${1_000_000n} | ${'100.00 %'} | ${'1.00'}
  ${2_345_000n} | ${'234.50 %'} | ${'2.35'}
`('$parts parts of a million', ({ parts, share, ratio }: { parts: bigint; share: string; ratio: string }) => {
  expect([percent(ppm(parts)), factor(ppm(parts))]).toEqual([share, ratio]);
});

test.each`
  seconds    | text
  ${0}       | ${'0 s'}
  ${59.9}    | ${'59 s'}
  ${61}      | ${'1 min 1 s'}
  ${3_600}   | ${'1 h'}
  ${90_061}  | ${'1 d 1 h'}
  ${604_815} | ${'7 d 15 s'}
`('$seconds s took $text', ({ seconds, text }: { seconds: number; text: string }) => {
  expect(duration(instant(0), instant(seconds * 1000))).toBe(text);
});

test('times are those of the rules’ zone, on both sides of a clock change', () => {
  const before = instant(Date.parse('2026-03-29T00:59:59Z'));
  const after = instant(Date.parse('2026-03-29T01:00:00Z'));
  expect(localTime(before, 'Europe/Prague')).toBe('2026-03-29 01:59:59');
  expect(localTime(after, 'Europe/Prague')).toBe('2026-03-29 03:00:00');
});

test.each`
  low       | high       | ticks
  ${0}      | ${100}     | ${[0, 20, 40, 60, 80, 100]}
  ${90_000} | ${108_000} | ${[90_000, 95_000, 100_000, 105_000]}
  ${-165}   | ${0}       | ${[-150, -100, -50, 0]}
  ${5}      | ${5}       | ${[5]}
`('an axis from $low to $high', ({ low, high, ticks }: { low: number; high: number; ticks: readonly number[] }) => {
  expect(valueTicks(low, high, 6).map((tick) => Math.round(tick * 100) / 100 + 0)).toEqual(ticks);
});

test.each`
  from                      | to                        | zone               | texts
  ${'2026-03-14T12:00:00Z'} | ${'2026-03-14T12:06:00Z'} | ${'UTC'}           | ${['12:00', '12:01', '12:02', '12:03', '12:04', '12:05', '12:06']}
  ${'2026-03-14T12:00:00Z'} | ${'2026-03-14T12:00:04Z'} | ${'UTC'}           | ${['12:00:00', '12:00:01', '12:00:02', '12:00:03', '12:00:04']}
  ${'2026-03-14T20:00:00Z'} | ${'2026-03-15T20:00:00Z'} | ${'Europe/Prague'} | ${['15 Mar 00:00', '15 Mar 06:00', '15 Mar 12:00', '15 Mar 18:00']}
  ${'2026-03-27T10:00:00Z'} | ${'2026-03-31T10:00:00Z'} | ${'Europe/Prague'} | ${['28 Mar', '29 Mar', '30 Mar', '31 Mar']}
`('from $from to $to in $zone', (row: { from: string; to: string; zone: string; texts: readonly string[] }) => {
  const [from, to] = [instant(Date.parse(row.from)), instant(Date.parse(row.to))];
  const ticks = timeTicks(from, to, row.zone, 7);
  expect(ticks.map(({ text }) => text)).toEqual(row.texts);
  expect(ticks.every(({ value }) => value >= from && value <= to)).toBe(true);
});
