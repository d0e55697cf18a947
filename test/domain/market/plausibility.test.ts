import fc from 'fast-check';
import { plusMs } from '../../../domain/kernel/instant';
import { price, qty } from '../../../domain/kernel/money';
import type { Book } from '../../../domain/market/book';
import { type Around, type PriceMemory, plausible } from '../../../domain/market/plausibility';
import { bookOf, NOW } from '../../fixtures/domain-story';

const ALONE: Around = {};

/**
 * What each book of a sequence became, one every 500 ms. `100` shows a lot at 100 on both sides, `100/120` at a bid and
 * at an ask, `100.?` is one whose own check failed; an empty side is left out. `+`: believed; `b`, `a`: that side in doubt.
 */
function judged(path: string, around: Around = ALONE, everyMs = 500): string {
  let memory: PriceMemory | undefined;
  const seen = path.split(' ').map((word, index) => {
    const [bid = '', ask = bid] = word.replace('.?', '').split('/');
    const levels = [bid, ask].map((each) => (each === '' ? '' : `1000000@${each}`)) as [string, string];
    const receivedAt = plusMs(NOW, index * everyMs);
    const found = plausible(
      bookOf(...levels, { receivedAt, quality: word.endsWith('.?') ? 'gapped' : 'good' }),
      memory,
      around,
    );
    memory = found.memory;
    return markOf(found.book);
  });
  return seen.join(' ');
}

const markOf = ({ quality, doubts }: Book): string =>
  quality !== 'good' ? '?' : `${doubts?.bid ? 'b' : ''}${doubts?.ask ? 'a' : ''}` || '+';

/** Goal: which sides may fill and judge, by the prices that came before. */
test.each`
  story                                      | path                                    | verdict
  ${'the first is believed'}                 | ${'0.60'}                               | ${'+'}
  ${'small steps'}                           | ${'0.60 0.63 0.59 0.66'}                | ${'+ + + +'}
  ${'exactly 20 cents up'}                   | ${'0.60 0.80'}                          | ${'+ +'}
  ${'a hair more'}                           | ${'0.60 0.80000001'}                    | ${'+ ba'}
  ${'exactly 20 cents down'}                 | ${'0.60 0.40'}                          | ${'+ +'}
  ${'a hair less'}                           | ${'0.60 0.39999999'}                    | ${'+ ba'}
  ${'the bid alone, beside an unmoved ask'}  | ${'0.60/0.61 0.30/0.61 0.60/0.61'}      | ${'+ b +'}
  ${'the ask alone'}                         | ${'0.60/0.61 0.60/0.90 0.60/0.61'}      | ${'+ a +'}
  ${'a shifted decimal, once'}               | ${'0.60 0.06 0.60'}                     | ${'+ ba +'}
  ${'a shifted decimal, twice'}              | ${'0.60 0.06 0.06 0.60'}                | ${'+ ba ba +'}
  ${'a crash: the third confirms'}           | ${'0.80 0.30 0.30 0.30 0.30'}           | ${'+ ba ba + +'}
  ${'and the way back up must be confirmed'} | ${'0.80 0.30 0.30 0.30 0.80 0.80 0.80'} | ${'+ ba ba + ba ba +'}
  ${'three that disagree confirm nothing'}   | ${'0.60 0.10 0.95 0.10 0.95 0.10'}      | ${'+ ba ba ba ba ba'}
  ${'a good one between begins anew'}        | ${'0.60 0.10 0.10 0.60 0.10 0.10 0.10'} | ${'+ ba ba + ba ba +'}
  ${'a slide is confirmed step by step'}     | ${'0.60 0.35 0.32 0.30'}                | ${'+ ba ba +'}
  ${'a broken book is no witness'}           | ${'0.60 0.10.? 0.10.? 0.10.? 0.10'}     | ${'+ ? ? ? ba'}
  ${'a broken book sets no price'}           | ${'0.10.? 0.60'}                        | ${'? +'}
  ${'a broken book forgets nothing'}         | ${'0.60 0.10 0.10 0.60.? 0.10'}         | ${'+ ba ba ? +'}
  ${'an empty side has nothing to doubt'}    | ${'0.60/0.61 /0.61 0.30/0.61'}          | ${'+ + b'}
`('$story: $path', ({ path, verdict }) => {
  expect(judged(path)).toBe(verdict);
});

