import { binanceHistory } from '../../../../adapters/venues/history/binance-history';
import { coinbaseHistory } from '../../../../adapters/venues/history/coinbase-history';
import { kalshiHistory } from '../../../../adapters/venues/history/kalshi-history';
import { krakenHistory } from '../../../../adapters/venues/history/kraken-history';
import { polymarketHistory } from '../../../../adapters/venues/history/polymarket-history';
import { idOf } from '../../../../domain/kernel/ids';
import { type Instant, instant, isoText } from '../../../../domain/kernel/instant';
import { formatPrice, formatQty } from '../../../../domain/kernel/money';
import type { Instrument, Venue } from '../../../../domain/market/instrument';
import type { CandleHistory, VenueAnswer } from '../../../../usecases/ports/market-data/candles';
import { HistoryServer } from '../../../fixtures/venues/history-server';

/** Goal: each venue is asked in its own words, and of what it answers only what can be right becomes a candle. */
let server: HistoryServer;
let url: string;
beforeEach(async () => {
  server = new HistoryServer();
  url = await server.listen();
});
afterEach(() => server.stop());

const TEN_S = 1_795_428_000;
const at = (minutes: number): Instant => instant((TEN_S + minutes * 60) * 1_000);
const NOW = at(60);
const parts = { clock: { now: () => NOW }, random: () => 1 };
const RANGE = { from: at(0), to: at(3) };

const spot = (venue: Venue, venueSymbol: string): Instrument =>
  ({ id: idOf('BTC-USD'), venue, venueSymbol, kind: 'spot' }) as Instrument;
const outcome = (venue: Venue, venueSymbol: string, side: 'yes' | 'no', marketId = venueSymbol): Instrument =>
  ({ id: idOf('X'), venue, venueSymbol, kind: 'outcome', outcome: { marketId, side } }) as Instrument;

const shown = ({ candles, refused }: VenueAnswer) => [
  ...candles.map(
    ({ at: start, prices: { open, high, low, close }, volume, trades }) =>
      `${isoText(start).slice(11, 16)} ${[open, high, low, close].map(formatPrice).join(' ')} ` +
      `v${volume === null ? '?' : formatQty(volume)} n${trades ?? '?'}`,
  ),
  ...(refused > 0 ? [`${refused} refused`] : []),
];
const read = (history: CandleHistory, instrument: Instrument, range = RANGE) =>
  history.read(instrument, { resolution: '1m' }, range).then(shown);

test('Kraken: pairs by its own names, the open bucket and those beside the range left out', async () => {
  const row = (minute: number, ...prices: string[]) => [TEN_S + minute * 60, ...prices, '60000.0', '1.5', 7];
  server.reply = () => ({
    json: {
      error: [],
      result: {
        XXBTZUSD: [
          row(-1, '1.0', '1.0', '1.0', '1.0'),
          row(0, '60000.0', '60010.1', '59990.0', '60005.5'),
          row(1, '60000.0', '59000.0', '59990.0', '60005.5'),
          row(2, '60000.0', '60010.1', '59990.0', '60005.5'),
          ['not', 'a', 'row'],
        ],
        last: TEN_S,
      },
    },
  });
  expect(await read(krakenHistory(url, parts), spot('kraken', 'BTC/USD'))).toEqual([
    '10:00 60000 60010.1 59990 60005.5 v1.5 n7',
    '10:02 60000 60010.1 59990 60005.5 v1.5 n7',
    '2 refused',
  ]);
  expect(server.asked).toEqual([`/0/public/OHLC?pair=XBTUSD&interval=1&since=${TEN_S - 1}`]);
  server.reply = () => ({ json: { error: ['EGeneral:Too many requests'] } });
  await expect(read(krakenHistory(url, parts), spot('kraken', 'ETH/USD'))).rejects.toThrow(/Too many requests/);
});

test('Coinbase: newest first as it sends them, its end within the range', async () => {
  const candle = (minute: number, more: object = {}) => ({
    start: `${TEN_S + minute * 60}`,
    low: '66055.14',
    high: '66331.99',
    open: '66312.4',
    close: '66181.6',
    volume: '355.828962431',
    ...more,
  });
  server.reply = () => ({ json: { candles: [candle(2), candle(1, { volume: '-1' }), candle(0)] } });
  const line = '66312.4 66331.99 66055.14 66181.6 v355.82896243 n?';
  expect(await read(coinbaseHistory(url, parts), spot('coinbase', 'BTC-USD'))).toEqual([
    `10:00 ${line}`,
    `10:02 ${line}`,
    '1 refused',
  ]);
  expect(server.asked).toEqual([`/products/BTC-USD/candles?start=${TEN_S}&end=${TEN_S + 120}&granularity=ONE_MINUTE`]);
});

test('Binance: rows of its klines, milliseconds, and the weight of the question', async () => {
  const row = (minute: number, open = '60000.10000000', trades: unknown = 308) => [
    at(minute),
    open,
    '60001.00000000',
    '59999.00000000',
    '60000.50000000',
    '148976.11427815',
    at(minute) + 59_999,
    '2434.19055334',
    trades,
    '1756.87402397',
    '28.46694368',
    '0',
  ];
  server.reply = () => ({ json: [row(0), row(1, '0'), row(2, undefined, -1)] });
  expect(await read(binanceHistory(url, parts), spot('binance', 'BTCUSDT'))).toEqual([
    '10:00 60000.1 60001 59999 60000.5 v148976.11427815 n308',
    '2 refused',
  ]);
  const [asked] = server.asked;
  expect(asked).toBe(`/api/v3/klines?symbol=BTCUSDT&interval=1m&startTime=${at(0)}&endTime=${at(3) - 1}&limit=1000`);
});

