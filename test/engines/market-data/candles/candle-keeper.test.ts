import { type Instant, instant, plusMs } from '../../../../domain/kernel/instant';
import { price } from '../../../../domain/kernel/money';
import type { CandlePart } from '../../../../domain/market/candles/candle';
import { bucketsOf } from '../../../../domain/market/candles/folding';
import type { Resolution } from '../../../../domain/market/candles/resolution';
import type { ListedBook } from '../../../../domain/market/mark';
import { CandleKeeper } from '../../../../engines/market-data/candles/candle-keeper';
import type { ClosedCandle } from '../../../../usecases/ports/market-data/candles';
import { bookAt, dollars, TEN, tradeAt } from '../../../fixtures/book-story';
import { KeptCandles } from '../../../fixtures/kept-candles';

const UNIT = 10n ** 8n;

/** Copies of market-data over stores in memory, by a clock that the test sets. */
class Lab {
  readonly archive = new KeptCandles();
  readonly seconds = new KeptCandles();
  readonly told: ClosedCandle[] = [];
  readonly failures: string[] = [];
  readonly counted = { leftOut: [] as string[], setBack: 0, lost: [] as number[], waiting: new Map<string, number>() };
  now: Instant = TEN;
  brokersAreDown = false;
  private runs = 0;

  copy(isMine = () => true): CandleKeeper {
    return new CandleKeeper({
      isMine,
      archive: this.archive,
      seconds: this.seconds,
      candles: {
        publishCandles: async (candles) => {
          if (this.brokersAreDown) throw new Error('the brokers are down');
          this.told.push(...candles);
        },
      },
      now: () => this.now,
      newRun: () => `run-${this.runs++}`,
      metrics: {
        leftOut: (why) => void this.counted.leftOut.push(why),
        clockSetBack: () => void this.counted.setBack++,
        lost: (count) => void this.counted.lost.push(count),
        waiting: (store, count) => void this.counted.waiting.set(store, count),
      },
      onFailure: (error, what) => void this.failures.push(`${what}: ${error}`),
    });
  }

  /** Each second to `ms` after ten o'clock, as the workload does. */
  until(ms: number, ...keepers: readonly CandleKeeper[]): void {
    while (this.now < TEN + ms) {
      this.now = instant(Math.min(this.now + 1_000, TEN + ms));
      for (const keeper of keepers) keeper.tick();
    }
  }

  shown(resolution: Resolution, parts: readonly CandlePart[] = this.partsOf(resolution)): readonly string[] {
    return bucketsOf(parts).map(({ at, prices, volume, isWhole }) => {
      const words = prices
        ? [prices.open, prices.high, prices.low, prices.close].map((each) => each / UNIT)
        : ['no price'];
      return [(at - TEN) / 60_000, ...words, ...(volume ? [`v${volume}`] : []), ...(isWhole ? ['whole'] : [])].join(
        ' ',
      );
    });
  }

  private partsOf(resolution: Resolution): readonly CandlePart[] {
    const { rows } = resolution === '1s' ? this.seconds : this.archive;
    return [...rows.values()].filter((kept) => kept.resolution === resolution).map(({ part }) => part);
  }
}

const quote = (mid: number, more: Partial<ListedBook> = {}) => bookAt(mid, TEN, more);

test('a minute opens with the price that stood, keeps its extremes, and is whole', async () => {
  const lab = new Lab();
  const keeper = lab.copy();
  keeper.take(quote(100));
  lab.until(20_000, keeper);
  keeper.take(quote(104));
  lab.until(40_000, keeper);
  keeper.take(quote(97));
  lab.until(61_000, keeper);
  keeper.take(quote(102));
  keeper.tick();
  await keeper.flush();
  expect(lab.shown('1m')).toEqual(['0 100 104 97 97 whole', '1 97 102 97 102']);
  expect(lab.shown('1h')).toEqual(['0 100 104 97 102']);
  expect(lab.told.map(({ resolution, part }) => [resolution, part.isWhole])).toEqual([['1m', true]]);
});

