import { instrumentNames, KALSHI_NAMES } from '../../../local/simulators/kalshi/names';
import { OUTCOMES } from '../../../local/simulators/truth/listing';
import { type ControlledVenues, controlledVenues } from '../../fixtures/venues/controlled-venues';

const SLUG = OUTCOMES[0]?.slug as string;
const KALSHI = instrumentNames(SLUG);
const TICKER = KALSHI_NAMES[SLUG]?.ticker ?? '';

let opened: ControlledVenues;
let rest: string;

beforeEach(async () => {
  opened = await controlledVenues({ seed: 11 });
  rest = opened.rest.polymarket;
});
afterEach(() => opened.close());

const post = (path: string, body: unknown) => opened.post(path, body);
const touch = async (id: string) => {
  const state = (await (await fetch(`${opened.url}/control/state`)).json()) as ({ id: string } & Record<
    string,
    string
  >)[];
  return state.find((market) => market.id === id);
};

/** Goal: where a commanded price puts the touch of the market's one true book. */
test.each`
  instrument                       | price                 | bid          | ask
  ${'BTC-USD'}                     | ${'60000'}            | ${'60000.0'} | ${'60000.1'}
  ${'BTC-USD'}                     | ${'85545.9400000001'} | ${'85545.9'} | ${'85546.0'}
  ${'ETH-USD'}                     | ${'2999.99'}          | ${'2999.99'} | ${'3000.00'}
  ${`PM-${OUTCOMES[0]?.slug}-YES`} | ${'0.6'}              | ${'0.60'}    | ${'0.61'}
  ${`PM-${OUTCOMES[0]?.slug}-NO`}  | ${'0.3'}              | ${'0.70'}    | ${'0.71'}
`('$instrument at $price: $bid to $ask', async ({ instrument, price, bid, ask }) => {
  expect(await post('/control/price', { instrument, price })).toEqual({ status: 200, body: { done: true } });
  expect(await touch(instrument.startsWith('PM-') ? SLUG : instrument)).toMatchObject({ bid, ask });
});

test.each`
  path                         | body                                         | error
  ${'/control/price'}          | ${{ instrument: 'DOGE-USD', price: '1' }}    | ${/DOGE-USD is not listed/}
  ${'/control/price'}          | ${{ instrument: 'BTC-USD', price: '-5' }}    | ${/must be a decimal/}
  ${'/control/price'}          | ${{ instrument: 'BTC-USD', price: '0' }}     | ${/must be above 0/}
  ${'/control/price'}          | ${{ instrument: SLUG, price: '1' }}          | ${/must be below 1/}
  ${'/control/resolve'}        | ${{ instrument: 'BTC-USD', winner: 'yes' }}  | ${/no prediction market/}
  ${'/control/fault'}          | ${{ venue: 'kraken', fault: 'gremlins' }}    | ${/fault/}
  ${'/control/schema'}         | ${{ schema: 'tomorrow' }}                    | ${/schema/}
  ${'/control/ghost'}          | ${{ instrument: 'BTC-USD', haunted: true }}  | ${/no prediction market/}
  ${'/control/binance/status'} | ${{ instrument: 'BTC-USD', status: 'GONE' }} | ${/status/}
  ${'/control/binance/forget'} | ${{ instrument: SLUG }}                      | ${/is no coin/}
  ${'/control/silence'}        | ${{ venue: 'nyse', silent: true }}           | ${/venue/}
`('$path refuses $body', async ({ path, body, error }) => {
  const answer = await post(path, body);
  expect(answer.status).toBe(422);
  expect(answer.body.error).toMatch(error);
});

/** Goal: both outcomes are known by Kalshi's names as well, and what it alone does can be asked for by hand. */
test.each`
  path          | body                                                                       | asked                       | told
  ${'close-at'} | ${{ instrument: KALSHI.yes, inMs: 0 }}                                     | ${`/markets/${TICKER}`}     | ${new RegExp(`"close_time":"${new Date().getUTCFullYear()}`)}
  ${'ranges'}   | ${{ instrument: SLUG, ranges: [{ start: '0', end: '1', step: '0.001' }] }} | ${`/markets/${TICKER}`}     | ${/"step":"0.001"/}
  ${'fees'}     | ${{ instrument: KALSHI.no, type: 'quadratic', multiplier: 2 }}             | ${'/events/KXBTCY-26DEC31'} | ${/"fee_multiplier_override":2/}
  ${'rest'}     | ${{ resting: true }}                                                       | ${'/exchange/status'}       | ${/"trading_active":false/}
  ${'refuse'}   | ${{ status: 429, retryAfter: '7' }}                                        | ${'/series/KXBTCY'}         | ${/refused/}
