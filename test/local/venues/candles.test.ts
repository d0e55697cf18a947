import {
  OUTCOMES,
  type OutcomeListing,
  SPOTS,
  type SpotListing,
  TETHER,
} from '../../../local/simulators/truth/listing';
import { type ControlledVenues, controlledVenues } from '../../fixtures/venues/controlled-venues';

const BTC = SPOTS[0] as SpotListing;
const QUESTION = OUTCOMES[0] as OutcomeListing;
const [MINUTE, HOUR, DAY] = [60, 3_600, 86_400] as const;
const KALSHI_PATH = '/series/KXBTCY/markets/KXBTCY-26DEC31-T99999.99/candlesticks';

let opened: ControlledVenues;
beforeAll(async () => {
  opened = await controlledVenues({ seed: 11 });
});
afterAll(() => opened.close());

const ask = async (venue: keyof ControlledVenues['rest'], path: string) => {
  const answer = await fetch(`${opened.rest[venue]}${path}`);
  return { status: answer.status, body: await answer.json() };
};
const seconds = (): number => Math.floor(Date.now() / 1_000);

type Row = readonly [number, string, string, string, string, string, string, number];
const kraken = async (query: string): Promise<{ readonly rows: readonly Row[]; readonly last: number }> => {
  const { result } = (await ask('kraken', `/0/public/OHLC?${query}`)).body;
  const { last, ...pairs } = result;
  return { rows: Object.values(pairs)[0] as readonly Row[], last };
};

describe('Kraken’s', () => {
  test.each`
    pair          | key
    ${'XBTUSD'}   | ${'XXBTZUSD'}
    ${'XXBTZUSD'} | ${'XXBTZUSD'}
    ${'BTC/USD'}  | ${'BTC/USD'}
    ${'SOLUSD'}   | ${'SOLUSD'}
    ${'USDTUSD'}  | ${'USDTZUSD'}
  `('pair $pair is answered as $key', async ({ pair, key }) => {
    const { body } = await ask('kraken', `/0/public/OHLC?pair=${pair}&interval=60`);
    expect(body).toMatchObject({ error: [] });
    expect(Object.keys(body.result)).toEqual([key, 'last']);
  });

  test.each`
    query                            | error
    ${'pair=DOGEUSD'}                | ${'EQuery:Unknown asset pair'}
    ${'pair=XBTUSD&interval=7'}      | ${'EGeneral:Invalid arguments'}
    ${'pair=XBTUSD&since=yesterday'} | ${'EGeneral:Invalid arguments'}
  `('refuses $query with $error', async ({ query, error }) => {
    expect(await ask('kraken', `/0/public/OHLC?${query}`)).toEqual({ status: 200, body: { error: [error] } });
  });

  test.each`
    interval | rows
    ${1}     | ${720}
    ${5}     | ${720}
    ${60}    | ${190}
    ${1440}  | ${8}
  `('of $interval minutes go back as far as 720 of them, or a week', async ({ interval, rows: least }) => {
    const { rows, last } = await kraken(`pair=XBTUSD&interval=${interval}`);
    expect(rows.length).toBeGreaterThanOrEqual(least);
    expect(rows.length).toBeLessThanOrEqual(720);
    expect(new Set(rows.slice(1).map(([at], index) => at - (rows[index]?.[0] ?? 0)))).toEqual(new Set([interval * 60]));
    expect(rows.every(([at]) => at % (interval * 60) === 0)).toBe(true);
    expect([last, rows.at(-1)?.[0]]).toEqual([rows.at(-2)?.[0], Math.floor(seconds() / interval / 60) * interval * 60]);
    for (const [, open, high, low, close, vwap, , count] of rows) {
      // Where nobody traded there is no mean of what was paid.
      const prices = [open, close, count > 0 ? vwap : close].map(Number);
      expect([Number(low) <= Math.min(...prices), Number(high) >= Math.max(...prices)]).toEqual([true, true]);
    }
  });

  test('since leaves out what was had, and never the current one', async () => {
    const { last, rows } = await kraken('pair=XBTUSD&interval=1');
    const again = await kraken(`pair=XBTUSD&interval=1&since=${last}`);
    expect(again.rows.map(([at]) => at)).toEqual([rows.at(-1)?.[0]]);
    const future = await kraken(`pair=XBTUSD&interval=1&since=${last + DAY}`);
    expect(future.rows).toHaveLength(1);
  });
});

test('an hour is made of its minutes', async () => {
  const [{ rows: minutes }, { rows: hours }] = [
    await kraken('pair=XBTUSD&interval=1'),
    await kraken('pair=XBTUSD&interval=60'),
  ];
  const [at, open, high, low, close, , volume, count] = hours.at(-3) as Row;
  const within = minutes.filter(([minute]) => minute >= at && minute < at + HOUR);
  const sum = (of: (row: Row) => number) => within.reduce((total, row) => total + of(row), 0);
  expect(within).toHaveLength(60);
  expect([open, close]).toEqual([within[0]?.[1], within.at(-1)?.[4]]);
  expect(Number(high)).toBe(Math.max(...within.map((row) => Number(row[2]))));
  expect(Number(low)).toBe(Math.min(...within.map((row) => Number(row[3]))));
  expect(sum((row) => Number(row[6]))).toBeCloseTo(Number(volume), 6);
  expect(sum((row) => row[7])).toBe(count);
});

