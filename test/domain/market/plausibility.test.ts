import fc from 'fast-check';
import { price, qty } from '../../../domain/kernel/money';
import type { Book, BookQuality } from '../../../domain/market/book';
import { type PriceMemory, plausible } from '../../../domain/market/plausibility';
import { bookOf } from '../../fixtures/domain-story';

/** What each book of a sequence became: `100` is a good book of that price, `100?` one whose own check failed. */
function judged(path: string, kind: 'spot' | 'outcome' = 'spot'): string {
  let memory: PriceMemory | undefined;
  const seen: BookQuality[] = [];
  for (const word of path.split(' ')) {
    const each = word.replace('?', '');
    const quality: BookQuality = word.endsWith('?') ? 'gapped' : 'good';
    const found = plausible(bookOf(`1@${each}`, `1@${each}`, { quality }), memory, kind);
    memory = found.memory;
    seen.push(found.book.quality);
  }
  return seen.map((quality) => (quality === 'good' ? '+' : '-')).join('');
}

/** Goal: which books may fill and judge (+) and which are quarantined (-), by the prices that came before. */
test.each`
  story                                      | path                               | verdict
  ${'the first is believed'}                 | ${'100'}                           | ${'+'}
  ${'small steps'}                           | ${'100 105 99 110'}                | ${'++++'}
  ${'exactly 20 % up'}                       | ${'100 120'}                       | ${'++'}
  ${'a hair more'}                           | ${'100 120.00000001'}              | ${'+-'}
  ${'exactly 20 % down'}                     | ${'100 80'}                        | ${'++'}
  ${'a hair less'}                           | ${'100 79.99999999'}               | ${'+-'}
  ${'a shifted decimal, once'}               | ${'60000 6000 60000'}              | ${'+-+'}
  ${'a shifted decimal, twice'}              | ${'60000 6000 6000 60000'}         | ${'+--+'}
  ${'a crash: the third confirms'}           | ${'60000 40000 40000 40000 40000'} | ${'+--++'}
  ${'and the way back up must be confirmed'} | ${'100 50 50 50 100 100 100'}      | ${'+--+--+'}
  ${'three that disagree confirm nothing'}   | ${'100 50 200 50 200 50'}          | ${'+-----'}
  ${'a good one between begins anew'}        | ${'100 50 50 100 50 50 50'}        | ${'+--+--+'}
  ${'a slide is confirmed step by step'}     | ${'100 75 70 66'}                  | ${'+--+'}
  ${'a broken book is no witness'}           | ${'100 50? 50? 50? 50'}            | ${'+----'}
  ${'a broken book sets no price'}           | ${'50? 100'}                       | ${'-+'}
  ${'a broken book forgets nothing'}         | ${'100 50 50 100? 50'}             | ${'+---+'}
`('$story: $path', ({ path, verdict }) => {
  expect(judged(path)).toBe(verdict);
});

test('a probability may jump: news breaks', () => {
  expect(judged('0.40 0.97 0.01 0.50', 'outcome')).toBe('++++');
});

test.each([
  ['no bids', '', '1@50'],
  ['no asks', '1@50', ''],
])('a book with %s has no price to doubt, and changes no memory', (_, bids, asks) => {
  const memory = { mid2: 200n };
  const book = bookOf(bids, asks);
  expect(plausible(book, memory, 'spot')).toEqual({ book, memory });
});

test('a quarantined book keeps everything but its quality', () => {
  const book = bookOf('1@6000', '1@6001');
  expect(plausible(book, { mid2: 120_000n * 10n ** 8n }, 'spot').book).toEqual({ ...book, quality: 'gapped' });
});

const cents = fc.bigInt({ min: 1n, max: 1_000_000n });
const bookAt = (mid: bigint): Book => ({
  ...bookOf('', ''),
  bids: [{ price: price(mid), qty: qty(1n) }],
  asks: [{ price: price(mid), qty: qty(1n) }],
});

test('a good price is never more than 20 % off the good one before, unless the two before it agreed on the leap', () => {
  fc.assert(
    fc.property(fc.array(cents, { minLength: 1, maxLength: 30 }), (mids) => {
      let memory: PriceMemory | undefined;
      let good: bigint | undefined;
      for (const [index, mid] of mids.entries()) {
        const found = plausible(bookAt(mid), memory, 'spot');
        memory = found.memory;
        const isNear = good === undefined || (mid > good ? mid - good : good - mid) * 5n <= good;
        if (isNear) expect(found.book.quality).toBe('good');
        if (found.book.quality !== 'good') continue;
        if (!isNear) expect(index).toBeGreaterThanOrEqual(3);
        good = mid;
        expect(memory).toEqual({ mid2: mid * 2n });
      }
    }),
  );
});

test('a level that stays is believed from its third book on', () => {
  fc.assert(
    fc.property(cents, cents, (before, after) => {
      let memory: PriceMemory | undefined = { mid2: before * 2n };
      const qualities = [1, 2, 3, 4].map(() => {
        const found = plausible(bookAt(after), memory, 'spot');
        memory = found.memory;
        return found.book.quality;
      });
      expect(qualities.slice(2)).toEqual(['good', 'good']);
    }),
  );
});
