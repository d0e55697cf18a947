import { CandleLog } from '../../../local/simulators/lens/candle-log';
import { SPOTS, type SpotListing } from '../../../local/simulators/truth/listing';

const BTC = SPOTS[0] as SpotListing;

/** Goal: minutes without trades are left out, or filled at the close before them; a bucket begins at a whole one. */
describe('candles of trades', () => {
  let now = 0;
  const log = () => {
    now = 600_000;
    const made = new CandleLog(
      () => undefined,
      () => now,
    );
    for (const [at, tick, size] of [
      [600, 100, 5],
      [610, 103, 1],
      [659, 99, 2],
      [780, 110, 1],
      [960, 90, 4],
    ] as const) {
      now = at * 1_000;
      made.add({ listing: BTC, tick, size });
    }
    return made;
  };
  const span = { from: 0, to: 2_000 };

  test('by the minute', () => {
    const candles = log().candles(BTC, { minutes: 1, ...span });
    expect(
      candles.map(({ at, open, high, low, close, volume, trades, cost }) => [
        at,
        open,
        high,
        low,
        close,
        volume,
        trades,
        cost,
      ]),
    ).toEqual([
      [600, 100, 103, 99, 99, 8, 3, 801],
      [780, 110, 110, 110, 110, 1, 1, 110],
      [960, 90, 90, 90, 90, 4, 1, 360],
    ]);
  });

  test('filled', () => {
    const candles = log().filled(BTC, { minutes: 1, from: 660, to: 2_000 });
    expect(candles.map(({ at, open, close, trades }) => `${at} ${open} ${close} ${trades}`)).toEqual([
      '660 99 99 0',
      '720 99 99 0',
      '780 110 110 1',
      '840 110 110 0',
      '900 110 110 0',
      '960 90 90 1',
    ]);
  });

  test('by five minutes', () => {
    const candles = log().candles(BTC, { minutes: 5, ...span });
    expect(candles.map(({ at, open, high, low, close, trades }) => [at, open, high, low, close, trades])).toEqual([
      [600, 100, 110, 99, 110, 4],
      [900, 90, 90, 90, 90, 1],
    ]);
  });
});
