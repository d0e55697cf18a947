import { constants, createPublicKey, verify } from 'node:crypto';
import fc from 'fast-check';
import { KalshiBook, mirrored } from '../../../../adapters/venues/kalshi/book';
import { feesOf } from '../../../../adapters/venues/kalshi/markets/fees';
import { gridOf } from '../../../../adapters/venues/kalshi/markets/grid';
import { instrumentsFrom, whyNot } from '../../../../adapters/venues/kalshi/markets/instruments';
import { heard, stateOf } from '../../../../adapters/venues/kalshi/markets/lifecycle';
import { Sequence } from '../../../../adapters/venues/kalshi/socket/sequence';
import { readFrame } from '../../../../adapters/venues/kalshi/wire/read-frame';
import { kalshiMarket, kalshiSeries } from '../../../../adapters/venues/kalshi/wire/rest';
import { signedHeaders, signingKey } from '../../../../adapters/venues/kalshi/wire/signing';
import { idOf } from '../../../../domain/kernel/ids';
import { instant } from '../../../../domain/kernel/instant';
import { formatPrice, formatQty } from '../../../../domain/kernel/money';
import type { Book } from '../../../../domain/market/book';
import type { Payout } from '../../../../domain/market/instrument';
import type { Level } from '../../../../domain/market/level';
import type { ListedBook } from '../../../../domain/market/mark';
import { KALSHI_KEY, KALSHI_MEMBER } from '../../../fixtures/kalshi-key';
import { KALSHI_FRAMES } from '../../../fixtures/venues/kalshi-frames';

const NOW = instant(1_795_428_000_000);

/** Goal: of one subscription's numbers each is told once, and a jump is a gap once. */
test.each`
  story                                 | numbers                     | places
  ${'the venue’s example'}              | ${[1, 2, 3, 3, 5]}          | ${'next next next repeated gap'}
  ${'it goes on after the gap'}         | ${[1, 3, 4, 5]}             | ${'next gap next next'}
  ${'one that comes late'}              | ${[1, 2, 4, 3, 5]}          | ${'next next gap repeated next'}
  ${'a connection that begins anew'}    | ${[7, 8]}                   | ${'next next'}
  ${'no numbers at all'}                | ${[undefined, undefined]}   | ${'next next'}
  ${'something unreadable was between'} | ${[1, 2, 'doubt', 4, 5]}    | ${'next next next next'}
  ${'it was of another one'}            | ${[1, 2, 'doubt', 3, 4, 6]} | ${'next next next next gap'}
`('$story: $places', ({ numbers, places }: { numbers: (number | 'doubt' | undefined)[]; places: string }) => {
  const sequence = new Sequence();
  const told = numbers.flatMap((number) => {
    if (number !== 'doubt') return [sequence.place(number)];
    sequence.doubt();
    return [];
  });
  expect(told.join(' ')).toBe(places);
});

