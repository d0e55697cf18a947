import type { Candle } from '../../../local/candles/read-candles';

export type Layout = { readonly name: string; readonly write: (candles: readonly Candle[]) => string };

const iso = (at: number) => new Date(at).toISOString();
const blank = (at: number) => iso(at).slice(0, 19).replace('T', ' ');
const lines = (rows: readonly string[], end = '\n') => rows.join(end) + end;
const comma = (text: string) => text.replace('.', ',');

/** The files that people have, as their sources write them. */
export const LAYOUTS: readonly Layout[] = [
  {
    name: 'Binance klines, milliseconds, no header',
    write: (candles) => lines(candles.map((candle) => binance(candle, 1))),
  },
  {
    name: 'Binance klines since 2025, microseconds',
    write: (candles) => lines(candles.map((candle) => binance(candle, 1_000))),
  },
  {
    name: 'Kraken OHLCVT, seconds, no header',
    write: (candles) =>
      lines(candles.map(({ at, open, high, low, close }) => [at / 1e3, open, high, low, close, 0.5, 12].join())),
  },
  {
    name: 'Coinbase, low before open, newest first',
    write: (candles) =>
      lines([
        'time,low,high,open,close,volume',
        ...newestFirst(candles).map(({ at, open, high, low, close }) =>
          [at / 1e3, low, high, open, close, 3.25].join(),
        ),
      ]),
  },
  {
    name: 'Coinbase as its API lists them, no header',
    write: (candles) =>
      lines(
        newestFirst(candles).map(({ at, open, high, low, close }) => [at / 1e3, low, high, open, close, 3.25].join()),
      ),
  },
  {
    name: 'CryptoDataDownload, a source above, newest first',
    write: (candles) =>
      lines([
        'https://www.CryptoDataDownload.com',
        'unix,date,symbol,open,high,low,close,Volume BTC,Volume USD',
        ...newestFirst(candles).map(({ at, open, high, low, close }) =>
          [at, blank(at), 'BTC/USD', open, high, low, close, 1, 46_000].join(),
        ),
      ]),
  },
  {
    name: 'a spreadsheet of a country with decimal commas',
    write: (candles) =>
      `\uFEFF${lines(
        [
          'Date;Open;High;Low;Close',
          ...candles.map(({ at, ...prices }) =>
            [blank(at).slice(0, 16), ...order(prices).map((price) => comma(price.toFixed(1)))].join(';'),
          ),
        ],
        '\r\n',
      )}`,
  },
  {
    name: 'quotes, thousands and a zone',
    write: (candles) =>
      lines([
        '"Timestamp","Close","Open","High","Low"',
        ...candles.map(({ at, open, high, low, close }) =>
          [`${iso(at + 3_600_000).slice(0, 19)}+01:00`, ...[close, open, high, low].map(grouped)]
            .map((cell) => `"${cell}"`)
            .join(),
        ),
      ]),
  },
  {
    name: 'tabs, a comment above',
    write: (candles) =>
      lines([
        '# one minute',
        ['time', 'open', 'high', 'low', 'close'].join('\t'),
        ...candles.map(({ at, ...prices }) => [iso(at), ...order(prices)].join('\t')),
      ]),
  },
];

const binance = ({ at, open, high, low, close }: Candle, unit: number) =>
  [at * unit, open, high, low, close, 1.5, (at + 59_999) * unit, 69_000, 31, 0.7, 32_000, 0].join();

const newestFirst = (candles: readonly Candle[]) => [...candles].reverse();
const order = ({ open, high, low, close }: Omit<Candle, 'at'>) => [open, high, low, close];
const grouped = (price: number) => price.toLocaleString('en-US', { minimumFractionDigits: 2 });
