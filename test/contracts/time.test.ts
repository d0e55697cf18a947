import * as z from 'zod';
import { isoMoment, moment } from '../../contracts/time';
import { instant } from '../../domain/kernel/instant';

/** Goal: a moment comes in as one and goes out as its reader knows it. */
test('a moment is text on the wire and comes back to the millisecond', () => {
  const at = instant(Date.UTC(2026, 2, 14, 12, 30, 0, 7));
  expect(z.encode(isoMoment, at)).toBe('2026-03-14T12:30:00.007Z');
  expect(isoMoment.parse('2026-03-14T12:30:00.007Z')).toBe(at);
});

test.each(['2026-03-14', 'yesterday', '', 7, null])('%p is no moment as text', (value) => {
  expect(isoMoment.safeParse(value).success).toBe(false);
});

test.each`
  epochMs                | isTaken
  ${0}                   | ${true}
  ${-1}                  | ${false}
  ${253_402_300_799_999} | ${true}
  ${253_402_300_800_000} | ${false}
  ${1.5}                 | ${false}
  ${'0'}                 | ${false}
`('a request may name the moment $epochMs: $isTaken', ({ epochMs, isTaken }) => {
  expect(moment.safeParse(epochMs).success).toBe(isTaken);
});