describe('the book', () => {
  const text = (levels: readonly Level[]) => levels.map(({ price, qty }) => `${formatPrice(price)}×${formatQty(qty)}`);
  const shown = ({ bids, asks }: Pick<Book, 'bids' | 'asks'>) => `${text(bids).join(' ')} / ${text(asks).join(' ')}`;
  const example = () => {
    const book = new KalshiBook();
    book.apply('snapshot', {
      proof: '1:1',
      yes: [
        ['0.4100', '50.00'],
        ['0.4200', '13.00'],
      ],
      no: [
        ['0.5500', '20.00'],
        ['0.5600', '17.00'],
      ],
    });
    return book;
  };

  test('of the documented example: YES is offered where somebody bids for NO', () => {
    const book = example();
    expect(shown(book.levels())).toBe('0.42×13 0.41×50 / 0.44×17 0.45×20');
    expect(book.apply('update', { proof: '1:2', deltas: [{ side: 'yes', price: '0.4200', delta: '-13.00' }] })).toBe(
      '1:2',
    );
    expect(shown(book.levels())).toBe('0.41×50 / 0.44×17 0.45×20');
  });

  test('of NO is that of YES from the other side', () => {
    const yes = { ...example().levels(), instrument: idOf('KALSHI-A-YES') } as ListedBook;
    const no = mirrored(yes, idOf('KALSHI-A-NO'));
    expect(shown(no)).toBe('0.56×17 0.55×20 / 0.58×13 0.59×50');
    expect(mirrored(no, yes.instrument)).toEqual(yes);
  });

  test.each`
    story                           | delta                                               | proof
    ${'parts of a contract add up'} | ${{ side: 'no', price: '0.5600', delta: '0.03' }}   | ${'1:2'}
    ${'less than nothing'}          | ${{ side: 'no', price: '0.5600', delta: '-17.01' }} | ${undefined}
    ${'a level that never was'}     | ${{ side: 'yes', price: '0.4300', delta: '-0.01' }} | ${undefined}
  `('$story', ({ delta, proof }) => {
    expect(example().apply('update', { proof: '1:2', deltas: [delta] })).toBe(proof);
  });

  test.each(['0.0000', '1.0000', '-0.4', 'NaN', '0.123456789'])('a price of %s is none', (price) => {
    expect(() =>
      example().apply('update', { proof: '1:2', deltas: [{ side: 'yes', price, delta: '1.00' }] }),
    ).toThrow();
  });

  test('however its levels change, their sums are exact and none stays that is empty', () => {
    const cents = fc.record({ tick: fc.integer({ min: 1, max: 99 }), by: fc.integer({ min: -300, max: 500 }) });
    fc.assert(
      fc.property(fc.array(cents, { maxLength: 60 }), (changes) => {
        const [book, sizes] = [new KalshiBook(), new Map<number, number>()];
        for (const { tick, by } of changes) {
          const left = (sizes.get(tick) ?? 0) + by;
          const delta = { side: 'yes', price: (tick / 100).toFixed(4), delta: (by / 100).toFixed(2) } as const;
          const isTaken = book.apply('update', { proof: 'p', deltas: [delta] }) !== undefined;
          expect(isTaken).toBe(left >= 0);
          if (isTaken) sizes.set(tick, left);
        }
        const expected = [...sizes].filter(([, size]) => size > 0).sort(([a], [b]) => b - a);
        expect(text(book.levels().bids)).toEqual(
          expected.map(([tick, size]) => `${Number((tick / 100).toFixed(2))}×${Number((size / 100).toFixed(2))}`),
        );
      }),
      { seed: 20_261_130 },
    );
  });
});

test('every documented message is read as what it is', () => {
  expect(KALSHI_FRAMES.map((text) => readFrame(text)?.type)).toEqual([
    'orderbook_snapshot',
    'orderbook_delta',
    'trade',
    'market_lifecycle_v2',
    'event_fee_update',
    'subscribed',
    'ok',
    'error',
  ]);
});

test.each`
  story                                    | text                                                                           | read
  ${'a side that is empty'}                | ${'{"type":"orderbook_snapshot","sid":1,"seq":1,"msg":{"market_ticker":"A"}}'} | ${{ type: 'orderbook_snapshot', msg: { yes_dollars_fp: [], no_dollars_fp: [] } }}
  ${'a change without its price'}          | ${'{"type":"orderbook_delta","sid":1,"seq":4,"msg":{"market_ticker":"A"}}'}    | ${{ type: 'lost', what: 'orderbook_delta', ticker: 'A', sid: 1, seq: 4 }}
  ${'a change of nobody knows what'}       | ${'{"type":"orderbook_delta","sid":1,"seq":4,"msg":7}'}                        | ${{ type: 'lost', what: 'orderbook_delta', ticker: undefined }}
  ${'a kind that is new, with its number'} | ${'{"type":"weather","sid":2,"seq":9,"msg":{}}'}                               | ${{ type: 'unknown', sid: 2, seq: 9 }}
  ${'a field that is new'}                 | ${'{"type":"subscribed","id":1,"msg":{"channel":"trade","sid":2,"shard":7}}'}  | ${{ type: 'subscribed', msg: { channel: 'trade', sid: 2 } }}
  ${'the end of an old subscription'}      | ${'{"type":"unsubscribed","id":4,"sid":1,"seq":12}'}                           | ${{ type: 'unsubscribed', sid: 1, seq: 12 }}
  ${'half a message'}                      | ${'{"type":"orderbook_delta","sid":1,"se'}                                     | ${undefined}
  ${'a number that is none'}               | ${'{"type":"orderbook_delta","sid":1,"seq":"2","msg":{}}'}                     | ${undefined}
`('$story', ({ text, read }) => {
  const frame = readFrame(text);
  if (read === undefined) expect(frame).toBeUndefined();
  else expect(frame).toMatchObject(read);
});

test('a request is signed as the venue checks it: time, method and path without the query', () => {
  const secret = signingKey(KALSHI_KEY);
  const url = 'wss://kalshi.example/trade-api/ws/v2?a=b';
  const headers = signedHeaders({ keyId: KALSHI_KEY.keyId, secret }, url, NOW);
  const key = createPublicKey(KALSHI_MEMBER.publicKey);
  const options = { key, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 32 };
  const signature = Buffer.from(headers['KALSHI-ACCESS-SIGNATURE'] ?? '', 'base64');
  const isSigned = (text: string) => verify('sha256', Buffer.from(text), options, signature);
  expect(headers).toMatchObject({ 'KALSHI-ACCESS-KEY': KALSHI_KEY.keyId, 'KALSHI-ACCESS-TIMESTAMP': `${NOW}` });
  expect(isSigned(`${NOW}GET/trade-api/ws/v2`)).toBe(true);
  expect(isSigned(`${NOW + 1}GET/trade-api/ws/v2`)).toBe(false);
});

