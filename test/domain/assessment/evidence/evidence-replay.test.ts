import fc from 'fast-check';
import { decideAgain, replayEvidence } from '../../../../domain/assessment/evidence/evidence';
import { anyEvidence } from './arbitrary-evidence';
import { judgementOf, written } from './evidence-input';

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
      expect(again.input).toEqual({ ...given, quotes: byName });
    }),
    { numRuns: 100 },
  );
});
