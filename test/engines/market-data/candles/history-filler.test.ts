import { DAY_MS, type Instant, plusMs } from '../../../../domain/kernel/instant';
import type { Instrument } from '../../../../domain/market/instrument';
import { HistoryFiller } from '../../../../engines/market-data/candles/history-filler';
import type { CandleHistory } from '../../../../usecases/ports/market-data/candles';
import { TEN } from '../../../fixtures/book-story';
import { bitcoin, ether } from '../../../fixtures/domain-story';

/** Two windows of each instrument at each venue. */
function lab({ days = 2, listed = [bitcoin, ether] as readonly Instrument[] } = {}) {
  const state = { now: TEN as Instant, listed, isDown: new Set<string>(), hasAll: false };
  const asked: string[] = [];
  const pauses: number[] = [];
  const said: string[] = [];
  const counted: string[] = [];
  const history = (venue: CandleHistory['venue'], paceMs: number): CandleHistory => ({
    venue,
    paceMs,
    reach: [{ resolution: '1m', backMs: 3 * DAY_MS, perAnswer: 2 * 1_440 }],
    read: async () => ({ candles: [], refused: 0 }),
  });
  const filler: HistoryFiller = new HistoryFiller({
    histories: [history('kraken', 1_200), history('coinbase', 250)],
    instruments: async () => state.listed,
    fill: async ({ venue }, { instrument, range }) => {
      if (state.hasAll) return { asked: false, kept: 0, refused: 0 };
      asked.push(`${instrument.id} ${Math.round((range.to - TEN) / DAY_MS)}`);
      if (state.isDown.has(venue)) throw new Error(`${venue} is down`);
      return { asked: true, kept: 5, refused: 1 };
    },
    days,
    now: () => state.now,
    pause: async (ms) => void pauses.push(ms),
    metrics: {
      filled: (venue, candles) => void counted.push(`${venue} filled ${candles}`),
      refused: (venue, candles) => void counted.push(`${venue} refused ${candles}`),
      fillFailed: (venue) => void counted.push(`${venue} failed`),
    },
    onFailure: (error, what) => void said.push(`${what}: ${error}`),
  });
  return { state, asked, pauses, said, counted, filler };
}

test('the newest window of each instrument comes first, at the venue’s pace', async () => {
  const { filler, asked, pauses, counted } = lab();
  filler.open();
  await filler.pass();
  const [btc, eth] = [bitcoin.id, ether.id];
  expect(asked.map((line) => line.split(' ')[0])).toEqual([btc, eth, btc, eth]);
  expect(pauses).toEqual([1_200, 1_200, 1_200, 1_200]);
  expect(counted.slice(0, 2)).toEqual(['kraken filled 5', 'kraken refused 1']);
});

test('it looks again soon while there was something to ask, and each minute after that', async () => {
  const { filler, asked, state } = lab();
  filler.open();
  const passAfter = async (ms: number) => {
    const before = asked.length;
    state.now = plusMs(state.now, ms);
    await filler.pass();
    return asked.length > before;
  };
  expect([await passAfter(0), await passAfter(9_999), await passAfter(1)]).toEqual([true, false, true]);
  state.hasAll = true;
  await passAfter(10_000);
  state.hasAll = false;
  expect([await passAfter(59_999), await passAfter(1)]).toEqual([false, true]);
});

test('where nothing is listed yet it looks again soon', async () => {
  const { filler, asked, state } = lab({ listed: [] });
  filler.open();
  await filler.pass();
  state.listed = [bitcoin];
  state.now = plusMs(state.now, 10_000);
  await filler.pass();
  expect(asked).toHaveLength(2);
});

test('a copy that waits asks nothing, nor does anybody where no history is wanted', async () => {
  const waiting = lab();
  await waiting.filler.pass();
  const unwanted = lab({ days: 0 });
  unwanted.filler.open();
  await unwanted.filler.pass();
  expect([waiting.asked, unwanted.asked]).toEqual([[], []]);
});

test('a market that is over is not asked about', async () => {
  const { filler, asked } = lab({
    listed: [
      { ...bitcoin, status: 'resolved' },
      { ...ether, status: 'halted' },
    ],
  });
  filler.open();
  await filler.pass();
  expect(new Set(asked.map((line) => line.split(' ')[0]))).toEqual(new Set([ether.id]));
});

test('a venue that does not answer is left alone after three windows', async () => {
  const { filler, asked, said, counted, state } = lab();
  state.isDown.add('kraken');
  filler.open();
  await filler.pass();
  expect([asked.length, said.length]).toEqual([3, 1]);
  expect(said[0]).toBe(`kraken told no candles of ${bitcoin.id}: Error: kraken is down`);
  expect(counted).toEqual(['kraken failed', 'kraken failed', 'kraken failed']);
  // It is asked again after a minute, and not as soon as one that answers.
  state.now = plusMs(state.now, 59_999);
  await filler.pass();
  expect(asked).toHaveLength(3);
  state.now = plusMs(state.now, 1);
  await filler.pass();
  expect(asked).toHaveLength(6);
});

test('it stops between two questions when another copy leads', async () => {
  const { filler, asked, pauses } = lab();
  filler.open();
  const push = pauses.push.bind(pauses);
  pauses.push = (...ms) => {
    filler.pause();
    return push(...ms);
  };
  await filler.pass();
  expect(asked).toHaveLength(1);
});
