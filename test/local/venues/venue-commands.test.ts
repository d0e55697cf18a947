import { once } from 'node:events';
import { WebSocket } from 'ws';
import { OUTCOMES, SPOTS, type SpotListing } from '../../../local/simulators/truth/listing';
import { VENUE_NAMES, type VenueName } from '../../../local/simulators/venues/handles';
import { type ControlledVenues, controlledVenues } from '../../fixtures/venues/controlled-venues';

const QUESTION = OUTCOMES[0]?.id as string;

type Market = { asset: string; bid: string | null; ask: string | null; status: string; words: string[] };
type Overview = {
  readonly truth: readonly (Market & { readonly volatility: number })[];
  readonly venues: readonly {
    readonly venue: VenueName;
    readonly connections: number;
    readonly words: string[];
    readonly markets: Market[];
  }[];
};

let opened: ControlledVenues;
beforeEach(async () => {
  opened = await controlledVenues({ seed: 11 });
});
afterEach(() => opened.close());

const overview = async (): Promise<Overview> => (await fetch(`${opened.url}/control/venues`)).json();
const post = (path: string, body: unknown) => opened.post(`/control/${path}`, body);
const marketAt = async (venue: VenueName, asset: string): Promise<Market> => {
  const found = (await overview()).venues
    .find((each) => each.venue === venue)
    ?.markets.find((one) => one.asset === asset);
  if (!found) throw new Error(`${venue} has no ${asset}`);
  return found;
};
/** Venues at which anything is not as usual. */
const oddOnes = async (): Promise<readonly VenueName[]> =>
  (await overview()).venues
    .filter(({ words, markets }) => words.length > 0 || markets.some((market) => market.words.length > 0))
    .map(({ venue }) => venue);

test('all is well before anything is pressed, and every venue shows what is true', async () => {
  const { truth, venues } = await overview();
  expect(await oddOnes()).toEqual([]);
  expect(venues.map(({ venue }) => venue)).toEqual([...VENUE_NAMES]);
  for (const { markets } of venues) {
    for (const { asset, bid, ask, status } of markets) {
      expect({ asset, bid, ask, status }).toEqual(
        expect.objectContaining({ ...pick(truth.find((one) => one.asset === asset)) }),
      );
    }
  }
});
const pick = (market: Market | undefined) => ({ bid: market?.bid, ask: market?.ask, status: market?.status });

/** Goal: what each command does to the one venue that it names, in the words that the page shows. */
test.each`
  path               | body                                          | at                                                  | says
  ${'flash-crash'}   | ${{ asset: 'BTC', percent: -40, ms: 10_000 }} | ${VENUE_NAMES.slice(0, 3)}                          | ${'−40 % for 10 s more'}
  ${'flash-crash'}   | ${{ asset: QUESTION, percent: -40 }}          | ${VENUE_NAMES.slice(3)}                             | ${'−40 % for 10 s more'}
  ${'drift'}         | ${{ percent: 3, ms: 0 }}                      | ${VENUE_NAMES}                                      | ${'drifted by +3 %'}
  ${'decimal-shift'} | ${{ places: -1 }}                             | ${VENUE_NAMES}                                      | ${'decimal point −1'}
  ${'freeze'}        | ${{}}                                         | ${VENUE_NAMES}                                      | ${'frozen'}
  ${'pause'}         | ${{}}                                         | ${VENUE_NAMES}                                      | ${'paused'}
  ${'silence'}       | ${{ silent: true }}                           | ${VENUE_NAMES}                                      | ${'silent'}
  ${'delay'}         | ${{ ms: 700 }}                                | ${VENUE_NAMES}                                      | ${'700 ms late'}
  ${'clock-off'}     | ${{ ms: -40_000 }}                            | ${VENUE_NAMES}                                      | ${'clock −40000 ms'}
  ${'maintenance'}   | ${{}}                                         | ${VENUE_NAMES}                                      | ${'maintenance'}
  ${'cancel-only'}   | ${{}}                                         | ${VENUE_NAMES.filter((name) => name !== 'binance')} | ${'cancel only'}
  ${'rate-limit'}    | ${{}}                                         | ${VENUE_NAMES}                                      | ${'refuses with 429'}
  ${'fault'}         | ${{ fault: 'drop', times: 3 }}                | ${VENUE_NAMES}                                      | ${'3 × drop'}
  ${'fault'}         | ${{ fault: 'reorder', channel: 'trade' }}     | ${VENUE_NAMES}                                      | ${'1 × reorder (trades)'}
  ${'fault'}         | ${{ fault: 'duplicate' }}                     | ${VENUE_NAMES}                                      | ${'1 × duplicate'}
  ${'fault'}         | ${{ fault: 'stale' }}                         | ${VENUE_NAMES}                                      | ${'1 × stale'}
  ${'fault'}         | ${{ fault: 'malformed' }}                     | ${VENUE_NAMES}                                      | ${'1 × malformed'}
  ${'fault'}         | ${{ fault: 'checksum' }}                      | ${['kraken', 'polymarket']}                         | ${'1 × checksum'}
  ${'fault'}         | ${{ fault: 'jump' }}                          | ${['coinbase', 'binance', 'kalshi']}                | ${'1 × jump'}
`('$path of $body at $at: $says', async ({ path, body, at, says }) => {
  for (const venue of at as readonly VenueName[]) {
    expect(await post(path, { venue, ...body })).toEqual({ status: 200, body: { done: true } });
    const found = (await overview()).venues.find((each) => each.venue === venue);
    expect([...(found?.words ?? []), ...(found?.markets.flatMap(({ words }) => words) ?? [])]).toContain(says);
    expect(await oddOnes()).toEqual([venue]);
    expect((await post('normal', { venue })).status).toBe(200);
    expect(await oddOnes()).toEqual([]);
  }
});

