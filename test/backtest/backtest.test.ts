import { SeededRandom } from '../../local/simulators/truth/random';
import { backtest } from './backtest';
import { lineOf } from './field';
import { STEPS_PER_MINUTE, type Tape } from './tape';

const MINUTES = 4 * 1_440;

/** Four wild days: enough for every kind of end. */
function wildTape(seed: number): Tape {
  const random = new SeededRandom(seed);
  const steps = MINUTES * STEPS_PER_MINUTE;
  const [at, mid] = [new Float64Array(steps), new Float64Array(steps)];
  let price = 45_000;
  for (let step = 0; step < steps; step++) {
    price *= Math.exp(0.001 * random.normal());
    at[step] = Date.UTC(2026, 2, 9) + step * 15_000;
    mid[step] = price;
  }
  return { at, mid, minutes: MINUTES };
}

const tape = wildTape(5);

test('whom the index selects decides as much as asking about everybody at every price', () => {
  const options = { strategies: 30, seed: 2 };
  const selected = backtest(tape, options);
  const everybody = backtest(tape, options, 'everybody');
  expect(selected.entrants.map(lineOf)).toEqual(everybody.entrants.map(lineOf));
  expect(selected.attended * 20).toBeLessThan(everybody.attended);
  expect(selected.entrants.some(({ status }) => status === 'failed')).toBe(true);
});

test('the same seed gives the same month, another seed another', () => {
  const options = { strategies: 60, seed: 7 };
  expect(backtest(tape, options).digest).toBe(backtest(tape, options).digest);
  expect(backtest(tape, options).digest).not.toBe(backtest(tape, { ...options, seed: 8 }).digest);
});