const market = (given: object = {}) =>
  kalshiMarket.parse({
    ticker: 'KXBTCD-26NOV2317-T90999.99',
    event_ticker: 'KXBTCD-26NOV2317',
    title: 'Bitcoin price?',
    yes_sub_title: '$91,000 or above',
    status: 'active',
    close_time: new Date(NOW + 60_000).toISOString(),
    price_ranges: [{ start: '0.0000', end: '1.0000', step: '0.0100' }],
    ...given,
  });
const series = (given: object = {}) =>
  kalshiSeries.parse({ ticker: 'KXBTCD', category: 'Crypto', fee_type: 'quadratic', fee_multiplier: 1, ...given });
const event = (given: object = {}) => ({
  event_ticker: 'KXBTCD-26NOV2317',
  series_ticker: 'KXBTCD',
  title: 'Bitcoin price',
  ...given,
});

test.each`
  story                               | ofSeries                                     | ofEvent                                                                           | fees
  ${'takers alone'}                   | ${{}}                                        | ${{}}                                                                             | ${'70000 0'}
  ${'makers as well'}                 | ${{ fee_type: 'quadratic_with_maker_fees' }} | ${{}}                                                                             | ${'70000 17500'}
  ${'half of it'}                     | ${{ fee_multiplier: 0.5 }}                   | ${{}}                                                                             | ${'35000 0'}
  ${'what the event says goes first'} | ${{}}                                        | ${{ fee_type_override: 'quadratic_with_maker_fees', fee_multiplier_override: 2 }} | ${'140000 35000'}
  ${'nothing at all'}                 | ${{ fee_type: 'flat', fee_multiplier: 0 }}   | ${{}}                                                                             | ${'0 0'}
  ${'a schedule nobody knows'}        | ${{ fee_type: 'flat' }}                      | ${{}}                                                                             | ${'none'}
  ${'less than nothing'}              | ${{ fee_multiplier: -1 }}                    | ${{}}                                                                             | ${'none'}
`('fees: $story, $fees', ({ ofSeries, ofEvent, fees }) => {
  const read = feesOf(series(ofSeries), event(ofEvent));
  expect(read ? `${read.takerFee.rate} ${read.makerFee.rate}` : 'none').toBe(fees);
});

test.each`
  given                                                                 | yes                                      | no
  ${{}}                                                                 | ${'0.01'}                                | ${'0.01'}
  ${{ price_ranges: null, price_level_structure: 'deci_cent' }}         | ${'0.001'}                               | ${'0.001'}
  ${{ price_ranges: null, price_level_structure: 'tapered_deci_cent' }} | ${'0.001: 0 0.001, 0.1 0.01, 0.9 0.001'} | ${'0.001: 0 0.001, 0.1 0.01, 0.9 0.001'}
  ${{ price_ranges: null, price_level_structure: null }}                | ${'0.01'}                                | ${'0.01'}
  ${{ price_ranges: null, price_level_structure: 'of tomorrow' }}       | ${'none'}                                | ${'none'}
  ${{ price_ranges: [{ start: '0', end: '0.2', step: '0.005' }, { start: '0.2', end: '1', step: '0.01' }] }} | ${'0.005: 0 0.005, 0.2 0.01'} | ${'0.005: 0 0.01, 0.8 0.005'}
  ${{ price_ranges: [{ start: '0', end: '1', step: '0.03' }] }}         | ${'none'}                                | ${'none'}
  ${{ price_ranges: [{ start: '0', end: '0.5', step: '0.01' }] }}       | ${'none'}                                | ${'none'}
  ${{ price_ranges: [{ start: '0', end: '0.4', step: '0.01' }, { start: '0.5', end: '1', step: '0.01' }] }} | ${'none'} | ${'none'}
`('the steps of $given: $yes and $no', ({ given, yes, no }) => {
  const shown = (side: 'yes' | 'no') => {
    const grid = gridOf(market(given), side);
    const bands = grid?.priceBands?.map(({ from, step }) => `${formatPrice(from)} ${formatPrice(step)}`);
    return grid ? [formatPrice(grid.priceTick), ...(bands ? [bands.join(', ')] : [])].join(': ') : 'none';
  };
  expect([shown('yes'), shown('no')]).toEqual([yes, no]);
});