`('Kalshi: $path of $body', async ({ path, body, asked, told }) => {
  expect(await post(`/control/kalshi/${path}`, body)).toEqual({ status: 200, body: { done: true } });
  expect(await (await fetch(`${opened.rest.kalshi}${asked}`)).text()).toMatch(told);
});

test('Kalshi: a price of NO moves the truth that YES is seen in', async () => {
  await post('/control/price', { instrument: KALSHI.no, price: '0.3' });
  expect(await touch(SLUG)).toMatchObject({ bid: '0.70', ask: '0.71' });
  const { orderbook_fp } = await (await fetch(`${opened.rest.kalshi}/markets/${TICKER}/orderbook`)).json();
  expect([orderbook_fp.yes_dollars.at(-1)[0], orderbook_fp.no_dollars.at(-1)[0]]).toEqual(['0.7000', '0.2900']);
});

/** Goal: what the real venue does beside its documents can be asked for by hand, and taken back. */
test.each`
  on                                                           | off                                                         | path                                         | before | during
  ${['ghost', { instrument: SLUG, haunted: true }]}            | ${['ghost', { instrument: SLUG, haunted: false }]}          | ${`/book?token_id=${OUTCOMES[0]?.yesToken}`} | ${200} | ${/"price":"0.99"/}
  ${['refuse', { status: 429, retryAfter: '7' }]}              | ${['refuse', { status: null }]}                             | ${`/book?token_id=${OUTCOMES[0]?.yesToken}`} | ${200} | ${/^429 7 /}
  ${['outcomes', { instrument: SLUG, names: ['Up', 'Down'] }]} | ${['outcomes', { instrument: SLUG, names: ['Yes', 'No'] }]} | ${`/markets?slug=${SLUG}`}                   | ${200} | ${/Up.*Down/}
`('$on, then $off', async ({ on, off, path, before, during }) => {
  const ask = async () => {
    const answer = await fetch(`${rest}${path}`);
    return `${answer.status} ${answer.headers.get('retry-after') ?? ''} ${await answer.text()}`;
  };
  expect(await ask()).toMatch(new RegExp(`^${before}`));
  expect(await ask()).not.toMatch(during);
  expect((await post(`/control/${on[0]}`, on[1])).status).toBe(200);
  expect(await ask()).toMatch(during);
  expect((await post(`/control/${off[0]}`, off[1])).status).toBe(200);
  expect(await ask()).not.toMatch(during);
});

test('a catalogue that is frozen says for ever what it said first, and a sweep comes in pieces', async () => {
  const tick = async () =>
    (await (await fetch(`${rest}/markets?slug=${SLUG}`)).text()).match(/TickSize":([\d.]+)/)?.[1];
  await post('/control/catalogue', { frozen: true });
  expect(await tick()).toBe('0.01');
  await post('/control/tick', { instrument: SLUG, tick: '0.001' });
  expect(await tick()).toBe('0.01');
  await post('/control/catalogue', { frozen: false });
  expect(await tick()).toBe('0.001');
  expect((await post('/control/sweeps', { split: true })).status).toBe(200);
  expect((await post('/control/schema', { schema: 'flat' })).status).toBe(200);
  expect(opened.venues.polymarket.quirks).toMatchObject({ isSplit: true, schema: 'flat' });
});

test('makers pull their bids, and put them back', async () => {
  const before = await touch('BTC-USD');
  await post('/control/stub', { instrument: 'BTC-USD', stubbed: true });
  expect((await touch('BTC-USD'))?.bid).toMatch(/^0\.0*1$/);
  await post('/control/stub', { instrument: 'BTC-USD', stubbed: false });
  expect((await touch('BTC-USD'))?.bid).toBe(before?.bid);
});

test('an unknown command is named', async () => {
  expect(await post('/control/constructor', {})).toEqual({
    status: 404,
    body: { error: 'there is no command POST /control/constructor' },
  });
});

/** Goal: what Gamma and the CLOB say of a market after these steps; `state` is what the control itself answers. */
test.each`
  steps                            | says                                                                                    | state
  ${['close']}                     | ${{ closed: true, acceptingOrders: false, umaResolutionStatuses: '[]' }}                | ${'closed'}
  ${['close', 'pend']}             | ${{ closed: true, umaResolutionStatus: 'proposed' }}                                    | ${'pending'}
  ${['pend', 'dispute', 'pend']}   | ${{ umaResolutionStatuses: '["proposed","disputed","proposed"]' }}                      | ${'pending'}
  ${['pend', 'dispute']}           | ${{ umaResolutionStatus: 'disputed' }}                                                  | ${'disputed'}
  ${['resolve no']}                | ${{ closed: true, acceptingOrders: false, outcomePrices: '["0","1"]' }}                 | ${'resolved'}
  ${['pend', 'resolve 50-50']}     | ${{ outcomePrices: '["0.5","0.5"]', umaResolutionStatuses: '["proposed","resolved"]' }} | ${'resolved'}
  ${['close', 'resolve void']}     | ${{ archived: true, umaResolutionStatuses: '[]' }}                                      | ${'resolved'}
  ${['resolve yes', 'correct no']} | ${{ outcomePrices: '["0","1"]', umaResolutionStatus: 'resolved' }}                      | ${'resolved'}
