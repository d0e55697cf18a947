import { randomUUID } from 'node:crypto';
import { makeCandleStore } from '../../../adapters/cockroach/market-data/candle-store';
import { makeInstrumentStore } from '../../../adapters/cockroach/market-data/instrument-store';
import { makeSecondCandles } from '../../../adapters/redis/second-candles';
import { type InstrumentId, idOf } from '../../../domain/kernel/ids';
import { instant, plusMs } from '../../../domain/kernel/instant';
import { price, qty } from '../../../domain/kernel/money';
import type { Resolution } from '../../../domain/market/candles/resolution';
import { functionDatabase } from '../../../runtime/database';
import { openRedis } from '../../../runtime/redis';
import { type KeptPart, VENUE_RUN } from '../../../usecases/ports/market-data/candles';
import { freePort } from '../../fixtures/free-port';
import { bitcoin } from '../../fixtures/stored-account';
import { FunctionWorld, signedIn } from './world';

/** Goal: candles as the API gives them, page by page, and as TradingView's UDF, in the forms that it documents. */
const PEPE = idOf<InstrumentId>('PEPE-USD');
const MINUTE_MS = 60_000;
/** Whole minutes of the last hour, so that a question without a range finds them. */
const START = instant(Math.floor(Date.now() / 3_600_000 - 1) * 3_600_000);
const at = (minute: number) => plusMs(START, minute * MINUTE_MS);

const kept = (minute: number, more: Partial<KeptPart> = {}, source: 'mark' | 'venue' = 'mark'): KeptPart => {
  const value = (add: number) => price(BigInt(1_000 + minute * 10 + add) * 10n ** 6n);
  const prices = {
    open: value(0),
    high: value(5),
    low: value(-5),
    close: value(2),
    openAt: at(minute),
    closeAt: at(minute),
  };
  const volume = source === 'venue' ? null : qty(150_000_000n);
  const part = { at: at(minute), source, prices, volume, trades: volume && 3, isWhole: true };
  return { instrument: PEPE, resolution: '1m', run: source === 'venue' ? VENUE_RUN : RUN, revision: 1, part, ...more };
};
const RUN = randomUUID();

let world: FunctionWorld;
let token: string;
beforeAll(async () => {
  world = await FunctionWorld.start(await freePort());
  const database = await functionDatabase();
  const instrument = { ...bitcoin, id: PEPE, venueSymbol: 'PEPE/USD', title: 'Pepe', priceTick: price(50_000_000n) };
  await makeInstrumentStore(database).upsert([instrument]);
  await makeCandleStore(database).put([kept(0, {}, 'venue'), ...[1, 2, 3, 4, 5, 6].map((minute) => kept(minute))]);
  await makeSecondCandles(await openRedis()).put([kept(3, { resolution: '1s' })]);
  token = (await signedIn(world)).token;
});
afterAll(() => world.stop());

const candles = (query: Readonly<Record<string, string>> = {}, id: string = PEPE) =>
  world.call(`GET /instruments/${id}/candles`, { token, query });
const udf = async (path: string, query: Readonly<Record<string, string>> = {}) => {
  const { status, body, headers } = await world.call(`GET /udf/${path}`, { token, query });
  expect([status, headers['content-type']]).toEqual([200, 'application/json']);
  return body;
};
const seconds = (minute: number) => at(minute) / 1_000;

test('a candle says what it is made of', async () => {
  const { body } = await candles({ limit: '2', to: `${at(2)}` });
  expect(body).toEqual({
    resolution: '1m',
    candles: [
      {
        at: at(0),
        open: '10',
        high: '10.05',
        low: '9.95',
        close: '10.02',
        volume: null,
        trades: null,
        isWhole: true,
        source: 'venue',
      },
      {
        at: at(1),
        open: '10.1',
        high: '10.15',
        low: '10.05',
        close: '10.12',
        volume: '1.5',
        trades: 3,
        isWhole: true,
        source: 'mark',
      },
    ],
    nextCursor: null,
  });
});

test('pages go back by their cursor until nothing older is kept', async () => {
  const minutes: number[] = [];
  let query: Record<string, string> = { limit: '3' };
  for (let page = 0; page < 5; page++) {
    const { body } = await candles(query);
    minutes.unshift(...body.candles.map((candle: { at: number }) => (candle.at - START) / MINUTE_MS));
    if (body.nextCursor === null) break;
    query = { limit: '3', cursor: body.nextCursor };
  }
  expect(minutes).toEqual([0, 1, 2, 3, 4, 5, 6]);
});

test.each`
  resolution | closes                | sources
  ${'5m'}    | ${['10.42', '10.62']} | ${['mixed', 'mark']}
  ${'1s'}    | ${['10.32']}          | ${['mark']}
  ${'1h'}    | ${[]}                 | ${[]}
`('in $resolution they add up', async ({ resolution, closes, sources }) => {
  const { body } = await candles({ resolution: resolution as Resolution });
  expect(body.candles.map(({ close }: { close: string }) => close)).toEqual(closes);
  expect(body.candles.map(({ source }: { source: string }) => source)).toEqual(sources);
});

/** Goal: a question that cannot be answered is refused by field and rule. */
test.each`
  query                        | field           | rule
  ${{ resolution: '2m' }}      | ${'resolution'} | ${'must be one of 1s, 1m, 5m, 15m, 1h, 4h, 1d'}
  ${{ limit: '1501' }}         | ${'limit'}      | ${'must be at most 1500'}
  ${{ limit: '0' }}            | ${'limit'}      | ${'must be at least 1'}
  ${{ limit: '1e3' }}          | ${'limit'}      | ${'must be a whole number'}
  ${{ from: 'yesterday' }}     | ${'from'}       | ${'must be a moment in epoch milliseconds'}
  ${{ from: '2', to: '2' }}    | ${'from'}       | ${'must be before to'}
  ${{ to: '253402300800000' }} | ${'to'}         | ${'must be before the year 10000'}
  ${{ cursor: 'abc' }}         | ${'cursor'}     | ${'must be the nextCursor of another page'}
  ${{ size: '5' }}             | ${'size'}       | ${'is not a field of this request'}
`('$query: $field $rule', async ({ query, field, rule }) => {
  const { status, body } = await candles(query);
  expect([status, body.errors]).toEqual([422, [{ field, rule }]]);
});

