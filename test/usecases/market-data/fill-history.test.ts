import { DAY_MS, type Instant, instant, plusMs } from '../../../domain/kernel/instant';
import { price, qty } from '../../../domain/kernel/money';
import type { CandlePart } from '../../../domain/market/candles/candle';
import { bucketsOf } from '../../../domain/market/candles/folding';
import { fillHistory, historyWindows } from '../../../usecases/market-data/fill-history';
import type {
  CandleHistory,
  CandleRange,
  HistoryReach,
  VenueCandle,
} from '../../../usecases/ports/market-data/candles';
import { TEN } from '../../fixtures/book-story';
import { bitcoin } from '../../fixtures/domain-story';
import { KeptCandles } from '../../fixtures/kept-candles';

const MINUTE_MS = 60_000;
const MINUTES: HistoryReach = { resolution: '1m', backMs: 3_650 * DAY_MS, perAnswer: 10 };
const minuteOf = (at: number) => (at - TEN) / MINUTE_MS;
const at = (minute: number): Instant => plusMs(TEN, minute * MINUTE_MS);
const flat = (start: Instant, value: bigint) => ({
  open: price(value),
  high: price(value),
  low: price(value),
  close: price(value),
  openAt: start,
  closeAt: start,
});

/** A venue that has a candle of each minute but those that it lacks, and tells what it was asked. */
class Lab {
  readonly archive = new KeptCandles();
  readonly asked: string[] = [];
  readonly lacks = new Set<number>();
  isDown = false;
  readonly history: CandleHistory = {
    venue: 'kraken',
    reach: [MINUTES],
    paceMs: 0,
    read: async (_, __, range: CandleRange) => {
      this.asked.push(`${minuteOf(range.from)}-${minuteOf(range.to)}`);
      if (this.isDown) throw new Error('the venue is down');
      const candles: VenueCandle[] = [];
      for (let start = range.from; start < range.to; start = plusMs(start, MINUTE_MS)) {
        if (this.lacks.has(minuteOf(start))) continue;
        candles.push({ at: start, prices: flat(start, 500n), volume: null, trades: null });
      }
      return { candles, refused: this.lacks.size };
    },
  };
  private readonly fill = fillHistory({ archive: this.archive, clock: { now: () => at(1_000) } });

  /** The minutes from one to another; aligned windows of ten. */
  run = (from: number, to: number) =>
    this.fill(this.history, { instrument: bitcoin, reach: MINUTES, range: { from: at(from), to: at(to) } });

  async keep(minute: number, more: Partial<CandlePart> = {}): Promise<void> {
    const start = at(minute);
    const prices = flat(start, 100n);
    const part = { at: start, source: 'mark', prices, volume: qty(1n), trades: 1, isWhole: true, ...more } as const;
    await this.archive.put([{ instrument: bitcoin.id, resolution: '1m', run: 'run-1', revision: 1, part }]);
  }

  async shown(from: number, to: number): Promise<readonly string[]> {
    const series = { instrument: bitcoin.id, resolution: '1m' } as const;
    const parts = await this.archive.newest(series, { from: at(from), to: at(to) }, 100);
    return bucketsOf(parts).map(({ at: start, prices, source }) => `${minuteOf(start)} ${prices?.close} ${source}`);
  }
}

test('what nobody watched is asked for, and kept as the venue’s own', async () => {
  const lab = new Lab();
  expect(await lab.run(0, 3)).toEqual({ asked: true, kept: 3, refused: 0 });
  expect(await lab.shown(0, 10)).toEqual(['0 500 venue', '1 500 venue', '2 500 venue']);
});

test('what was watched whole stays the mark’s; only what was not is completed', async () => {
  const lab = new Lab();
  for (const minute of [0, 1, 4]) await lab.keep(minute);
  await lab.keep(2, { isWhole: false });
  expect(await lab.run(0, 6)).toEqual({ asked: true, kept: 3, refused: 0 });
  expect(lab.asked).toEqual(['2-6']);
  expect(await lab.shown(0, 6)).toEqual([
    '0 100 mark',
    '1 100 mark',
    '2 500 venue',
    '3 500 venue',
    '4 100 mark',
    '5 500 venue',
  ]);
  // What the mark saw of the broken minute is there as it was.
  expect(await lab.archive.lastMark(bitcoin.id)).toBe(100n);
  expect([...lab.archive.rows.values()].filter(({ part }) => part.source === 'mark')).toHaveLength(4);
});

test('a window that is complete costs no question, nor does one that was asked for before', async () => {
  const lab = new Lab();
  lab.lacks.add(1);
  await lab.run(0, 3);
  await lab.run(0, 3);
  expect(lab.asked).toEqual(['0-3']);
  await lab.keep(3);
  await lab.run(0, 4);
  expect(lab.asked).toEqual(['0-3']);
  await lab.run(0, 6);
  expect(lab.asked).toEqual(['0-3', '4-6']);
  expect(await lab.shown(0, 6)).toEqual(['0 500 venue', '2 500 venue', '3 100 mark', '4 500 venue', '5 500 venue']);
});

test('a question without an answer is asked again', async () => {
  const lab = new Lab();
  lab.isDown = true;
  await expect(lab.run(0, 3)).rejects.toThrow('the venue is down');
  lab.isDown = false;
  expect(await lab.run(0, 3)).toMatchObject({ asked: true, kept: 3 });
});

describe('the windows of a venue', () => {
  const windowsOf = (reach: readonly HistoryReach[], days: number, now: Instant) => {
    const history = { ...new Lab().history, reach };
    return historyWindows(history, bitcoin, { days, now }).map(
      ({ reach: { resolution }, range }) =>
        `${resolution} ${(range.from - now) / MINUTE_MS} ${(range.to - now) / MINUTE_MS}`,
    );
  };

  test('go from now back as far as is wanted or told, the newest first, and begin at the same instants each time', () => {
    const now = instant(TEN + 5 * MINUTE_MS + 30_000);
    const half = (minutes: number) => minutes - 0.5;
    expect(windowsOf([{ resolution: '1m', backMs: 25 * MINUTE_MS, perAnswer: 10 }], 3, now)).toEqual([
      `1m ${half(-5)} ${half(-1)}`,
      `1m ${half(-15)} ${half(-5)}`,
      `1m ${half(-24)} ${half(-15)}`,
    ]);
  });

  test('lengths between minutes and days are asked for where the minutes do not reach', () => {
    const reach = (resolution: HistoryReach['resolution'], days: number): HistoryReach => ({
      resolution,
      backMs: days * DAY_MS,
      perAnswer: 100_000,
    });
    const lengths = (minutesDays: number) => [
      ...new Set(
        windowsOf(
          [reach('1m', minutesDays), reach('5m', 9), reach('1h', 9), reach('4h', 9), reach('1d', 9)],
          3,
          TEN,
        ).map((window) => window.split(' ')[0]),
      ),
    ];
    expect([lengths(0.5), lengths(3)]).toEqual([
      ['1m', '5m', '1h', '4h', '1d'],
      ['1m', '1h', '1d'],
    ]);
  });

  test('hours are wanted ten times as far back, days a hundred times', () => {
    const far = { backMs: 10_000 * DAY_MS, perAnswer: 1_000_000 };
    const starts = windowsOf(
      [
        { resolution: '1h', ...far },
        { resolution: '1d', ...far },
      ],
      3,
      TEN,
    );
    const days = Math.max(...starts.map((window) => -Number(window.split(' ')[1]) / 1_440));
    expect([starts.length, Math.ceil(days)]).toEqual([2, 300]);
  });
});
