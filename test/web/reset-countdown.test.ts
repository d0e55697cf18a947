import { countdownText, untilResetMs } from '../../web/lib/reset-countdown';

const HOUR_MS = 3_600_000;

/** Goal: the countdown ends when the platform's trading day does, also over a change of clocks. */
test.each`
  story                                   | zone                  | resetAt    | now                       | hours
  ${'later today'}                        | ${'UTC'}              | ${'00:30'} | ${'2026-03-01T00:00:00Z'} | ${0.5}
  ${'tomorrow'}                           | ${'UTC'}              | ${'00:30'} | ${'2026-03-01T01:30:00Z'} | ${23}
  ${'exactly at the reset a day is left'} | ${'UTC'}              | ${'00:30'} | ${'2026-03-01T00:30:00Z'} | ${24}
  ${'a zone ahead of UTC'}                | ${'Europe/Prague'}    | ${'00:00'} | ${'2026-01-10T22:00:00Z'} | ${1}
  ${'a zone behind UTC'}                  | ${'America/New_York'} | ${'17:00'} | ${'2026-01-10T21:00:00Z'} | ${1}
  ${'clocks go forward in between'}       | ${'Europe/Prague'}    | ${'12:00'} | ${'2026-03-28T11:00:00Z'} | ${23}
  ${'clocks go back in between'}          | ${'Europe/Prague'}    | ${'12:00'} | ${'2026-10-24T10:00:00Z'} | ${25}
  ${'the reset is skipped by the clocks'} | ${'Europe/Prague'}    | ${'02:30'} | ${'2026-03-29T00:00:00Z'} | ${1}
`('$story', ({ zone, resetAt, now, hours }: { zone: string; resetAt: string; now: string; hours: number }) => {
  expect(untilResetMs({ dayZone: zone, dayResetAt: resetAt }, Date.parse(now)) / HOUR_MS).toBe(hours);
});

test('it reads as hours, minutes and seconds and never below zero', () => {
  expect(countdownText(7 * HOUR_MS + 4 * 60_000 + 9_999)).toBe('07:04:09');
  expect(countdownText(-5)).toBe('00:00:00');
});