test('Polymarket: prices at moments become buckets that go on from the price before', async () => {
  const point = (seconds: number, p: unknown) => ({ t: TEN_S + seconds, p });
  server.reply = () => ({
    json: {
      history: [
        point(-20, 0.5),
        point(10, 0.505),
        point(50, 0.52),
        point(70, 0.1 + 0.2),
        point(130, 1),
        point(140, '?'),
      ],
    },
  });
  expect(await read(polymarketHistory(url, parts), outcome('polymarket', '7131', 'yes'))).toEqual([
    '10:00 0.5 0.52 0.5 0.52 v? n?',
    '10:01 0.52 0.52 0.3 0.3 v? n?',
    '2 refused',
  ]);
  expect(server.asked).toEqual([`/prices-history?market=7131&startTs=${TEN_S}&endTs=${TEN_S + 180}&fidelity=1`]);
});

describe('Kalshi', () => {
  const side = (open: string, high: string, low: string, close: string) => ({
    open_dollars: open,
    high_dollars: high,
    low_dollars: low,
    close_dollars: close,
  });
  const stick = (minute: number, bid: object, ask: object) => ({
    end_period_ts: TEN_S + (minute + 1) * 60,
    yes_bid: bid,
    yes_ask: ask,
    price: { open_dollars: null },
    volume_fp: '12.50',
    open_interest_fp: '100.00',
  });
  const TICKER = 'KXBTCD-26NOV2317-T91000';

  test.each`
    outcome  | candle
    ${'yes'} | ${'10:00 0.43 0.51 0.41 0.47 v12.5 n?'}
    ${'no'}  | ${'10:00 0.57 0.59 0.49 0.53 v12.5 n?'}
  `('$outcome: the mid of both sides; where one is empty there is none', async ({ outcome: which, candle }) => {
    server.reply = () => ({
      json: {
        ticker: TICKER,
        candlesticks: [
          stick(0, side('0.4200', '0.5000', '0.4000', '0.4600'), side('0.4400', '0.5200', '0.4200', '0.4800')),
          stick(1, side('0.0000', '0.5000', '0.0000', '0.4600'), side('1.0000', '1.0000', '0.4200', '0.4800')),
          { end_period_ts: TEN_S + 180 },
        ],
      },
    });
    const instrument = outcome('kalshi', `${TICKER} ${which}`, which, TICKER);
    expect(await read(kalshiHistory(url, parts), instrument)).toEqual([candle, '1 refused']);
    const query = `start_ts=${TEN_S + 1}&end_ts=${TEN_S + 180}&period_interval=1`;
    expect(server.asked).toEqual([`/series/KXBTCD/markets/${TICKER}/candlesticks?${query}`]);
  });
});

const EACH: readonly (readonly [string, (url: string) => CandleHistory, Instrument])[] = [
  ['Kraken', (base) => krakenHistory(base, parts), spot('kraken', 'BTC/USD')],
  ['Coinbase', (base) => coinbaseHistory(base, parts), spot('coinbase', 'BTC-USD')],
  ['Binance', (base) => binanceHistory(base, parts), spot('binance', 'BTCUSDT')],
  ['Polymarket', (base) => polymarketHistory(base, parts), outcome('polymarket', '1', 'yes')],
  ['Kalshi', (base) => kalshiHistory(base, parts), outcome('kalshi', 'KX-1 yes', 'yes', 'KX-1')],
];

describe.each(EACH)('%s', (_, make, instrument) => {
  test.each`
    story                      | reply
    ${'no JSON object at all'} | ${{ json: 'maintenance' }}
    ${'another form'}          | ${{ json: { candles: 7, result: { X: 1 }, history: null, candlesticks: {} } }}
    ${'too many questions'}    | ${{ status: 429, json: {} }}
    ${'a fault of its own'}    | ${{ status: 503, json: {} }}
  `('$story is a failure, and no candle is made of it', async ({ reply }) => {
    server.reply = () => reply;
    await expect(read(make(url), instrument)).rejects.toThrow();
  });

  test('that does not know the market is no failure: it has no history', async () => {
    server.reply = () => ({ status: 404, json: { error: 'not found' } });
    expect(await read(make(url), instrument)).toEqual(['1 refused']);
  });

  test('a bucket that is not over is no candle', async () => {
    server.reply = (asked) => {
      const seconds = TEN_S + 3_600;
      const row = [seconds, '0.5', '0.5', '0.5', '0.5', '0.5', '1', 1];
      const whole = { open_dollars: '0.50', high_dollars: '0.50', low_dollars: '0.50', close_dollars: '0.50' };
      const candle = { start: `${seconds}`, open: '1', high: '1', low: '1', close: '1', volume: '1' };
      const kline = [seconds * 1_000, '1', '1', '1', '1', '1', seconds * 1_000 + 59_999, '1', 1];
      if (asked.pathname.startsWith('/api')) return { json: [kline] };
      const candlesticks = [{ end_period_ts: seconds + 60, yes_bid: whole, yes_ask: whole }];
      const history = [{ t: seconds, p: 0.5 }];
      return { json: { result: { X: [row] }, candles: [candle], history, candlesticks } };
    };
    expect(await read(make(url), instrument, { from: at(0), to: at(90) })).toEqual([]);
  });
});
