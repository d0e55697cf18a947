import { instant, isoText } from '../../../../domain/kernel/instant';
import { price, qty } from '../../../../domain/kernel/money';
import { CandleMaker } from '../../../../domain/market/candles/candle-maker';
import { Run, shown } from './candle-story';

const DAY = '2026-03-14';

/** Goal: a minute says what the mid was from its first instant to its last, what traded, and whether all was seen. */
test.each`
  story                                               | path                                                                            | minutes
  ${'one mid, while the minute is open'}              | ${'12:00:05 100'}                                                               | ${['12:00 100 100 100 100']}
  ${'up, down and between'}                           | ${'12:00:00 100, 12:00:10 103, 12:00:20 98, 12:00:59 101'}                      | ${['12:00 100 103 98 101']}
  ${'watched from its first instant to its last'}     | ${'12:00:00 100, 12:00:30 99, 12:01:00 tick'}                                   | ${['12:00 100 100 99 99 whole', '12:01 99 99 99 99']}
  ${'begun within the minute'}                        | ${'12:00:00.001 100, 12:01:00 tick'}                                            | ${['12:00 100 100 100 100', '12:01 100 100 100 100']}
  ${'the next minute opens with the price that held'} | ${'12:00:00 100, 12:01:20 105, 12:02:00 tick'}                                  | ${['12:00 100 100 100 100 whole', '12:01 100 105 100 105 whole', '12:02 105 105 105 105']}
  ${'a mid at its first instant opens it'}            | ${'12:00:00 100, 12:01:00 105, 12:02:00 tick'}                                  | ${['12:00 100 100 100 100 whole', '12:01 105 105 105 105 whole', '12:02 105 105 105 105']}
  ${'a silent minute is flat and whole'}              | ${'12:00:00 100, 12:02:00 tick'}                                                | ${['12:00 100 100 100 100 whole', '12:01 100 100 100 100 whole', '12:02 100 100 100 100']}
  ${'lost for a moment'}                              | ${'12:00:00 100, 12:00:20 lost, 12:00:21 90, 12:01:00 tick'}                    | ${['12:00 100 100 90 90', '12:01 90 90 90 90']}
  ${'lost and not found'}                             | ${'12:00:00 100, 12:00:20 lost, 12:03:00 tick'}                                 | ${['12:00 100 100 100 100']}
  ${'lost over a whole minute'}                       | ${'12:00:00 100, 12:00:20 lost, 12:02:00 90, 12:03:00 tick'}                    | ${['12:00 100 100 100 100', '12:02 90 90 90 90 whole', '12:03 90 90 90 90']}
  ${'trades count in their minute'}                   | ${'12:00:00 100, 12:00:10 0.5@12:00:10, 12:01:05 0.25@12:01:05, 12:02:00 tick'} | ${['12:00 100 100 100 100 v0.5 whole', '12:01 100 100 100 100 v0.25 whole', '12:02 100 100 100 100']}
  ${'a late trade lands where it happened'}           | ${'12:00:00 100, 12:02:30 0.5@12:00:59.999, 12:02:40 tick'}                     | ${['12:00 100 100 100 100 v0.5 whole', '12:01 100 100 100 100 whole', '12:02 100 100 100 100']}
  ${'a trade a little ahead opens nothing'}           | ${'12:00:00 100, 12:00:58 0.5@12:01:02, 12:01:00 tick'}                         | ${['12:00 100 100 100 100 whole', '12:01 100 100 100 100 v0.5']}
  ${'a trade before anything was watched'}            | ${'12:01:10 0.5@12:00:50, 12:01:20 100, 12:02:00 tick'}                         | ${['12:01 100 100 100 100', '12:02 100 100 100 100']}
`('$story', ({ path, minutes }) => {
  expect(new Run(DAY).go(path).candles('1m')).toEqual(minutes);
});

/** Goal: a trade whose time cannot be right is refused by name, and the bound is exact. */
test.each`
  happened          | told              | refusal
  ${'12:00:00'}     | ${'12:02:00'}     | ${[]}
  ${'12:00:00'}     | ${'12:02:00.001'} | ${['too_late']}
  ${'12:02:05'}     | ${'12:02:00'}     | ${[]}
  ${'12:02:05.001'} | ${'12:02:00'}     | ${['dated_ahead']}
`('a trade of $happened told at $told: $refusal', ({ happened, told, refusal }) => {
  expect(new Run(DAY).go(`12:00:00 100, ${told} 1@${happened}`).leftOut).toEqual(refusal);
});

