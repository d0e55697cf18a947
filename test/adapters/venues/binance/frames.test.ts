import fc from 'fast-check';
import { booksLost, type Diff } from '../../../../adapters/venues/binance/frames';
import { instrumentOf, listingOf, pairOf } from '../../../../adapters/venues/binance/instruments';
import { readFrame } from '../../../../adapters/venues/binance/read-frame';
import { isCrossed } from '../../../../domain/market/book';
import { binanceFrames } from '../../../fixtures/venues/binance-frames';
import { BinanceBookLab, snapshotOf } from './book-lab';

const CAPTURED = binanceFrames();

test('reads every frame that was captured', () => {
  expect(CAPTURED).toHaveLength(480);
  const kinds = CAPTURED.map((text) => readFrame(text)?.kind);
  const count = (kind: string | undefined) => kinds.filter((each) => each === kind).length;
  expect(['depth', 'best', 'passed_over', 'unknown', undefined].map(count)).toEqual([336, 128, 16, 0, 0]);
});

test('the captured diffs follow each other, and the best prices come before the diff that has them', () => {
  const reached = new Map<string, number>();
  for (const frame of CAPTURED.map(readFrame)) {
    if (frame?.kind === 'best') expect(frame.id).toBeGreaterThan(reached.get(frame.symbol) ?? -1);
    if (frame?.kind !== 'depth') continue;
    const before = reached.get(frame.symbol);
    if (before !== undefined) expect(frame.first).toBe(before + 1);
    reached.set(frame.symbol, frame.last);
  }
  expect([...reached.keys()].sort()).toEqual(['COMPUSDT', 'CRVUSDT', 'OMGBUSD', 'ZRXUSDT']);
});

const stream = (name: string, data: object): string => JSON.stringify({ stream: name, data });
const DEPTH = { e: 'depthUpdate', E: 1, s: 'BTCUSDT', U: 1, u: 2, b: [['1', '2']], a: [] };
const TRADE = { e: 'trade', E: 2, s: 'BTCUSDT', t: 7, p: '1', q: '2', T: 1, m: true, M: true };

test.each`
  frame                                                                       | kind
  ${stream('btcusdt@depth@100ms', DEPTH)}                                     | ${'depth'}
  ${stream('btcusdt@depth', { ...DEPTH, novelty: [1] })}                      | ${'depth'}
  ${stream('btcusdt@trade', TRADE)}                                           | ${'trade'}
  ${stream('btcusdt@bookTicker', { u: 5, s: 'BTCUSDT', b: '1', a: '2' })}     | ${'best'}
  ${stream('!serverShutdown', { e: 'serverShutdown', E: 1 })}                 | ${'shutdown'}
  ${stream('btcusdt@depth20@100ms', { lastUpdateId: 1, bids: [], asks: [] })} | ${'passed_over'}
  ${stream('btcusdt@novelty', {})}                                            | ${'unknown'}
  ${'{"result":null,"id":1}'}                                                 | ${'answer'}
  ${'{"code":2,"msg":"Invalid request: unknown variant"}'}                    | ${'refusal'}
  ${'{"error":{"code":2,"msg":"Invalid request"},"id":1}'}                    | ${'refusal'}
  ${'{"e":"novelty"}'}                                                        | ${'unknown'}
  ${stream('btcusdt@depth@100ms', { ...DEPTH, u: 0 })}                        | ${undefined}
  ${stream('btcusdt@depth@100ms', { ...DEPTH, U: '1' })}                      | ${undefined}
  ${stream('btcusdt@depth@100ms', { ...DEPTH, b: [['1']] })}                  | ${undefined}
  ${stream('btcusdt@depth@100ms', { ...DEPTH, b: [[1, 2]] })}                 | ${undefined}
  ${stream('btcusdt@trade', { ...TRADE, m: 'yes' })}                          | ${undefined}
  ${'[]'}                                                                     | ${undefined}
  ${'{"stream":'}                                                             | ${undefined}
`('$frame is $kind', ({ frame, kind }) => {
  expect(readFrame(frame)?.kind).toBe(kind);
});

