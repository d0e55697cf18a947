import fc from 'fast-check';
import { formatPrice, ONE_DOLLAR_PRICE, type Price, parsePrice, price } from '../../../domain/kernel/money';
import { isOnGrid, type PriceGrid, stepAt, toGrid } from '../../../domain/market/price-grid';

const at = (text: string): Price => parsePrice(text) ?? price(0n);
const EVEN: PriceGrid = { priceTick: at('0.01') };
/** A tenth of a cent at both ends, a cent between. */
const TAPERED: PriceGrid = {
  priceTick: at('0.001'),
  priceBands: [
    { from: at('0'), step: at('0.001') },
    { from: at('0.1'), step: at('0.01') },
    { from: at('0.9'), step: at('0.001') },
  ],
};

test.each`
  grid       | given       | step       | below      | above
  ${EVEN}    | ${'0.505'}  | ${'0.01'}  | ${'0.5'}   | ${'0.51'}
  ${EVEN}    | ${'0.5'}    | ${'0.01'}  | ${'0.5'}   | ${'0.5'}
  ${TAPERED} | ${'0.0995'} | ${'0.001'} | ${'0.099'} | ${'0.1'}
  ${TAPERED} | ${'0.1'}    | ${'0.01'}  | ${'0.1'}   | ${'0.1'}
  ${TAPERED} | ${'0.105'}  | ${'0.01'}  | ${'0.1'}   | ${'0.11'}
  ${TAPERED} | ${'0.895'}  | ${'0.01'}  | ${'0.89'}  | ${'0.9'}
  ${TAPERED} | ${'0.9'}    | ${'0.001'} | ${'0.9'}   | ${'0.9'}
  ${TAPERED} | ${'0.901'}  | ${'0.001'} | ${'0.901'} | ${'0.901'}
  ${TAPERED} | ${'0.9995'} | ${'0.001'} | ${'0.999'} | ${'1'}
`('$given lies between $below and $above', ({ grid, given, step, below, above }) => {
  expect(formatPrice(stepAt(grid, at(given)))).toBe(step);
  expect([toGrid(grid, at(given), 'floor'), toGrid(grid, at(given), 'ceil')].map(formatPrice)).toEqual([below, above]);
});

test('what was moved onto the grid lies on it, and what lies on it stays', () => {
  fc.assert(
    fc.property(fc.bigInt({ min: 1n, max: ONE_DOLLAR_PRICE }), fc.constantFrom(EVEN, TAPERED), (units, grid) => {
      for (const rounding of ['floor', 'ceil'] as const) {
        const moved = toGrid(grid, price(units), rounding);
        expect(isOnGrid(grid, moved) && toGrid(grid, moved, rounding) === moved).toBe(true);
        expect(rounding === 'floor' ? moved <= units : moved >= units).toBe(true);
      }
    }),
    { seed: 20_261_130 },
  );
});
