import { type Instant, instant, isoText, plusMs } from '../../../domain/kernel/instant';
import { price, qty } from '../../../domain/kernel/money';
import type { CandlePart } from '../../../domain/market/candles/candle';
import type { Resolution } from '../../../domain/market/candles/resolution';
import { readBars } from '../../../usecases/market-data/read-bars';
import { type CandleQuestion, readCandles } from '../../../usecases/market-data/read-candles';
import { type KeptPart, VENUE_RUN } from '../../../usecases/ports/market-data/candles';
import { BTC, TEN } from '../../fixtures/book-story';
import { KeptCandles } from '../../fixtures/kept-candles';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

const partOf = (at: number, value: number, more: Partial<CandlePart> = {}): CandlePart => ({
  at: instant(at),
  source: 'mark',
  prices: {
    open: price(BigInt(value)),
    high: price(BigInt(value)),
    low: price(BigInt(value)),
    close: price(BigInt(value)),
    openAt: instant(at),
    closeAt: instant(at),
  },
  volume: qty(1n),
  trades: 1,
  isWhole: true,
  ...more,
});

/** Stores with `count` buckets of a resolution from ten o'clock on, the value of each its place. */
class Lab {
  readonly archive = new KeptCandles();
  readonly seconds = new KeptCandles();
  now: Instant = plusMs(TEN, 48 * HOUR_MS);
  readonly read = readCandles({
    archive: this.archive,
    seconds: this.seconds,
    clock: { now: () => this.now },
  });

  async keep(resolution: Resolution, parts: readonly CandlePart[], run = 'run-1'): Promise<void> {
    const kept = parts.map((part): KeptPart => ({ instrument: BTC, resolution, run, revision: 1, part }));
    await (resolution === '1s' ? this.seconds : this.archive).put(kept);
  }

  minutes = (count: number, more: Partial<CandlePart> = {}) =>
    this.keep(
      '1m',
      [...Array(count).keys()].map((minute) => partOf(TEN + minute * MINUTE_MS, minute, more)),
    );

  async ask(more: Partial<CandleQuestion>) {
    const page = await this.read({ instrument: BTC, resolution: '1m', limit: 100, ...more });
    const shown = page.candles.map(
      ({ at, open, close, volume, isWhole, source }) =>
        `${isoText(at).slice(11, 16)} ${open}-${close} v${volume}${isWhole ? '' : ' part'}${source === 'mark' ? '' : ` ${source}`}`,
    );
    return { shown, olderThan: page.olderThan };
  }

  /** All pages into the past. */
  async all(more: Partial<CandleQuestion>) {
    const pages: string[][] = [];
    let to = more.to;
    for (;;) {
      const { shown, olderThan } = await this.ask({ ...more, to });
      pages.unshift([...shown]);
      if (olderThan === undefined) return pages;
      expect(olderThan).toBeLessThan(to ?? this.now);
      to = olderThan;
    }
  }
}

test('pages lead from now into the past, oldest first in each, none twice and none left out', async () => {
  const lab = new Lab();
  await lab.minutes(7);
  expect(await lab.all({ limit: 3 })).toEqual([
    ['10:00 0-0 v1'],
    ['10:01 1-1 v1', '10:02 2-2 v1', '10:03 3-3 v1'],
    ['10:04 4-4 v1', '10:05 5-5 v1', '10:06 6-6 v1'],
  ]);
});

test('a range has its first instant and not its last; one that holds nothing is empty', async () => {
  const lab = new Lab();
  await lab.minutes(10);
  const at = (minutes: number) => plusMs(TEN, minutes * MINUTE_MS);
  expect(await lab.ask({ from: at(2), to: at(4) })).toEqual({
    shown: ['10:02 2-2 v1', '10:03 3-3 v1'],
    olderThan: undefined,
  });
  expect((await lab.ask({ from: plusMs(at(2), 1), to: plusMs(at(3), 1) })).shown).toEqual(['10:03 3-3 v1']);
  expect(await lab.ask({ from: at(20), to: at(30) })).toEqual({ shown: [], olderThan: undefined });
  expect(await lab.ask({ from: at(4), to: at(4) })).toEqual({ shown: [], olderThan: undefined });
});

test('five minutes add up from their minutes; the one under way is not whole', async () => {
  const lab = new Lab();
  await lab.minutes(12);
  expect((await lab.ask({ resolution: '5m' })).shown).toEqual(['10:00 0-4 v5', '10:05 5-9 v5', '10:10 10-11 v2 part']);
  expect((await lab.ask({ resolution: '15m' })).shown).toEqual(['10:00 0-11 v12 part']);
});

