import type { InstrumentId } from '../../../../domain/kernel/ids';
import { plusMs } from '../../../../domain/kernel/instant';
import type { Book } from '../../../../domain/market/book';
import type { Candle } from '../../../../domain/market/candle';
import { CandleKeeper } from '../../../../engines/market-data/candles/candle-keeper';
import { BTC, bookAt, dollars, TEN } from '../../../fixtures/book-story';

/** A store in memory, which can be made to fail. */
function storeOf() {
  const kept = new Map<InstrumentId, Candle[]>();
  const state = { isDown: false, failures: [] as string[] };
  const store = {
    put: async (instrument: InstrumentId, candle: Candle) => {
      if (state.isDown) throw new Error('candles are down');
      const others = (kept.get(instrument) ?? []).filter(({ at }) => at !== candle.at);
      kept.set(instrument, [...others, candle]);
    },
    latest: async (instrument: InstrumentId, limit: number) => (kept.get(instrument) ?? []).slice(-limit),
  };
  const run = async (...books: readonly Book[]) => {
    const keeper = new CandleKeeper({ candles: store, onFailure: (error) => void state.failures.push(`${error}`) });
    for (const book of books) keeper.take(book);
    await keeper.settled();
  };
  const shown = () =>
    (kept.get(BTC) ?? []).map(({ at, open, high, low, close }) =>
      [(at - TEN) / 60_000, ...[open, high, low, close].map((value) => value / 10n ** 8n)].join(' '),
    );
  return { state, run, shown, kept };
}

describe('the candle of a minute', () => {
  test('opens with its first mid, keeps its extremes, and is complete when the next one opens', async () => {
    const { run, shown } = storeOf();
    const path = [
      [0, 100],
      [600, 104],
      [700, 97],
      [59_900, 101],
      [60_000, 102],
    ] as const;
    await run(...path.map(([ms, mid]) => bookAt(mid, plusMs(TEN, ms))));
    expect(shown()).toEqual(['0 100 104 97 101', '1 102 102 102 102']);
  });

  test('goes on after a restart from what was stored of it', async () => {
    const { run, shown } = storeOf();
    await run(bookAt(100), bookAt(110, plusMs(TEN, 1_000)));
    await run(bookAt(105, plusMs(TEN, 5_000)));
    expect(shown()).toEqual(['0 100 110 100 105']);
  });

  test('has no part in books that are not good', async () => {
    const { run, shown } = storeOf();
    await run(bookAt(100), bookAt(110, plusMs(TEN, 1_000), { quality: 'stale' }));
    expect(shown()).toEqual(['0 100 100 100 100']);
  });

  test('carries the exact mid: half a unit is cut off', async () => {
    const { run, kept } = storeOf();
    const half = { price: dollars(1), qty: bookAt(1).bids[0]?.qty as never };
    await run(bookAt(1, TEN, { bids: [half], asks: [{ price: (dollars(1) + 1n) as never, qty: half.qty }] }));
    expect(kept.get(BTC)?.[0]?.open).toBe(100_000_000n);
  });

  test('that cannot be kept is told as a failure', async () => {
    const { run, state } = storeOf();
    state.isDown = true;
    await run(bookAt(100));
    expect(state.failures).toEqual(['Error: candles are down']);
  });
});