const paid = (payout: Payout): string => (payout.kind === 'void' ? 'void' : formatPrice(payout.price));

/** Goal: where a market is by its status, its close and its result; only what is settled pays. */
test.each`
  given                                                                            | state
  ${{}}                                                                            | ${'open'}
  ${{ close_time: new Date(NOW).toISOString() }}                                   | ${'halted'}
  ${{ status: 'initialized' }}                                                     | ${'halted'}
  ${{ status: 'inactive' }}                                                        | ${'halted'}
  ${{ status: 'of tomorrow' }}                                                     | ${'halted'}
  ${{ status: 'closed' }}                                                          | ${'closed'}
  ${{ status: 'determined', result: 'yes', settlement_value_dollars: '1.0000' }}   | ${'pending'}
  ${{ status: 'disputed', result: 'yes' }}                                         | ${'disputed'}
  ${{ status: 'amended', result: 'no' }}                                           | ${'pending'}
  ${{ status: 'finalized', result: 'yes', settlement_value_dollars: '1.0000' }}    | ${'resolved 1 0'}
  ${{ status: 'finalized', result: 'no' }}                                         | ${'resolved 0 1'}
  ${{ status: 'finalized', result: 'scalar', settlement_value_dollars: '0.3500' }} | ${'resolved 0.35 0.65'}
  ${{ status: 'finalized', result: 'void', settlement_value_dollars: '0.5000' }}   | ${'resolved 0.5 0.5'}
  ${{ status: 'finalized', result: 'void' }}                                       | ${'resolved void void'}
  ${{ status: 'finalized', result: '' }}                                           | ${'pending'}
  ${{ status: 'finalized', result: 'yes', settlement_value_dollars: '0.0000' }}    | ${'pending'}
  ${{ status: 'finalized', result: 'scalar', settlement_value_dollars: '1.0001' }} | ${'pending'}
`('$given: $state', ({ given, state }) => {
  const read = stateOf(market(given), NOW);
  expect(read.status === 'resolved' ? `resolved ${paid(read.yes)} ${paid(read.no)}` : read.status).toBe(state);
});

test.each`
  said                                                                        | state
  ${[{ event_type: 'deactivated', is_deactivated: true }]}                    | ${'halted'}
  ${[{ event_type: 'deactivated' }, { event_type: 'activated' }]}             | ${'open'}
  ${[{ event_type: 'close_date_updated', close_ts: NOW / 1_000 - 1 }]}        | ${'halted'}
  ${[{ event_type: 'determined', result: 'no', settlement_value: '0.0000' }]} | ${'pending'}
  ${[{ event_type: 'determined', result: 'no' }, { event_type: 'settled' }]}  | ${'resolved'}
  ${[{ event_type: 'settled' }]}                                              | ${'pending'}
  ${[{ event_type: 'created' }]}                                              | ${'open'}
`('after $said it is $state', ({ said, state }) => {
  const after = said.reduce(
    (known: never, one: object) => heard(known, { market_ticker: 'A', ...one } as never),
    market(),
  );
  expect(stateOf(after, NOW).status).toBe(state);
});

test('a market is two instruments, named by its ticker and by what YES stands for', () => {
  const pair = instrumentsFrom({ market: market(), event: event(), series: series() }, NOW);
  expect(pair).toMatchObject([
    {
      id: 'KALSHI-KXBTCD-26NOV2317-T90999p99-YES',
      title: 'Bitcoin price: $91,000 or above YES',
      qtyStep: 1_000_000n,
      takerFee: { kind: 'probability_cent', rate: 70_000n },
      outcome: { marketId: 'KXBTCD-26NOV2317-T90999.99', category: 'Crypto', side: 'yes' },
    },
    { id: 'KALSHI-KXBTCD-26NOV2317-T90999p99-NO', outcome: { side: 'no' } },
  ]);
  const undivided = { market: market({ fractional_trading_enabled: false }), event: event(), series: series() };
  expect(instrumentsFrom(undivided, NOW)?.[0]).toMatchObject({ qtyStep: 100_000_000n, qtyMin: 100_000_000n });
});

test.each`
  given                                                      | why
  ${{ ticker: 'a_b' }}                                       | ${/unfit for an id/}
  ${{ mve_collection_ticker: 'KXMVE' }}                      | ${/a combination of other markets/}
  ${{ price_ranges: [{ start: '0', end: '1', step: '0' }] }} | ${/cannot hold the steps/}
`('$given cannot be followed: $why', ({ given, why }) => {
  expect(whyNot({ market: market(given), event: event(), series: series() })).toMatch(why);
});
