import fc from 'fast-check';
import { breakdownOf } from '../../../../domain/assessment/evidence/verdict-breakdown';
import { parseUsd, sumUsd, usd } from '../../../../domain/kernel/money';
import { anyEvidence } from './arbitrary-evidence';
import { judgementOf } from './evidence-input';

/** What a floor is counted from, and what is taken off it. */
const FLOORS = [
  ['the day counts from', 'width'],
  ['high-water mark', 'width'],
  ['the week counts from', 'width'],
  ['the month counts from', 'width'],
  ['balance', 'limit'],
  ['starting balance', 'width'],
] as const;

test('the lines add up: cash and exits are the equity, the mark less the width the floor, equity less floor the room', () => {
  fc.assert(
    fc.property(anyEvidence, (input) => {
      // No tier has two layers of one span.
      const spans = input.rules.lossLayers.map(({ span }) => span);
      if (new Set(spans).size < spans.length) return;
      const lines = breakdownOf(input, judgementOf(input));
      const amountOf = (label: string) =>
        parseUsd(lines.find((line) => line.label.startsWith(label))?.value ?? '') ?? usd(0n);
      const sum = lines.findIndex(({ label }) => label === 'equity' || label === 'balance');
      if (sum < 0) return;
      const parts = lines.slice(0, sum).map(({ value }) => parseUsd(value) ?? usd(0n));
      expect(sumUsd(parts)).toBe(amountOf(lines[sum]?.label ?? ''));
      if (!lines.some(({ label }) => label === 'room')) return;
      const [from = '', width = ''] = FLOORS.find(([label]) => lines.some((line) => line.label === label)) ?? [];
      const floor = amountOf(from) - amountOf(width);
      const lock = lines.some(({ label }) => label.startsWith('the floor rises')) ? amountOf('the floor rises') : floor;
      expect(amountOf('floor')).toBe(floor < lock ? floor : lock);
      expect(amountOf('room')).toBe(amountOf(lines[sum]?.label ?? '') - amountOf('floor'));
    }),
    { numRuns: 300 },
  );
});