describe('Coinbase’s', () => {
  const path = (query: string, id = BTC.id) => `/api/v3/brokerage/market/products/${id}/candles?${query}`;

  test('come newest first, at most 350, as texts', async () => {
    const now = seconds();
    const { body } = await ask('coinbase', path(`start=${now - 349 * MINUTE}&end=${now}&granularity=ONE_MINUTE`));
    const starts = (body.candles as { readonly start: string }[]).map(({ start }) => Number(start));
    expect(starts.length).toBeGreaterThan(300);
    expect(starts).toEqual([...starts].sort((a, b) => b - a));
    expect(body.candles.at(-1)).toEqual({
      start: expect.stringMatching(/^\d+$/),
      low: expect.stringMatching(/^\d+\.\d$/),
      high: expect.stringMatching(/^\d+\.\d$/),
      open: expect.stringMatching(/^\d+\.\d$/),
      close: expect.stringMatching(/^\d+\.\d$/),
      volume: expect.stringMatching(/^\d+\.\d{8}$/),
    });
  });

  test.each`
    query                                                    | id            | status
    ${'start=0&end=100000&granularity=ONE_MINUTE'}           | ${BTC.id}     | ${400}
    ${'start=0&end=1000&granularity=TEN_MINUTE'}             | ${BTC.id}     | ${400}
    ${'start=soon&end=1000&granularity=ONE_MINUTE'}          | ${BTC.id}     | ${400}
    ${'end=1000&granularity=ONE_MINUTE'}                     | ${BTC.id}     | ${400}
    ${'start=0&end=1000&granularity=ONE_MINUTE'}             | ${'DOGE-USD'} | ${404}
    ${'start=1700000000&end=1700001000&granularity=ONE_DAY'} | ${TETHER.id}  | ${200}
  `('$id?$query: $status', async ({ query, id, status }) => {
    expect((await ask('coinbase', path(query, id))).status).toBe(status);
  });
});

describe('Binance’s', () => {
  test('come oldest first by their opening, with twelve fields', async () => {
    const start = (seconds() - 2 * DAY) * 1_000;
    const { body } = await ask('binance', `/api/v3/klines?symbol=BTCUSDT&interval=1m&startTime=${start}&limit=5000`);
    expect(body).toHaveLength(1_000);
    const [first, second] = body as readonly (readonly unknown[])[];
    expect(first).toHaveLength(12);
    expect([first?.[0], first?.[6], second?.[0]]).toEqual([
      Math.ceil(start / 60_000) * 60_000,
      Math.ceil(start / 60_000) * 60_000 + 59_999,
      Math.ceil(start / 60_000) * 60_000 + 60_000,
    ]);
    expect(first?.[1]).toMatch(/^\d+\.\d{8}$/);
  });

  test.each`
    query                                       | status | length
    ${'symbol=BTCUSDT&interval=1h'}             | ${200} | ${193}
    ${'symbol=BTCUSDT&interval=1m'}             | ${200} | ${500}
    ${'symbol=BTCUSDT&interval=2m'}             | ${400} | ${undefined}
    ${'symbol=DOGEUSDT&interval=1m'}            | ${400} | ${undefined}
    ${'symbol=BTCUSDT&interval=1m&startTime=x'} | ${400} | ${undefined}
  `('$query: $status', async ({ query, status, length }) => {
    const answer = await ask('binance', `/api/v3/klines?${query}`);
    expect(answer.status).toBe(status);
    if (length) expect(Math.abs(answer.body.length - length)).toBeLessThanOrEqual(1);
  });

  test('are those of the dollar by what a tether was worth then', async () => {
    const from = Math.floor(seconds() / HOUR) * HOUR - 30 * HOUR;
    const klines = (await ask('binance', `/api/v3/klines?symbol=BTCUSDT&interval=1m&startTime=${from * 1_000}`)).body;
    const query = (id: string) =>
      `/products/${id}/candles?start=${from}&end=${from + 300 * MINUTE}&granularity=ONE_MINUTE`;
    const closes = async (id: string) => {
      const { body } = await ask('coinbase', query(id));
      return new Map((body.candles as { start: string; close: string }[]).map((one) => [one.start, Number(one.close)]));
    };
    const [btc, tether] = [await closes(BTC.id), await closes(TETHER.id)];
    const differences = (klines as readonly [number, string, string, string, string][])
      .slice(0, 300)
      .map(([at, , , , close]) => Number(close) - (btc.get(`${at / 1_000}`) ?? 0) / (tether.get(`${at / 1_000}`) ?? 0));
    expect(Math.max(...differences.map(Math.abs))).toBeLessThan(0.06);
    expect(new Set(tether.values()).size).toBeGreaterThan(1);
  });
});