test('a flash crash on Kraken only is seen on Kraken only, until it is over or taken back', async () => {
  await post('freeze', {});
  await post('price', { instrument: 'BTC-USD', price: '60000' });
  await post('flash-crash', { venue: 'kraken', asset: 'BTC-USD', percent: -40, ms: 10_000 });
  expect(await marketAt('kraken', 'BTC-USD')).toMatchObject({ bid: '36000.0', ask: '36000.1' });
  for (const venue of ['coinbase', 'binance'] as const) {
    expect(await marketAt(venue, 'BTC-USD')).toMatchObject({ bid: '60000.0', ask: '60000.1' });
  }
  expect((await marketAt('kraken', 'ETH-USD')).words).toEqual([]);
  await post('flash-crash', { venue: 'kraken', asset: 'BTC-USD', percent: -1, ms: 0 });
  expect(await marketAt('kraken', 'BTC-USD')).toMatchObject({ bid: '60000.0', words: [] });
});

test('a tether that is worth less is so at Kraken and Coinbase, and bitcoin costs more of them at Binance', async () => {
  await post('freeze', {});
  await post('price', { instrument: 'BTC-USD', price: '60000' });
  await post('depeg', { percent: 8 });
  for (const venue of ['kraken', 'coinbase'] as const) {
    expect(await marketAt(venue, 'USDT-USD')).toMatchObject({ bid: '0.92000', ask: '0.92001' });
    expect(await marketAt(venue, 'BTC-USD')).toMatchObject({ bid: '60000.0' });
  }
  expect(await marketAt('binance', 'BTC-USD')).toMatchObject({ bid: '65217.3', ask: '65217.5' });
  await post('normal', {});
  expect(await marketAt('binance', 'BTC-USD')).toMatchObject({ bid: '60000.0' });
});

test.each`
  path               | body                                                  | error
  ${'flash-crash'}   | ${{ venue: 'kraken', asset: 'BTC', percent: 40 }}     | ${/percent.*\n?.*below 0|below 0/}
  ${'flash-crash'}   | ${{ venue: 'kraken', asset: 'DOGE', percent: -40 }}   | ${/DOGE is not listed/}
  ${'flash-crash'}   | ${{ venue: 'kraken', asset: QUESTION, percent: -40 }} | ${/asset: Kraken does not list/}
  ${'flash-crash'}   | ${{ venue: 'binance', asset: 'USDT', percent: -4 }}   | ${/asset: Binance does not list USDT/}
  ${'flash-crash'}   | ${{ venue: 'kraken', percent: -100 }}                 | ${/percent/}
  ${'flash-crash'}   | ${{ percent: -40 }}                                   | ${/venue/}
  ${'drift'}         | ${{ venue: 'nyse', percent: 1 }}                      | ${/venue/}
  ${'decimal-shift'} | ${{ venue: 'kraken', places: 9 }}                     | ${/places/}
  ${'cancel-only'}   | ${{ venue: 'binance' }}                               | ${/Binance knows no state/}
  ${'fault'}         | ${{ venue: 'coinbase', fault: 'checksum' }}           | ${/fault: Coinbase has nothing/}
  ${'fault'}         | ${{ venue: 'kraken', fault: 'jump' }}                 | ${/fault: Kraken has nothing/}
  ${'depeg'}         | ${{ percent: 100 }}                                   | ${/percent/}
`('$path of $body is refused and changes nothing', async ({ path, body, error }) => {
  const answer = await post(path, body);
  expect([answer.status, answer.body.error]).toEqual([422, expect.stringMatching(error)]);
  expect(await oddOnes()).toEqual([]);
});

