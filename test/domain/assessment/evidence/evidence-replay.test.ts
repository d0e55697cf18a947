import fc from 'fast-check';
import { decideAgain, replayEvidence } from '../../../../domain/assessment/evidence/evidence';
import { anyEvidence } from './arbitrary-evidence';
import { inputOf, judgementOf, written } from './evidence-input';

test('any evidence replays to the same bytes', () => {
  fc.assert(
    fc.property(anyEvidence, (given) => {
      const text = written(given);
      expect(replayEvidence(text)).toBe(text);
    }),
    { numRuns: 300 },
  );
});

test('deciding again arrives at the inputs and the judgement of then', () => {
  fc.assert(
    fc.property(anyEvidence, (given) => {
      const again = decideAgain(written(given));
      expect(again.judgement).toEqual(judgementOf(given));
      const byName = [...given.quotes].sort((a, b) => (a.instrument < b.instrument ? -1 : 1));
      expect(again.input).toEqual({ ...given, quotes: byName, tradingDay: again.input.tradingDay });
    }),
    { numRuns: 100 },
  );
});

/** Goal: who carries other time zones repeats a verdict all the same: the day is the one that was cut then. */
test('evidence of a day that is cut otherwise by now replays to the same bytes', () => {
  const text = written(inputOf());
  const { startsAt, endsAt, zones } = decideAgain(text).input.tradingDay;
  const before = text
    .replace(`"endsAt": ${endsAt}`, `"endsAt": ${endsAt + 3_600_000}`)
    .replace(`"zones": "${zones}"`, '"zones": "2019c"');
  expect(before).not.toBe(text);
  expect(replayEvidence(before)).toBe(before);
  expect(decideAgain(before).input.tradingDay).toEqual({
    day: decideAgain(text).input.tradingDay.day,
    startsAt,
    endsAt: endsAt + 3_600_000,
    zones: '2019c',
  });
});