/** Goal: whose book a frame that cannot be read may have changed. */
test.each`
  frame                                                 | lost
  ${'{"stream":"btcusdt@depth@100ms","data":{"e":"dep'} | ${['BTCUSDT']}
  ${'{ "stream" : "ethusdt@depth@100ms", "data": 7 }'}  | ${['ETHUSDT']}
  ${'{"stream":"btcusdt@trade","data":{"e":"tra'}       | ${[]}
  ${'{"stream":"btcusdt@bookTicker","data":{}}'}        | ${[]}
  ${'{"stream":"btcu'}                                  | ${'all'}
  ${'hello'}                                            | ${'all'}
`('$frame costs $lost', ({ frame, lost }) => {
  expect(booksLost(frame)).toEqual(lost);
});

const INFO = {
  symbol: 'BTCUSDT',
  status: 'TRADING',
  baseAsset: 'BTC',
  quoteAsset: 'USDT',
  filters: [
    { filterType: 'PRICE_FILTER', tickSize: '0.01000000' },
    { filterType: 'LOT_SIZE', stepSize: '0.00001000', minQty: '0.00001000' },
  ],
};

test.each`
  story                 | info                                                 | listed
  ${'it trades'}        | ${INFO}                                              | ${{ instrument: { priceTick: 1_000_000n, qtyStep: 1_000n, qtyMin: 1_000n, venueSymbol: 'BTCUSDT' } }}
  ${'a break'}          | ${{ ...INFO, status: 'BREAK' }}                      | ${{ halted: 'its status is BREAK' }}
  ${'a halt'}           | ${{ ...INFO, status: 'HALT' }}                       | ${{ halted: 'its status is HALT' }}
  ${'another currency'} | ${{ ...INFO, baseAsset: 'BTCU', quoteAsset: 'SDT' }} | ${{ instrument: undefined, gone: 'it is BTCU in SDT, not BTC/USDT' }}
  ${'no steps'}         | ${{ ...INFO, filters: [] }}                          | ${{ instrument: undefined }}
`('$story', ({ info, listed }) => {
  expect(listingOf(pairOf('BTC/USDT'), info)).toMatchObject({ symbol: 'BTCUSDT', ...listed });
  expect(instrumentOf(pairOf('BTC/USDT'))).toBe('BTC-USDT');
});

const TOKENS = ['', '0', '-', '1e9', 'null', '[]', '{}', '"', ',', '"NaN"', '\\u0000', '\u202e', '9'.repeat(90)];

/** A frame with a few of its characters or values taken away, doubled or replaced. */
const mutant: fc.Arbitrary<string> = fc
  .tuple(
    fc.constantFrom(...CAPTURED),
    fc.array(fc.tuple(fc.nat(), fc.nat({ max: 30 }), fc.constantFrom(...TOKENS)), { minLength: 1, maxLength: 4 }),
  )
  .map(([frame, cuts]) =>
    cuts.reduce((text, [at, length, given]) => {
      const from = at % (text.length + 1);
      return text.slice(0, from) + given + text.slice(from + length);
    }, frame),
  );

test('ten thousand mutants of real frames break nothing, and a good book follows them', async () => {
  const diffs = CAPTURED.map(readFrame).filter((frame): frame is Diff => frame?.kind === 'depth');
  const symbol = 'COMPUSDT';
  const ours = diffs.filter((diff) => diff.symbol === symbol);
  const lab = new BinanceBookLab(symbol);
  lab.rest = snapshotOf(ours[0]?.first ?? 0, '296x1', '298x1');
  const frames = fc.sample(mutant, { seed: 20_260_512, numRuns: 10_000 });
  for (const [at, frame] of frames.entries()) {
    lab.hear(frame);
    if (at % 50 === 0) await lab.pass(250);
  }
  const good = lab.told.filter(({ quality }) => quality === 'good');
  expect(good.filter(({ bids, asks }) => isCrossed(bids, asks))).toEqual([]);
  expect(good.flatMap(({ bids, asks }) => [...bids, ...asks]).every(({ price, qty }) => price > 0n && qty > 0n)).toBe(
    true,
  );
  lab.book.distrust('stale');
  lab.book.await();
  lab.rest = snapshotOf(200_000_000, '296x1', '298x1');
  lab.diff(200_000_000, 200_000_001);
  await lab.pass(10_000);
  expect(lab.last()).toBe('good 200000001 296/298');
});

test('whatever comes over the wire, reading it never throws', () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string(),
        fc.json(),
        fc.jsonValue().map((value) => `{"stream":"btcusdt@depth@100ms","data":${JSON.stringify(value)}}`),
      ),
      (text) => {
        if (!readFrame(text)) booksLost(text);
      },
    ),
  );
});