`('after $steps: $state', async ({ steps, says, state }) => {
  for (const step of steps as readonly string[]) {
    const [name, winner] = step.split(' ');
    expect(await post(`/control/${name}`, { instrument: SLUG, winner })).toEqual({ status: 200, body: { done: true } });
  }
  const [market] = (await (await fetch(`${rest}/markets?slug=${SLUG}&closed=true`)).json()) as object[];
  expect(market).toMatchObject(says);
  expect(await touch(SLUG)).toMatchObject({ status: state, bid: null, ask: null });
  expect((await fetch(`${rest}/book?token_id=${OUTCOMES[0]?.yesToken}`)).status).toBe(404);
  expect(await (await fetch(`${rest}/markets?slug=${SLUG}`)).json()).toEqual([]);
});

test.each`
  before       | path         | body                           | error
  ${[]}        | ${'dispute'} | ${{}}                          | ${/it is open, so it cannot dispute/}
  ${[]}        | ${'correct'} | ${{ winner: 'yes' }}           | ${/it is open, so it cannot correct/}
  ${['close']} | ${'close'}   | ${{}}                          | ${/it is closed, so it cannot close/}
  ${['close']} | ${'status'}  | ${{ status: 'open' }}          | ${/it is closed, so it cannot reopen/}
  ${['close']} | ${'trade'}   | ${{ price: '0.5', qty: '10' }} | ${/has closed/}
`('after $before, $path is refused', async ({ before, path, body, error }) => {
  for (const step of before as readonly string[]) await post(`/control/${step}`, { instrument: SLUG });
  const answer = await post(`/control/${path}`, { instrument: SLUG, ...body });
  expect([answer.status, answer.body.error]).toEqual([422, expect.stringMatching(error)]);
});

/** Goal: what a printed trade leaves of the book at its side; before it, 60000.0 × b and 60000.1 × a. */
test.each`
  price        | taker        | after
  ${'60000.1'} | ${undefined} | ${'the ask less 0.1'}
  ${'60000.0'} | ${undefined} | ${'the bid less 0.1'}
  ${'60003.0'} | ${'buy'}     | ${'an ask behind it'}
`('0.1 at $price leaves $after', async ({ price, taker, after }) => {
  await post('/control/freeze', {});
  await post('/control/price', { instrument: 'BTC-USD', price: '60000' });
  const before = await touch('BTC-USD');
  const trade = { instrument: 'BTC-USD', price, qty: '0.1', ...(taker && { taker }) };
  expect((await post('/control/trade', trade)).status).toBe(200);
  const now = await touch('BTC-USD');
  const less = (qty: string | undefined) => (Number(qty) - 0.1).toFixed(8);
  if (after === 'the ask less 0.1') expect(now).toEqual({ ...before, askQty: less(before?.askQty) });
  if (after === 'the bid less 0.1') expect(now).toEqual({ ...before, bidQty: less(before?.bidQty) });
  if (after === 'an ask behind it') expect(Number(now?.ask)).toBeGreaterThanOrEqual(60_003);
});

test('REST knows no other token, and both tokens of a market mirror each other', async () => {
  expect((await fetch(`${rest}/book?token_id=1`)).status).toBe(404);
  const book = async (token: string | undefined) =>
    (await (await fetch(`${rest}/book?token_id=${token}`)).json()) as {
      readonly bids: { readonly price: string; readonly size: string }[];
      readonly asks: { readonly price: string; readonly size: string }[];
    };
  const [yes, no] = [await book(OUTCOMES[0]?.yesToken), await book(OUTCOMES[0]?.noToken)];
  const mirrored = no.asks.map(({ price, size }) => ({ price: (1 - Number(price)).toFixed(2), size }));
  expect(yes.bids).toEqual(mirrored);
  // As the live venue sends them: the best level last.
  expect(Number(yes.bids.at(-1)?.price)).toBeGreaterThan(Number(yes.bids[0]?.price));
});

/** Goal: what Binance's REST says of bitcoin, by hand. */
test.each`
  path                         | body                                          | asked                                    | said
  ${'/control/binance/status'} | ${{ instrument: 'BTC-USD', status: 'BREAK' }} | ${'/api/v3/exchangeInfo?symbol=BTCUSDT'} | ${'"status":"BREAK"'}
  ${'/control/binance/tick'}   | ${{ instrument: 'BTC-USD', tick: '0.5' }}     | ${'/api/v3/exchangeInfo?symbol=BTCUSDT'} | ${'"tickSize":"0.5"'}
  ${'/control/binance/delist'} | ${{ instrument: 'BTC-USD' }}                  | ${'/api/v3/depth?symbol=BTCUSDT'}        | ${'-1121'}
  ${'/control/binance/system'} | ${{ maintenance: true }}                      | ${'/sapi/v1/system/status'}              | ${'maintenance'}
  ${'/control/binance/refuse'} | ${{ status: 418 }}                            | ${'/api/v3/depth?symbol=BTCUSDT'}        | ${'-1003'}
`('$path: Binance answers $said', async ({ path, body, asked, said }) => {
  const answer = async () => (await fetch(`${opened.rest.binance}${asked}`)).text();
  expect(await answer()).not.toContain(said);
  expect((await post(path, body)).status).toBe(200);
  expect(await answer()).toContain(said);
});