describe('Polymarket’s', () => {
  const history = async (query: string) => (await ask('polymarket', `/prices-history?${query}`)).body.history;

  test('are points of a token’s price; the other token’s are the rest of a dollar', async () => {
    const span = `startTs=${seconds() - DAY}&endTs=${seconds()}&fidelity=60`;
    const [yes, no] = [
      await history(`market=${QUESTION.yesToken}&${span}`),
      await history(`market=${QUESTION.noToken}&${span}`),
    ];
    expect(yes.length).toBeGreaterThanOrEqual(24);
    for (const [at, { t, p }] of yes.entries()) expect([t % HOUR, p + no[at].p]).toEqual([0, expect.closeTo(1, 9)]);
  });

  test.each`
    query                                                    | points
    ${`market=${QUESTION.yesToken}&interval=1w&fidelity=60`} | ${168}
    ${`market=${QUESTION.yesToken}&interval=1h`}             | ${60}
    ${'market=1&interval=1h'}                                | ${0}
  `('$query: $points points', async ({ query, points }) => {
    expect(Math.abs((await history(query)).length - points)).toBeLessThanOrEqual(1);
  });

  test.each(['interval=1h', `market=${QUESTION.yesToken}`, `market=1&interval=2h`, 'market=1&interval=1h&fidelity=0'])(
    'refuses %s',
    async (query) => {
      const { status, body } = await ask('polymarket', `/prices-history?${query}`);
      expect([status, body.error]).toEqual([400, expect.stringContaining('invalid filters')]);
    },
  );
});

describe('Kalshi’s', () => {
  test.each`
    period  | count
    ${1}    | ${120}
    ${60}   | ${48}
    ${1440} | ${6}
  `('of $period minutes end within what is asked for, with bid, ask and what was paid', async ({ period, count }) => {
    const end = Math.floor(seconds() / DAY) * DAY;
    const start = end - (count - 1) * period * MINUTE;
    const { body } = await ask('kalshi', `${KALSHI_PATH}?start_ts=${start}&end_ts=${end}&period_interval=${period}`);
    const ends = (body.candlesticks as { readonly end_period_ts: number }[]).map((one) => one.end_period_ts);
    expect(ends).toEqual(Array.from({ length: count }, (_, at) => start + at * period * MINUTE));
    for (const { yes_bid, yes_ask, price } of body.candlesticks) {
      expect(Number(yes_ask.close_dollars) - Number(yes_bid.close_dollars)).toBeCloseTo(0.01, 6);
      expect(price.close_dollars).toMatch(/^0\.\d{4}$/);
    }
    expect(body.candlesticks[1].price.previous_dollars).toBe(body.candlesticks[0].price.close_dollars);
  });

  test.each`
    path                                         | query                                               | status
    ${KALSHI_PATH}                               | ${'start_ts=0&end_ts=600&period_interval=5'}        | ${400}
    ${KALSHI_PATH}                               | ${'start_ts=600&end_ts=0&period_interval=1'}        | ${400}
    ${KALSHI_PATH}                               | ${'start_ts=0&end_ts=1700000000&period_interval=1'} | ${400}
    ${KALSHI_PATH.replace('KXBTCY/', 'KXRAIN/')} | ${'start_ts=0&end_ts=600&period_interval=1'}        | ${404}
  `('$path?$query: $status', async ({ path, query, status }) => {
    expect((await ask('kalshi', `${path}?${query}`)).status).toBe(status);
  });
});

test('what is traded from the beginning on is in the candles of the venue that it was traded at, and of no other', async () => {
  const { body } = await opened.post('/control/flash-crash', {
    venue: 'coinbase',
    asset: 'BTC',
    percent: -40,
    ms: 60_000,
  });
  expect(body).toEqual({ done: true });
  await opened.post('/control/trade', { instrument: 'BTC-USD', price: '91000.1', qty: '0.5' });
  const latest = async (): Promise<readonly number[]> => {
    const span = `start=${seconds() - 2 * MINUTE}&end=${seconds() + 1}&granularity=ONE_MINUTE`;
    const coinbase = (await ask('coinbase', `/products/BTC-USD/candles?${span}`)).body.candles[0].low;
    const rows = (await kraken('pair=XBTUSD')).rows;
    const klines = (await ask('binance', '/api/v3/klines?symbol=BTCUSDT&interval=1m&limit=1')).body;
    return [Number(coinbase), Number(rows.at(-1)?.[3]), Number(klines[0][3])];
  };
  const [coinbase, others] = [54_600, 90_000];
  const [mad = 0, ...sane] = await latest();
  expect(Math.abs(mad - coinbase)).toBeLessThan(200);
  for (const low of sane) expect(low).toBeGreaterThan(others);
});