test.each`
  story                                           | path                        | verdict
  ${'20 cents and no more'}                       | ${'0.61 0.41 0.61 0.4099'}  | ${'+ + + ba'}
  ${'a stub'}                                     | ${'0.61 0.01 0.61'}         | ${'+ ba +'}
  ${'news, which stays'}                          | ${'0.40 0.97 0.97 0.97'}    | ${'+ ba ba +'}
  ${'of a small price no more than half is lost'} | ${'0.10 0.05 0.0249'}       | ${'+ + ba'}
  ${'of the smallest two cents may be'}           | ${'0.02 0.001 0.02 0.0401'} | ${'+ + + ba'}
`('an outcome, $story: $path', ({ path, verdict }) => {
  expect(judged(path)).toBe(verdict);
});

test('three books are not enough within a second, nor a second with two', () => {
  expect(judged('0.60 0.10 0.10 0.10 0.10 0.10 0.10', ALONE, 200)).toBe('+ ba ba ba ba ba +');
  expect(judged('0.60 0.10 0.10 0.10', ALONE, 2_000)).toBe('+ ba ba +');
});

test('a book that is judged again is no further witness', () => {
  const first = plausible(bookOf('1000@0.60', '1000@0.61'), undefined, ALONE);
  const jumped = bookOf('1000@0.10', '1000@0.11', { receivedAt: plusMs(NOW, 5_000) });
  const again = [1, 2, 3].reduce(({ memory }) => plausible(jumped, memory, ALONE), first);
  expect(markOf(again.book)).toBe('ba');
});

test('a doubt says since when, and keeps everything else of the book', () => {
  const { memory } = plausible(bookOf('1000@0.60', '1000@0.61'), undefined, ALONE);
  const stub = bookOf('1000@0.30', '1000@0.61', { receivedAt: plusMs(NOW, 100) });
  const found = plausible(stub, memory, ALONE);
  const doubts = { bid: { why: 'jumped', since: NOW + 100 } };
  expect(found.book).toEqual({ ...stub, doubts });
  const later = plausible({ ...stub, receivedAt: plusMs(NOW, 200) }, found.memory, ALONE);
  expect(later.book.doubts).toEqual(doubts);
});

/** Goal: what a side shows near its best price must be worth something, or it says nothing. */
describe('depth', () => {
  const doubtsOf = (bids: string, asks: string) => plausible(bookOf(bids, asks), undefined, ALONE).book.doubts;
  const thin = { why: 'thin', since: NOW };

  test.each([
    ['one share at a cent', '1@0.01', '1000@0.62', { bid: thin }],
    ['ten dollars', '20@0.50', '1000@0.62', undefined],
    ['a hair less', '19.99@0.50', '1000@0.62', { bid: thin }],
    ['five cents away counts', '10@0.50 12@0.45', '1000@0.62', undefined],
    ['six do not', '10@0.50 12@0.44', '1000@0.62', { bid: thin }],
    ['an ask', '1000@0.50', '1@0.62', { ask: thin }],
  ])('%s: %s / %s', (_, bids, asks, doubts) => {
    expect(doubtsOf(bids, asks)).toEqual(doubts);
  });

  test('a thin price is not what later ones are held against; where it stands it is no more than thin', () => {
    let memory: PriceMemory | undefined;
    const bids = ['1000@0.61', '1@0.01', '1@0.01', '1@0.01', '1000@0.60'];
    const seen = bids.map((each, index) => {
      const book = bookOf(each, '1000@0.62', { receivedAt: plusMs(NOW, index * 1_000) });
      const found = plausible(book, memory, ALONE);
      memory = found.memory;
      return found.book.doubts?.bid?.why ?? '+';
    });
    expect(seen).toEqual(['+', 'jumped', 'jumped', 'thin', '+']);
  });
});