/** Goal: whatever clocks do, a candle is right, or says that it is not whole, or the trade is refused by name. */
describe('clocks', () => {
  test('a venue 40 s behind: its trades land in the bucket of their stamp; 40 s ahead: each is refused', () => {
    const path = (happened: string) => `12:00:00 100, 12:01:10 1@${happened}, 12:02:00 tick`;
    const [behind, ahead] = [new Run(DAY).go(path('12:00:30')), new Run(DAY).go(path('12:01:50'))];
    expect(behind.candles('1m')[0]).toBe('12:00 100 100 100 100 v1 whole');
    expect([ahead.leftOut, ahead.candles('1m').join().includes('v')]).toEqual([['dated_ahead'], false]);
  });

  test('our clock set back by 40 s: a new maker goes on, and the minutes that it sees again are joined, not whole', () => {
    const first = new Run(DAY).go('12:00:00 100, 12:00:50 110, 12:01:10 120');
    const back = instant(Date.parse(`${DAY}T12:00:30Z`));
    expect([first.maker.isSetBack(back), first.maker.isSetBack(instant(back + 39_000))]).toEqual([true, false]);
    const second = new Run(DAY).go('12:00:30 90, 12:02:00 tick');
    expect(shown([...first.parts('1m'), ...second.parts('1m')])).toEqual([
      '12:00 100 110 90 110',
      '12:01 110 120 90 120',
      '12:02 90 90 90 90',
    ]);
  });

  test('a correction of less than a second changes nothing but the moment', () => {
    const run = new Run(DAY, false).go('12:00:00 100, 12:00:04 101, 12:00:03.5 102, 12:00:04 tick');
    expect(run.candles('1m')).toEqual(['12:00 100 102 100 102']);
  });

  test('set ahead, or asleep: nobody watched meanwhile, and no candle is drawn of it', () => {
    const run = new Run(DAY, false).go('12:00:00 100, 12:00:05 tick, 13:30:10 101, 13:30:12 tick');
    expect(run.candles('1m')).toEqual(['12:00 100 100 100 100', '13:30 101 101 101 101']);
    expect(
      new Run(DAY, false).go('12:00:00 100, 12:00:05 tick, 12:00:10.001 tick, 12:00:12 tick').candles('1s'),
    ).toEqual([
      ...['12:00', '12:00:01', '12:00:02', '12:00:03', '12:00:04'].map((time) => `${time} 100 100 100 100 whole`),
      '12:00:05 100 100 100 100',
    ]);
  });

  test('a stamp that is repeated, as in a leap second, counts each time; the last mid closes', () => {
    const path = '12:00:00 100, 12:00:01 105, 12:00:01 95, 12:00:01 101, 12:00:01 1@12:00:01, 12:00:01 1@12:00:01';
    expect(new Run(DAY).go(`${path}, 12:00:02 tick`).candles('1s')[1]).toBe('12:00:01 105 105 95 101 v2 whole');
  });
});

/** Goal: buckets are cut in UTC, whatever the calendar does: hours and days of one length, none missing, none twice. */
test.each`
  story                             | from                      | to                        | days
  ${'summer time begins in Europe'} | ${'2026-03-28T00:00:00Z'} | ${'2026-03-31T00:00:00Z'} | ${['2026-03-28', '2026-03-29', '2026-03-30']}
  ${'summer time ends in America'}  | ${'2026-10-31T00:00:00Z'} | ${'2026-11-03T00:00:00Z'} | ${['2026-10-31', '2026-11-01', '2026-11-02']}
  ${'a leap day'}                   | ${'2028-02-28T00:00:00Z'} | ${'2028-03-02T00:00:00Z'} | ${['2028-02-28', '2028-02-29', '2028-03-01']}
  ${'no leap day'}                  | ${'2027-02-28T00:00:00Z'} | ${'2027-03-02T00:00:00Z'} | ${['2027-02-28', '2027-03-01']}
`('$story', ({ from, to, days }) => {
  const maker = new CandleMaker(['1h', '1d']);
  const [begin, end] = [Date.parse(from), Date.parse(to)];
  maker.take(price(1n), instant(begin));
  for (let at = begin; at <= end; at += 5_000) maker.pass(instant(at));
  const whole = maker.changed().filter(({ part }) => part.isWhole);
  const startsOf = (resolution: string) =>
    whole.filter((each) => each.resolution === resolution).map(({ part }) => isoText(part.at));
  expect(startsOf('1d')).toEqual(days.map((day: string) => `${day}T00:00:00.000Z`));
  expect(startsOf('1h')).toEqual(
    days.flatMap((day: string) =>
      [...Array(24).keys()].map((hour) => `${day}T${String(hour).padStart(2, '0')}:00:00.000Z`),
    ),
  );
});

test('a year of hours: every one of both summer times is there once, and all days are whole', () => {
  const maker = new CandleMaker(['1h', '1d']);
  const [begin, end] = [Date.UTC(2026, 0, 1), Date.UTC(2027, 0, 1)];
  const starts = new Set<number>();
  let days = 0;
  maker.take(price(1n), instant(begin));
  for (let at = begin; at <= end; at += 5_000) {
    maker.pass(instant(at));
    if (at % 3_600_000 !== 0) continue;
    for (const { resolution, part } of maker.changed()) {
      if (part.isWhole && resolution === '1h') starts.add(part.at);
      if (part.isWhole && resolution === '1d') days += 1;
    }
  }
  expect([starts.size, days]).toEqual([365 * 24, 365]);
});

test('what no trade can change any more is forgotten; a late trade never meets an empty bucket of the same time', () => {
  const maker = new CandleMaker(['1s']);
  const begin = Date.UTC(2026, 2, 14);
  maker.take(price(1n), instant(begin));
  for (let at = begin; at <= begin + 600_000; at += 1_000) maker.pass(instant(at));
  maker.changed();
  const [late, latest] = [instant(begin + 480_000), instant(begin + 600_000)];
  expect(maker.trade(qty(5n), late, latest)).toBeUndefined();
  expect(maker.trade(qty(5n), instant(late - 1), latest)).toBe('too_late');
  // A receipt that lags behind the time that has passed does not reach further back.
  expect(maker.trade(qty(5n), instant(late - 1), instant(latest - 60_000))).toBe('too_late');
  expect(maker.changed().map(({ part }) => [part.at, part.prices?.open, part.volume, part.isWhole])).toEqual([
    [late, 1n, 5n, true],
  ]);
});