/** Goal: what is not a price breaks the minute, and what may be shown is drawn. */
test.each`
  story                           | more                                                  | minute
  ${'a book that is not good'}    | ${{ quality: 'gapped' }}                              | ${'0 100 100 100 100'}
  ${'one that has been silent'}   | ${{ quality: 'stale' }}                               | ${'0 100 100 100 100'}
  ${'an empty side'}              | ${{ asks: [] }}                                       | ${'0 100 100 100 100'}
  ${'a side that may be wrong'}   | ${{ doubts: { bid: { why: 'jumped', since: TEN } } }} | ${'0 100 100 100 100'}
  ${'a thin side, which is real'} | ${{ doubts: { bid: { why: 'thin', since: TEN } } }}   | ${'0 100 110 100 110 whole'}
`('$story: $minute', async ({ more, minute }) => {
  const lab = new Lab();
  const keeper = lab.copy();
  keeper.take(quote(100));
  lab.until(10_000, keeper);
  keeper.take(quote(110, more));
  lab.until(60_000, keeper);
  await keeper.flush();
  expect(lab.shown('1m')[0]).toBe(minute);
});

test('a book that is judged again counts from now: its receipt may be long past', async () => {
  const lab = new Lab();
  const keeper = lab.copy();
  lab.until(30_000, keeper);
  keeper.take(quote(100));
  lab.until(60_000, keeper);
  await keeper.flush();
  expect([lab.shown('1m')[0], lab.counted.setBack]).toEqual(['0 100 100 100 100', 0]);
});

describe('trades', () => {
  test('count when they were told and are not mirrored; late ones land where they happened', async () => {
    const lab = new Lab();
    const keeper = lab.copy();
    const tell = keeper.counting(async ({ tradeId }) => (tradeId === 'refused' ? 'book_not_good' : undefined));
    const at = (ms: number, receivedMs = ms) => ({ venueAt: plusMs(TEN, ms), receivedAt: plusMs(TEN, receivedMs) });
    keeper.take(quote(100));
    lab.until(10_000, keeper);
    await tell(tradeAt(100, at(9_000)));
    await tell(tradeAt(100, { ...at(9_000), tradeId: 'refused' }));
    await tell(tradeAt(100, { ...at(9_000), isMirrored: true }));
    lab.until(90_000, keeper);
    await keeper.flush();
    await tell(tradeAt(100, at(59_999, 90_000)));
    await tell(tradeAt(100, at(0, 120_001)));
    await tell(tradeAt(100, at(180_000, 90_000)));
    keeper.tick();
    await keeper.flush();
    const each = 10n ** 7n;
    expect(lab.shown('1m')).toEqual([`0 100 100 100 100 v${2n * each} whole`, '1 100 100 100 100']);
    expect(lab.counted.leftOut).toEqual(['too_late', 'dated_ahead']);
    // The minute is told anew, as it is now.
    expect(lab.told.filter(({ resolution }) => resolution === '1m').map(({ part }) => part.volume)).toEqual([
      each,
      2n * each,
    ]);
  });

  test('that could not be told are in no candle', async () => {
    const lab = new Lab();
    const keeper = lab.copy();
    const tell = keeper.counting(async () => {
      throw new Error('the brokers are down');
    });
    await expect(tell(tradeAt(100))).rejects.toThrow('the brokers are down');
    keeper.tick();
    await keeper.flush();
    expect(lab.archive.rows.size).toBe(0);
  });
});

describe('several runs', () => {
  test('a restart in the middle of a minute loses neither its extremes nor its volume, and it is not whole', async () => {
    const lab = new Lab();
    const first = lab.copy();
    first.take(quote(100));
    lab.until(10_000, first);
    first.take(quote(120));
    first.trade(tradeAt(100, { venueAt: plusMs(TEN, 10_000), receivedAt: plusMs(TEN, 10_000) }));
    first.tick();
    await first.flush();
    // It is gone without a word; what it learned since is lost.
    lab.until(20_000);
    const second = lab.copy();
    second.take(quote(90));
    second.trade(tradeAt(90, { venueAt: lab.now, receivedAt: lab.now }));
    lab.until(61_000, second);
    await second.flush();
    expect(lab.shown('1m')[0]).toBe(`0 100 120 90 90 v${2n * 10n ** 7n}`);
    expect(lab.shown('1h')[0]).toBe(`0 100 120 90 90 v${2n * 10n ** 7n}`);
  });

  test('a handover leaves what each watched, and the one that waits writes nothing', async () => {
    const lab = new Lab();
    let owner = 1;
    const [one, other] = [lab.copy(() => owner === 1), lab.copy(() => owner === 2)];
    one.take(quote(100));
    other.take(quote(500));
    lab.until(30_000, one, other);
    owner = 2;
    one.pause(() => true);
    one.take(quote(600));
    other.take(quote(101));
    lab.until(60_000, one, other);
    await Promise.all([one.flush(), other.flush()]);
    expect(lab.shown('1m')[0]).toBe('0 100 101 100 101');
  });

  test('a copy that stood still claims nothing of the time in which another told the prices', async () => {
    const lab = new Lab();
    const keeper = lab.copy(() => lab.now < TEN + 59_000);
    keeper.take(quote(100));
    lab.until(58_000, keeper);
    lab.now = plusMs(TEN, 62_000);
    keeper.tick();
    await keeper.flush();
    expect(lab.shown('1m')).toEqual(['0 100 100 100 100']);
  });

  test('a clock that is set back begins a new run: the minutes that come twice are joined', async () => {
    const lab = new Lab();
    const keeper = lab.copy();
    keeper.take(quote(100));
    lab.until(70_000, keeper);
    lab.now = plusMs(TEN, 30_000);
    keeper.take(quote(90));
    keeper.tick();
    lab.until(125_000, keeper);
    await keeper.flush();
    expect(lab.shown('1m')).toEqual(['0 100 100 90 90', '1 100 100 90 100', '2 90 90 90 90']);
    expect(lab.counted.setBack).toBe(1);
  });
});

