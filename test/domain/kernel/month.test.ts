import fc from 'fast-check';
import { instant } from '../../../domain/kernel/instant';
import { boundsOf, type Month, monthOf, monthsUntil } from '../../../domain/kernel/month';

const at = (text: string) => instant(Date.parse(text));

test.each`
  moment                        | month
  ${'2026-03-01T00:00:00.000Z'} | ${'2026-03'}
  ${'2026-02-28T23:59:59.999Z'} | ${'2026-02'}
  ${'2028-02-29T12:00:00.000Z'} | ${'2028-02'}
  ${'2026-12-31T23:59:59.999Z'} | ${'2026-12'}
`('$moment is in $month of UTC', ({ moment, month }) => {
  expect(monthOf(at(moment))).toBe(month);
});

test('months follow one another without a gap, also into another year', () => {
  expect(monthsUntil(at('2026-02-15T00:00:00Z'), 4)).toEqual(['2026-02', '2026-01', '2025-12', '2025-11']);
  expect(monthsUntil(at('2026-03-31T23:59:59.999Z'), 2)).toEqual(['2026-03', '2026-02']);
  expect(boundsOf('2025-12' as Month)).toEqual({ from: at('2025-12-01T00:00:00Z'), to: at('2026-01-01T00:00:00Z') });
});

test('every moment lies within the bounds of its month', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 4_102_444_800_000 }), (epochMs) => {
      const { from, to } = boundsOf(monthOf(instant(epochMs)));
      expect(from <= epochMs && epochMs < to).toBe(true);
      expect(monthOf(instant(to - 1))).toBe(monthOf(instant(epochMs)));
    }),
  );
});
