import { crc32 as zlibCrc32 } from 'node:zlib';
import fc from 'fast-check';
import { SortedSide } from '../../../adapters/venues/books/sorted-side';
import { JoinedCrc, pieceOf } from '../../../adapters/venues/kraken/crc32';
import { epochMsOf } from '../../../adapters/venues/reading/epoch-ms';
import { qtyOf, unitsOf } from '../../../adapters/venues/reading/units';
import { parsePrice, parseQty } from '../../../domain/kernel/money';

const SEED = { seed: 20_261_130 };
const MAX = BigInt(Number.MAX_SAFE_INTEGER);
const decimal = fc.oneof(
  fc.stringMatching(/^\d{1,17}(\.\d{0,10})?$/),
  fc.stringMatching(/^[-+0.1e9 ]{0,12}$/),
  fc.tuple(fc.nat(), fc.nat()).map(([whole, part]) => `${whole}.${part}`),
);

test('a number is read as the exact decimal that it is, or not at all', () => {
  fc.assert(
    fc.property(decimal, (text) => {
      const [units, exact] = [unitsOf(text), parsePrice(text)];
      if (!Number.isNaN(units)) expect(BigInt(units)).toBe(exact);
      else expect(exact === undefined || exact < 0n || exact > MAX || text.startsWith('-')).toBe(true);
      const qty = parseQty(text);
      expect(qtyOf(text, units)).toBe(qty !== undefined && qty >= 0n ? qty : undefined);
    }),
    { ...SEED, numRuns: 5_000 },
  );
});

test('a stamp is the millisecond that it names, whatever was read before it', () => {
  const stamp = fc
    .tuple(
      fc.constantFrom('2026-11-30T23:59:', '2026-12-01T00:00:', '2028-02-29T12:30:', '2026-02-30T10:00:', 'x'),
      fc.stringMatching(/^\d{0,3}$/),
      fc.stringMatching(/^(\.\d{0,9})?$/),
      fc.constantFrom('Z', 'Z', 'Z', '', 'z', '+00:00'),
    )
    .map((parts) => parts.join(''));
  fc.assert(
    fc.property(stamp, (text) => {
      const ms = Date.parse(text);
      expect(epochMsOf(text)).toBe(Number.isNaN(ms) ? undefined : ms);
    }),
    { ...SEED, numRuns: 5_000 },
  );
});

test('the checksum of pieces is that of the digits in one', () => {
  const number = fc.tuple(fc.nat({ max: 999_999 }), fc.nat({ max: 99_999_999 })).map(([a, b]) => `${a}.${b}`);
  const digitsOf = (text: string) => text.replace('.', '').replace(/^0+/, '');
  fc.assert(
    fc.property(fc.array(fc.tuple(number, number), { maxLength: 20 }), (levels) => {
      const joined = new JoinedCrc();
      for (const [price, qty] of levels) joined.add(pieceOf(price, qty));
      expect(joined.value()).toBe(zlibCrc32(levels.map(([price, qty]) => digitsOf(price) + digitsOf(qty)).join('')));
    }),
    SEED,
  );
});

/** Goal: a side is what a plain map of it would be, sorted, after whatever was put, taken, filled and cut. */
test.each([1, -1] as const)('a side that is better in the direction of %d stays sorted', (direction) => {
  const step = fc.oneof(
    { weight: 20, arbitrary: fc.record({ is: fc.constant('put' as const), price: fc.nat({ max: 150 }) }) },
    { weight: 10, arbitrary: fc.record({ is: fc.constant('remove' as const), price: fc.nat({ max: 150 }) }) },
    { weight: 1, arbitrary: fc.record({ is: fc.constant('cut' as const), price: fc.integer({ min: 90, max: 120 }) }) },
    { weight: 1, arbitrary: fc.record({ is: fc.constant('fill' as const), price: fc.nat({ max: 150 }) }) },
  );
  fc.assert(
    fc.property(fc.array(step, { maxLength: 600, size: 'max' }), (steps) => {
      const side = new SortedSide<string>(direction);
      let model = new Map<number, string>();
      const best = () => [...model].sort(([a], [b]) => (b - a) * direction);
      steps.forEach(({ is, price }, at) => {
        const before = best().findIndex(([each]) => each === price);
        if (is === 'put') {
          model.set(price, `${at}`);
          expect(side.put(price, `${at}`)).toBe(best().findIndex(([each]) => each === price));
        } else if (is === 'remove') {
          model.delete(price);
          expect(side.remove(price)).toBe(before < 0 ? Number.POSITIVE_INFINITY : before);
        } else if (is === 'cut') {
          side.cutTo(price);
          model = new Map(best().slice(0, price));
        } else {
          model = new Map(Array.from({ length: price }, (_, each) => [(each * 7) % 151, `${at} ${each}`]));
          side.fill([...model]);
        }
        expect(side.at(price)).toBe(model.get(price));
      });
      expect(side.top(25)).toEqual(
        best()
          .slice(0, 25)
          .map(([, item]) => item),
      );
      expect([...side.items].reverse()).toEqual(best().map(([, item]) => item));
    }),
    { ...SEED, numRuns: 60 },
  );
});