/** Goal: YES and NO pay a dollar together; of two that cannot both be right the one that moved is doubted. */
describe('the twin', () => {
  const twin = bookOf('1000@0.38', '1000@0.40');
  const before = plausible(bookOf('1000@0.60', '1000@0.62'), undefined, { twin }).memory;
  const judgedAt = (bids: string, asks: string, ms: number, other: Book | undefined = twin, memory = before) =>
    plausible(bookOf(bids, asks, { receivedAt: plusMs(NOW, ms) }), memory, { twin: other });

  test.each([
    ['bids that sum to 1.05', '1000@0.67', '1000@0.69', '+'],
    ['a hair more', '1000@0.6701', '1000@0.69', 'b'],
    ['asks that sum to 0.95', '1000@0.54', '1000@0.55', '+'],
    ['a hair less', '1000@0.54', '1000@0.5499', 'a'],
  ])('%s: %s / %s is %s', (_, bids, asks, verdict) => {
    expect(markOf(judgedAt(bids, asks, 1).book)).toBe(verdict);
  });

  test.each([
    ['is not good', { quality: 'stale' }],
    ['was received long ago', { receivedAt: plusMs(NOW, -10_000) }],
    ['is in doubt itself', { doubts: { bid: { why: 'jumped', since: NOW } } }],
    ['shows no bid', { bids: [] }],
  ] as const)('one that %s says nothing', (_, change) => {
    expect(markOf(judgedAt('1000@0.70', '1000@0.72', 1, { ...twin, ...change }).book)).toBe('+');
  });

  test('whoever stands against it for ten seconds is believed, and stays so until they agree', () => {
    const seen: string[] = [];
    let memory = before;
    for (const [ms, bid] of [
      [0, '0.70'],
      [9_999, '0.70'],
      [10_000, '0.70'],
      [10_001, '0.71'],
      [10_002, '0.60'],
      [10_003, '0.70'],
    ]) {
      const fresh = { ...twin, receivedAt: plusMs(NOW, Number(ms)) };
      const found = judgedAt(`1000@${bid}`, '1000@0.72', Number(ms), fresh, memory);
      memory = found.memory;
      seen.push(markOf(found.book));
    }
    expect(seen).toEqual(['b', 'b', '+', '+', '+', 'b']);
  });
});

/** Prices of shares, in tenths of a cent. */
const cents = fc.bigInt({ min: 1n, max: 999n }).map((tenths) => tenths * 100_000n);
const bookAt = (mid: bigint, index: number): Book => ({
  ...bookOf('', '', { receivedAt: plusMs(NOW, index * 400) }),
  bids: [{ price: price(mid), qty: qty(10n ** 22n) }],
  asks: [{ price: price(mid), qty: qty(10n ** 22n) }],
});

/** Half the price, no less than 2 cents and no more than 20. */
function bandOf(good: bigint): bigint {
  const half = good / 2n;
  return half < 2_000_000n ? 2_000_000n : half > 20_000_000n ? 20_000_000n : half;
}

test('a believed price is never beyond the band of the one before, unless those before it agreed on the leap', () => {
  fc.assert(
    fc.property(fc.array(cents, { minLength: 1, maxLength: 30 }), (mids) => {
      let memory: PriceMemory | undefined;
      let good: bigint | undefined;
      for (const [index, mid] of mids.entries()) {
        const found = plausible(bookAt(mid, index), memory, ALONE);
        memory = found.memory;
        const isNear = good === undefined || (mid > good ? mid - good : good - mid) <= bandOf(good);
        if (isNear) expect(found.book.doubts).toBeUndefined();
        if (found.book.doubts) continue;
        if (!isNear) expect(index).toBeGreaterThanOrEqual(4);
        good = mid;
        expect(memory).toEqual({ bid: { price: mid }, ask: { price: mid } });
      }
    }),
  );
});

test('a level that stays is believed from its third book on, once a second has gone by', () => {
  fc.assert(
    fc.property(cents, cents, (before, after) => {
      let memory: PriceMemory | undefined = { bid: { price: price(before) }, ask: { price: price(before) } };
      const doubts = [1, 2, 3, 4, 5].map((index) => {
        const found = plausible(bookAt(after, index), memory, ALONE);
        memory = found.memory;
        return found.book.doubts;
      });
      expect(doubts.slice(3)).toEqual([undefined, undefined]);
    }),
  );
});
