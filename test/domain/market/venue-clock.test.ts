import fc from 'fast-check';
import { type Instant, instant, plusMs } from '../../../domain/kernel/instant';
import { VenueClock } from '../../../domain/market/venue-clock';
import { NOW } from '../../fixtures/domain-story';

const MINUTE_MS = 60_000;

/** A clock that has seen frames which took so long, one each second until now. */
function after(tookMs: readonly number[], aheadMs = 0): VenueClock {
  const clock = new VenueClock();
  tookMs.forEach((took, index) => {
    const receivedAt = plusMs(NOW, (index - tookMs.length) * 1_000);
    clock.see(receivedAt - took + aheadMs, receivedAt);
  });
  return clock;
}

/** Goal: what a frame took beyond the quickest of the last minutes, it was late; whatever the venue's clock shows. */
test.each`
  story                             | aheadMs     | took              | nowTook | lateMs
  ${'as quick as the quickest'}     | ${0}        | ${[40, 30, 50]}   | ${30}   | ${0}
  ${'a little slower'}              | ${0}        | ${[40, 30, 50]}   | ${45}   | ${15}
  ${'half a second behind'}         | ${0}        | ${[40, 30, 50]}   | ${530}  | ${500}
  ${'behind a clock that is ahead'} | ${4_000}    | ${[40, 30, 50]}   | ${530}  | ${500}
  ${'behind one that is back'}      | ${-300_000} | ${[40, 30, 50]}   | ${530}  | ${500}
  ${'the quickest of all'}          | ${0}        | ${[40, 30, 50]}   | ${10}   | ${0}
  ${'one slow frame is no measure'} | ${0}        | ${[900, 30, 700]} | ${30}   | ${0}
`('$story: $lateMs ms late', ({ aheadMs, took, nowTook, lateMs }) => {
  expect(after(took, aheadMs).at(NOW - nowTook + aheadMs, NOW)).toBe(NOW - lateMs);
});

test('before a frame was seen the venue’s clock is taken for ours, and nothing is dated in the future', () => {
  expect(new VenueClock().at(NOW - 70, NOW)).toBe(NOW - 70);
  expect(new VenueClock().at(NOW + 70, NOW)).toBe(NOW);
});

test('the quickest frame is forgotten after ten minutes: a clock that was set back is followed by then', () => {
  const clock = after([30]);
  const seen = (at: Instant) => {
    clock.see(at - 2_030, at);
    return at - clock.at(at - 2_030, at);
  };
  const lates = Array.from({ length: 12 }, (_, minute) => seen(plusMs(NOW, minute * MINUTE_MS)));
  expect([lates[0], lates[8], lates[11]]).toEqual([2_000, 2_000, 0]);
});

test('a clock of ours that was set back forgets what was seen in the time that has not come yet', () => {
  const clock = new VenueClock();
  clock.see(NOW - 10, NOW);
  const before = plusMs(NOW, -20 * MINUTE_MS);
  clock.see(before - 40, before);
  expect(clock.at(before - 40, before)).toBe(before);
});

test('whatever was seen, nothing is later than its receipt, and of two stamps the later is never the earlier', () => {
  const frames = fc.array(fc.tuple(fc.integer({ min: -600_000, max: 600_000 }), fc.integer({ min: 0, max: 900_000 })));
  fc.assert(
    fc.property(frames, fc.integer({ min: -600_000, max: 600_000 }), fc.nat(5_000), (seen, offset, gap) => {
      const clock = new VenueClock();
      for (const [took, at] of seen) clock.see(NOW + at - took, instant(NOW + at));
      const [first, second] = [clock.at(NOW + offset, NOW), clock.at(NOW + offset + gap, NOW)];
      expect(first <= NOW && second <= NOW && first <= second).toBe(true);
    }),
  );
});