test('what nobody lists has no candles', async () => {
  expect(await candles({}, 'NONE-USD')).toMatchObject({ status: 404, body: { refusal: 'instrument_unknown' } });
});

test('UDF is for those who are signed in, as every price is', async () => {
  expect((await world.call('GET /udf/config')).status).toBe(401);
});

describe('UDF', () => {
  test('config says which lengths there are', async () => {
    expect(await udf('config')).toMatchObject({
      supported_resolutions: ['1', '5', '15', '60', '240', '1S', '1D'],
      supports_search: true,
      supports_group_request: false,
      supports_marks: false,
      supports_time: true,
    });
  });

  test('time is a bare number of seconds', async () => {
    const before = Math.floor(Date.now() / 1_000);
    const now = await udf('time');
    expect(now).toBeGreaterThanOrEqual(before);
    expect(now).toBeLessThanOrEqual(Date.now() / 1_000);
  });

  test.each(['PEPE-USD', 'kraken:PEPE-USD'])('symbols: %s', async (symbol) => {
    expect(await udf('symbols', { symbol })).toMatchObject({
      name: 'PEPE-USD',
      ticker: 'PEPE-USD',
      description: 'Pepe',
      type: 'crypto',
      exchange: 'kraken',
      session: '24x7',
      timezone: 'Etc/UTC',
      minmov: 5,
      pricescale: 10,
      has_intraday: true,
      has_seconds: true,
    });
  });

  test('search finds by a part of name or title, among venues and kinds', async () => {
    const found = async (query: Readonly<Record<string, string>>) =>
      (await udf('search', query)).map(({ ticker }: { ticker: string }) => ticker);
    expect(await found({ query: 'pep', type: '', exchange: '', limit: '30' })).toEqual(['PEPE-USD']);
    expect(await found({ query: 'pep', exchange: 'kalshi' })).toEqual([]);
    expect(await found({ query: 'pep', type: 'prediction' })).toEqual([]);
    expect((await udf('search', { query: 'PEPE', limit: '1' }))[0]).toEqual({
      symbol: 'PEPE-USD',
      full_name: 'kraken:PEPE-USD',
      description: 'Pepe',
      exchange: 'kraken',
      ticker: 'PEPE-USD',
      type: 'crypto',
    });
  });

  const history = (more: Readonly<Record<string, string>>) =>
    udf('history', { symbol: 'PEPE-USD', resolution: '1', from: `${seconds(0)}`, to: `${seconds(3)}`, ...more });

  test('history is one array a column, in seconds and numbers, its end left out', async () => {
    expect(await history({})).toEqual({
      s: 'ok',
      t: [seconds(0), seconds(1), seconds(2)],
      o: [10, 10.1, 10.2],
      h: [10.05, 10.15, 10.25],
      l: [9.95, 10.05, 10.15],
      c: [10.02, 10.12, 10.22],
      v: [0, 1.5, 1.5],
    });
  });

  test.each`
    story                                 | more                                                   | times
    ${'countback goes before from'}       | ${{ countback: '2', from: `${seconds(2)}` }}           | ${[1, 2]}
    ${'countback reaches past the range'} | ${{ countback: '99' }}                                 | ${[0, 1, 2]}
    ${'five minutes'}                     | ${{ resolution: '5', to: `${seconds(60)}` }}           | ${[0, 5]}
    ${'a second, written as S'}           | ${{ resolution: 'S', to: `${seconds(60)}` }}           | ${[3]}
    ${'fractions of seconds'}             | ${{ from: `${seconds(1)}.5`, to: `${seconds(2)}.25` }} | ${[1]}
    ${'from before 1970'}                 | ${{ from: '-100' }}                                    | ${[0, 1, 2]}
  `('history: $story', async ({ more, times }) => {
    expect((await history(more)).t).toEqual(times.map(seconds));
  });

  test('history without bars names the nearest before; before the first there is none', async () => {
    const later = { from: `${seconds(20)}`, to: `${seconds(30)}` };
    expect(await history(later)).toEqual({ s: 'no_data', nextTime: seconds(6) });
    expect(await history({ from: `${seconds(-30)}`, to: `${seconds(-20)}` })).toEqual({ s: 'no_data' });
    expect(await history({ resolution: '1D', ...later })).toEqual({ s: 'no_data' });
  });

  test.each`
    more                      | errmsg
    ${{ symbol: 'NONE-USD' }} | ${'symbol must be a listed symbol'}
    ${{ symbol: '' }}         | ${'symbol must be given'}
    ${{ resolution: '7' }}    | ${'resolution must be one of 1, 5, 15, 60, 240, 1S, 1D'}
    ${{ from: 'x' }}          | ${'from must be a time in seconds'}
    ${{ from: '9', to: '8' }} | ${'from must not be after to'}
    ${{ countback: '-1' }}    | ${'countback must be a whole number'}
  `('history: a fault is said in its own form: $errmsg', async ({ more, errmsg }) => {
    expect(await history(more)).toEqual({ s: 'error', errmsg });
    if (more.symbol === 'NONE-USD') expect(await udf('symbols', more)).toEqual({ s: 'error', errmsg });
  });
});