describe('a store', () => {
  test('that hangs delays no quote: publishing goes on, and all of it is kept afterwards', async () => {
    const lab = new Lab();
    const keeper = lab.copy();
    let letGo = () => {};
    lab.archive.hangs = new Promise((resolve) => {
      letGo = resolve;
    });
    const told: number[] = [];
    const publish = keeper.following(async (book: ListedBook) => {
      told.push(book.sequence);
      return { book, memory: { sequence: book.sequence }, failures: [] };
    });
    await publish(quote(100));
    keeper.tick();
    const flushed = keeper.flush();
    for (let sequence = 2; sequence <= 50; sequence++) await publish(quote(100 + sequence, { sequence }));
    lab.until(5_000, keeper);
    expect([told.length, lab.archive.rows.size]).toEqual([50, 0]);
    letGo();
    await flushed;
    await keeper.flush();
    expect(lab.shown('1m')).toEqual(['0 100 150 100 150']);
  });

  test('that is away is told of, and gets everything when it is back', async () => {
    const lab = new Lab();
    const keeper = lab.copy();
    lab.archive.isDown = true;
    keeper.take(quote(100));
    lab.until(61_000, keeper);
    await keeper.flush();
    expect(lab.failures).toEqual(['candles were not kept: Error: candles are down']);
    expect(lab.counted.waiting.get('archive')).toBe(3);
    lab.archive.isDown = false;
    await keeper.flush();
    expect(lab.shown('1m')).toEqual(['0 100 100 100 100 whole', '1 100 100 100 100']);
    expect(lab.counted.waiting.get('archive')).toBe(0);
  });

  test('of seconds keeps those in which something moved or traded', async () => {
    const lab = new Lab();
    const keeper = lab.copy();
    keeper.take(quote(100));
    lab.until(3_500, keeper);
    keeper.take(quote(101));
    lab.until(5_500, keeper);
    keeper.trade(tradeAt(101, { venueAt: lab.now, receivedAt: lab.now }));
    lab.until(8_000, keeper);
    await keeper.flush();
    expect([...lab.seconds.rows.values()].map(({ part }) => (part.at - TEN) / 1_000)).toEqual([0, 3, 5]);
    expect(lab.told).toEqual([]);
  });
});

test('a closed candle that no broker takes is told as a failure, and is in the database', async () => {
  const lab = new Lab();
  const keeper = lab.copy();
  lab.brokersAreDown = true;
  keeper.take(quote(100));
  lab.until(60_000, keeper);
  await keeper.flush();
  expect(lab.failures).toEqual(['closed candles were not told: Error: the brokers are down']);
  expect(lab.shown('1m')[0]).toBe('0 100 100 100 100 whole');
});

test('the exact mid is carried: half a unit is cut off', async () => {
  const lab = new Lab();
  const keeper = lab.copy();
  const level = (units: bigint) => [{ price: price(units), qty: bookAt(1).bids[0]?.qty as never }];
  keeper.take(quote(1, { bids: level(dollars(1)), asks: level(dollars(1) + 1n) }));
  keeper.tick();
  await keeper.flush();
  expect([...lab.archive.rows.values()][0]?.part.prices?.open).toBe(100_000_000n);
});