test('four hours and days add up from hours', async () => {
  const lab = new Lab();
  const midnight = TEN - 10 * HOUR_MS;
  await lab.keep(
    '1h',
    [...Array(30).keys()].map((hour) => partOf(midnight + hour * HOUR_MS, hour)),
  );
  expect((await lab.ask({ resolution: '4h', limit: 2 })).shown).toEqual(['00:00 24-27 v4', '04:00 28-29 v2 part']);
  expect((await lab.ask({ resolution: '1d' })).shown).toEqual(['00:00 0-23 v24', '00:00 24-29 v6 part']);
});

test('what the venue has of a whole bucket stands where the minutes are not all there', async () => {
  const lab = new Lab();
  await lab.minutes(7);
  const venue = (minutes: number, value: number) =>
    partOf(TEN + minutes * MINUTE_MS, value, { source: 'venue', volume: null });
  await lab.keep('5m', [venue(-5, 90), venue(0, 91), venue(5, 92)], VENUE_RUN);
  expect((await lab.ask({ resolution: '5m' })).shown).toEqual([
    '09:55 90-90 vnull venue',
    '10:00 0-4 v5',
    '10:05 92-92 vnull venue',
  ]);
});

test('a fold of both says so', async () => {
  const lab = new Lab();
  await lab.minutes(3);
  const venue = [3, 4].map((minute) => partOf(TEN + minute * MINUTE_MS, minute, { source: 'venue' }));
  await lab.keep('1m', venue, VENUE_RUN);
  expect((await lab.ask({ resolution: '5m' })).shown).toEqual(['10:00 0-4 v5 mixed']);
});

test('seconds come from their own store', async () => {
  const lab = new Lab();
  await lab.keep('1s', [partOf(TEN, 1), partOf(TEN + 1_000, 2)]);
  expect((await lab.ask({ resolution: '1s' })).shown).toEqual(['10:00 1-1 v1', '10:00 2-2 v1']);
});

test('a page of coarse candles is read in bounded pieces, and every piece is complete', async () => {
  const lab = new Lab();
  const count = 40_000;
  lab.now = instant(TEN + count * HOUR_MS);
  await lab.keep(
    '1h',
    [...Array(count).keys()].map((hour) => partOf(TEN + hour * HOUR_MS, hour)),
  );
  const pages = await lab.all({ resolution: '1d', limit: 1_500 });
  const days = pages.flat();
  expect([pages.length, days.length]).toEqual([3, Math.ceil((count + 10) / 24)]);
  expect(days.filter((day) => day.endsWith('part'))).toEqual([days[0], days.at(-1)]);
});

test('a crash loop leaves a minute in more parts than a page reads, and nobody is held up by it', async () => {
  const lab = new Lab();
  await lab.minutes(2);
  for (let run = 0; run < 120; run++) await lab.keep('1m', [partOf(TEN + 2 * MINUTE_MS, run)], `crash-${run}`);
  expect((await lab.all({ limit: 1 })).slice(0, 2)).toEqual([['10:00 0-0 v1'], ['10:01 1-1 v1']]);
});

describe('bars for a chart library', () => {
  const bars = async (lab: Lab, from: number, to: number, count?: number) => {
    const at = (minutes: number) => plusMs(TEN, minutes * MINUTE_MS);
    const read = readBars(lab.read);
    const answer = await read({ instrument: BTC, resolution: '1m', from: at(from), to: at(to), count });
    return [answer.candles.map((each) => Number(each.open)), answer.nextAt && (answer.nextAt - TEN) / MINUTE_MS];
  };

  test.each`
    story                                          | from   | to     | count        | answer
    ${'a range'}                                   | ${2}   | ${5}   | ${undefined} | ${[[2, 3, 4], undefined]}
    ${'as many as are wanted, whatever the range'} | ${4}   | ${5}   | ${3}         | ${[[2, 3, 4], undefined]}
    ${'more than there are'}                       | ${4}   | ${3}   | ${99}        | ${[[0, 1, 2], undefined]}
    ${'after the last one'}                        | ${50}  | ${60}  | ${undefined} | ${[[], 9]}
    ${'before the first one'}                      | ${-60} | ${-50} | ${undefined} | ${[[], undefined]}
    ${'before the first one, with a count'}        | ${-60} | ${-50} | ${5}         | ${[[], undefined]}
  `('$story', async ({ from, to, count, answer }) => {
    const lab = new Lab();
    await lab.minutes(10);
    expect(await bars(lab, from, to, count)).toEqual(answer);
  });

  test('more than a page are put together from several', async () => {
    const lab = new Lab();
    lab.now = plusMs(TEN, 4_000 * MINUTE_MS);
    await lab.minutes(4_000);
    const [opens] = await bars(lab, 0, 4_000, 3_500);
    expect(opens).toEqual([...Array(3_500).keys()].map((each) => each + 500));
  });
});
