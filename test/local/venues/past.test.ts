import { candlesOf } from '../../../local/candles/read-candles';
import { beginningOf, pathOf } from '../../../local/simulators/truth/candle-path';
import { PAST_MINUTES } from '../../../local/simulators/truth/past';
import { Truth } from '../../../local/simulators/truth/truth';

const story = (truth: Truth, id: string, minutes: number) =>
  Array.from({ length: minutes }, (_, minute) => truth.past.candle(id, minute));

describe('what was before the beginning', () => {
  const truth = new Truth({ seed: 5 });

  test.each(truth.listings.map(({ id }) => id))('%s ends where it begins, with whole candles for a week', (id) => {
    expect(PAST_MINUTES).toBeGreaterThanOrEqual(7 * 1_440);
    const candles = story(truth, id, PAST_MINUTES);
    expect(candles[0]?.close).toBe(truth.levels(id, 'bid')[0]?.tick);
    const wrong = candles.filter((candle, minute) => {
      if (!candle) return true;
      const { open, high, low, close, volume, trades } = candle;
      const isWhole = low > 0 && low <= Math.min(open, close) && high >= Math.max(open, close);
      // Each begins where the one before it ended.
      const goesOn = minute + 1 === PAST_MINUTES || candles[minute + 1]?.close === open;
      return !(isWhole && goesOn && volume > 0 && trades > 0);
    });
    expect(wrong).toEqual([]);
    expect(truth.past.candle(id, PAST_MINUTES)).toBeUndefined();
    expect(new Set(candles.map((candle) => candle?.close)).size).toBeGreaterThan(5);
  });

  test('is the same for the same seed, whatever has happened since', () => {
    const again = new Truth({ seed: 5 });
    for (let step = 0; step < 20; step++) again.step(1);
    expect(story(again, 'ETH-USD', 500)).toEqual(story(truth, 'ETH-USD', 500));
    expect(story(new Truth({ seed: 6 }), 'ETH-USD', 500)).not.toEqual(story(truth, 'ETH-USD', 500));
  });
});

describe('a tape that begins later', () => {
  const minute = (at: number) => new Date(Date.UTC(2022, 0, 1) + at * 60_000).toISOString().slice(0, 16);
  const lines = Array.from({ length: 10 }, (_, at) => `${minute(at)},${100 + at},${103 + at},${99 + at},${101 + at},1`);
  const tape = candlesOf(`timestamp,open,high,low,close,volume\n${lines.join('\n')}\n`);
  const replay = pathOf(tape, Date.UTC(2022, 0, 1, 0, 6));
  const truth = new Truth({ seed: 5, replay });

  test('has the minutes before it as its past, as they were', () => {
    expect(truth.mid('BTC-USD')).toBe(106);
    const [last, before] = story(truth, 'BTC-USD', 2);
    expect(last).toMatchObject({ open: 1_050, high: 1_080, low: 1_040, close: 1_060 });
    expect(before).toMatchObject({ open: 1_040, high: 1_070, low: 1_030, close: 1_050 });
    expect(truth.past.candle('BTC-USD', 5)).toMatchObject({ open: 1_000, high: 1_030, low: 990, close: 1_010 });
  });

  test('has a past of its seed where the tape has none, which ends where the tape begins', () => {
    const [older, first] = [truth.past.candle('BTC-USD', 6), truth.past.candle('BTC-USD', 5)];
    expect(Math.abs((older?.close ?? 0) - (first?.open ?? 0))).toBeLessThan(30);
  });

  test('goes on as the tape does', () => {
    for (let second = 0; second < 59; second++) truth.step(1);
    expect(truth.mid('BTC-USD')).toBeCloseTo(107, 6);
  });
});

/** Goal: at which minute of a tape the story begins. */
describe('the beginning of a tape', () => {
  const first = Date.UTC(2022, 0, 1);
  const [MINUTE, DAY] = [60_000, 86_400_000] as const;
  const tapeOf = (minutes: number) => {
    const flat = { open: 1, high: 1, low: 1, close: 1 };
    const rest = Array.from({ length: minutes - 1 }, (_, at) => ({ at: first + (at + 1) * MINUTE, ...flat }));
    return { candles: [{ at: first, ...flat }, ...rest] as const, understood: '' };
  };

  test.each`
    tape                       | wanted                    | begins
    ${'a day'}                 | ${undefined}              | ${0}
    ${'sixteen days'}          | ${undefined}              | ${0}
    ${'sixteen days and more'} | ${undefined}              | ${8 * DAY}
    ${'sixteen days and more'} | ${first}                  | ${0}
    ${'a day'}                 | ${first + 3 * MINUTE + 1} | ${3 * MINUTE}
  `('of $tape, asked for $wanted', ({ tape, wanted, begins }) => {
    const minutes = { 'a day': 1_440, 'sixteen days': 16 * 1_440, 'sixteen days and more': 16 * 1_440 + 1 }[
      tape as 'a day'
    ];
    expect(beginningOf(tapeOf(minutes), wanted) - first).toBe(begins);
  });

  test.each([first - 1, first + DAY])('a time that it does not hold is refused', (wanted) => {
    expect(() => beginningOf(tapeOf(1_440), wanted)).toThrow('from 2022-01-01T00:00 to 2022-01-01T23:59 UTC');
  });
});