/** Goal: who refuses with 429 does so at every door that it has. */
test.each`
  venue           | path
  ${'kraken'}     | ${'/0/public/OHLC?pair=XBTUSD'}
  ${'coinbase'}   | ${'/products?product_ids=BTC-USD'}
  ${'binance'}    | ${'/api/v3/depth?symbol=BTCUSDT'}
  ${'polymarket'} | ${'/markets'}
  ${'kalshi'}     | ${'/markets'}
`(
  '$venue refuses with 429 and says when to come again',
  async ({ venue, path }: { venue: VenueName; path: string }) => {
    const ask = async () => {
      const answer = await fetch(`${opened.rest[venue]}${path}`);
      await answer.text();
      return [answer.status, answer.headers.get('retry-after')];
    };
    expect(await ask()).toEqual([200, null]);
    await post('rate-limit', { venue, retryAfter: '7' });
    expect(await ask()).toEqual([429, '7']);
    await post('rate-limit', { venue, on: false });
    expect(await ask()).toEqual([200, null]);
  },
);

test('a step of one venue’s price is its own', async () => {
  const tick = async () =>
    (await (await fetch(`${opened.rest.binance}/api/v3/exchangeInfo?symbol=BTCUSDT`)).text()).match(
      /"tickSize":"([\d.]+)"/,
    )?.[1];
  const before = await tick();
  await post('tick', { venue: 'coinbase', instrument: 'BTC-USD', tick: '0.5' });
  expect(await tick()).toBe(before);
  await post('tick', { venue: 'binance', instrument: 'BTC-USD', tick: '0.5' });
  expect(await tick()).toBe('0.5');
});

test('all normal takes back what was done to the truth, but for prices and what has ended', async () => {
  const [ended, halted] = [OUTCOMES[1]?.id as string, OUTCOMES[2]?.id as string];
  await post('volatility', { factor: 9 });
  await post('price', { instrument: 'ETH-USD', price: '2000' });
  await post('status', { instrument: halted, status: 'halted' });
  await post('stub', { instrument: SPOTS[2]?.id, stubbed: true });
  await post('close', { instrument: ended });
  await post('normal', {});
  const { truth } = await overview();
  const of = (asset: string | undefined) => truth.find((market) => market.asset === asset);
  expect(truth.every(({ volatility }) => volatility === 1)).toBe(true);
  expect([of('ETH-USD')?.bid, of(halted)?.status, of(ended)?.status]).toEqual(['2000.00', 'open', 'closed']);
  expect(Number(of(SPOTS[2]?.id)?.bid)).toBeGreaterThan(100);
});

describe('the page', () => {
  test.each`
    path                       | type                 | holds
    ${'/simulator'}            | ${'text/html'}       | ${'<h1>Venue simulator</h1>'}
    ${'/simulator/'}           | ${'text/html'}       | ${'<h1>Venue simulator</h1>'}
    ${'/simulator/page.js'}    | ${'text/javascript'} | ${'actions.js'}
    ${'/simulator/actions.js'} | ${'text/javascript'} | ${'Flash crash on'}
    ${'/simulator/page.css'}   | ${'text/css'}        | ${'color-scheme'}
  `('$path', async ({ path, type, holds }) => {
    const answer = await fetch(`${opened.url}${path}`);
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, expect.stringContaining(type)]);
    expect(answer.headers.get('content-security-policy')).toContain("default-src 'none'");
    const text = await answer.text();
    expect(text).toContain(holds);
    expect(text).not.toMatch(/https?:\/\//);
  });

  test.each(['/simulator/../main.ts', '/simulator/nothing.js', '/simulatorx', '/simulator/constructor'])(
    '%s is none of it',
    async (path) => expect((await fetch(`${opened.url}${path}`)).status).toBe(404),
  );

  test('its commands stand under its own path, and no other site’s page presses them', async () => {
    const press = (site: string) =>
      fetch(`${opened.url}/simulator/control/silence`, {
        method: 'POST',
        headers: { 'sec-fetch-site': site },
        body: JSON.stringify({ venue: 'kraken', silent: true }),
      });
    expect((await press('cross-site')).status).toBe(403);
    expect(await oddOnes()).toEqual([]);
    expect((await press('same-origin')).status).toBe(200);
    expect(await oddOnes()).toEqual(['kraken']);
  });
});

describe('a connection', () => {
  let socket: WebSocket;
  beforeEach(async () => {
    socket = new WebSocket(`ws://127.0.0.1:${opened.ports.kraken.ws}/v2`);
    await once(socket, 'message');
  });
  afterEach(() => socket.terminate());
  const connections = async () => (await overview()).venues.find(({ venue }) => venue === 'kraken')?.connections;

  test('is counted', async () => expect(await connections()).toBe(1));

  test('that does not read what it asked for is cut off', async () => {
    const params = { channel: 'book', symbol: ['BTC/USD'], depth: 25 };
    socket.send(JSON.stringify({ method: 'subscribe', params }));
    await once(socket, 'message');
    socket.pause();
    opened.venues.kraken.faults.waitingMax = 10_000;
    // The kernel takes some megabytes before anything waits.
    for (let step = 0; step < 5_000 && (await connections()) === 1; step++) {
      for (let times = 0; times < 50; times++)
        opened.truth.setPrice(SPOTS[0] as SpotListing, 60_000 + (times % 2) * 500);
    }
    expect(await connections()).toBe(0);
  });
});
