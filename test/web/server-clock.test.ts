import fc from 'fast-check';
import { ServerClock } from '../../web/lib/server-clock';

const NOON = Date.UTC(2026, 2, 11, 12);
const HOUR_MS = 3_600_000;

/** A platform, a browser's monotonic clock that began at some time, and a computer whose clock may be wrong. */
function clocks(computerAhead = 0) {
  let passed = 0;
  let began = 5_000;
  const clock = new ServerClock(
    () => began + passed,
    () => NOON + passed + computerAhead,
  );
  return {
    clock,
    trueTime: () => NOON + passed,
    wait: (ms: number) => {
      passed += ms;
    },
    /** The computer sleeps: time passes, its monotonic clock stands. */
    sleep: (ms: number) => {
      passed += ms;
      began -= ms;
    },
    /** An answer that took so long on the way there, and back. */
    ask: (there: number, back: number) => {
      const askedAt = began + passed;
      passed += there;
      const at = NOON + passed;
      passed += back;
      clock.hear(at, askedAt);
    },
  };
}

/** Goal: a countdown ends when the platform says, whatever the computer's clock says. */
test('until the platform has spoken the computer’s clock stands in', () => {
  const { clock, wait } = clocks(HOUR_MS);
  wait(7);
  expect(clock.now()).toBe(NOON + HOUR_MS + 7);
});

test('it is never further off than the last answer took', () => {
  const step = fc.record({
    there: fc.nat(9_000),
    back: fc.nat(9_000),
    between: fc.nat(HOUR_MS),
    slept: fc.nat(HOUR_MS),
  });
  fc.assert(
    fc.property(fc.array(step, { minLength: 1, maxLength: 8 }), fc.integer(), (steps, computerAhead) => {
      const { clock, trueTime, wait, sleep, ask } = clocks(computerAhead);
      for (const { there, back, between, slept } of steps) {
        wait(between);
        sleep(slept);
        ask(there, back);
        expect(Math.abs(clock.now() - trueTime())).toBeLessThanOrEqual(there + back + 1);
      }
    }),
  );
});

test('a slow answer does not spoil what a quick one told', () => {
  const { clock, trueTime, ask } = clocks();
  ask(10, 10);
  ask(0, 8_000);
  expect(clock.now()).toBe(trueTime());
});
