import type { SeededRandom } from '../../local/simulators/truth/random';
import { STEPS_PER_MINUTE, type Tape } from './tape';

/** What a strategy wants to hold after a minute, as a multiple of its equity; undefined: as it is. */
export type Strategy = {
  readonly name: string;
  /** `minute` has just closed. */
  readonly wants: (minute: number) => number | undefined;
};

type Made = (tape: Tape, random: SeededRandom) => Strategy;

/** The families, of which each strategy is a member with parameters of its own. */
const FAMILIES: readonly Made[] = [crossover, breakout, reversion, patient, gambler, swing];

/** A number and a seed always give one and the same strategy. */
export function strategyOf(number: number, tape: Tape, random: SeededRandom): Strategy {
  const family = FAMILIES[number % FAMILIES.length] ?? crossover;
  return family(tape, random);
}

const closeOf = (tape: Tape, minute: number): number => tape.mid[minute * STEPS_PER_MINUTE + 3] ?? 0;

/** Long while a quick average is above a slow one, short below it. */
function crossover(tape: Tape, random: SeededRandom): Strategy {
  const [quick, slow, size] = [random.whole(1, 12) * 5, random.whole(2, 24) * 60, random.between(0.2, 3)];
  const [fast, calm] = [averageOf(tape, quick), averageOf(tape, slow)];
  return {
    name: 'crossover',
    wants: (minute) => {
      if (minute < slow || minute % 15 !== 0) return undefined;
      return (fast[minute] ?? 0) > (calm[minute] ?? 0) ? size : -size;
    },
  };
}

/** Buys a new high of its window, sells a new low, and leaves after a while. */
function breakout(tape: Tape, random: SeededRandom): Strategy {
  const [window, patience, size] = [random.whole(60, 720), random.whole(30, 600), random.between(0.3, 4)];
  let enteredAt = Number.NEGATIVE_INFINITY;
  return {
    name: 'breakout',
    wants: (minute) => {
      if (minute < window || minute % 5 !== 0) return undefined;
      if (minute - enteredAt < patience) return undefined;
      if (enteredAt >= 0) {
        enteredAt = Number.NEGATIVE_INFINITY;
        return 0;
      }
      const now = closeOf(tape, minute);
      const before = Array.from({ length: Math.floor(window / 5) }, (_, at) => closeOf(tape, minute - 5 * (at + 1)));
      if (now <= Math.max(...before) && now >= Math.min(...before)) return undefined;
      enteredAt = minute;
      return now > Math.max(...before) ? size : -size;
    },
  };
}

/** Trades against a move away from the average, and leaves when it is back. */
function reversion(tape: Tape, random: SeededRandom): Strategy {
  const [window, distance, size] = [random.whole(3, 48) * 10, random.between(0.004, 0.03), random.between(0.3, 3)];
  const mean = averageOf(tape, window);
  let side = 0;
  return {
    name: 'reversion',
    wants: (minute) => {
      if (minute < window) return undefined;
      const away = closeOf(tape, minute) / (mean[minute] ?? 1) - 1;
      if (side === 0 && Math.abs(away) >= distance) {
        side = away > 0 ? -1 : 1;
        return side * size;
      }
      if (side !== 0 && away * side >= 0) {
        side = 0;
        return 0;
      }
      return undefined;
    },
  };
}

/** A few small trades a day. */
function patient(_: Tape, random: SeededRandom): Strategy {
  const [every, held, size] = [random.whole(240, 1_440), random.whole(30, 200), random.between(0.05, 0.6)];
  const bias = random.next();
  return {
    name: 'patient',
    wants: (minute) => {
      if (minute % every === held) return 0;
      if (minute % every !== 0) return undefined;
      return random.next() < bias ? size : -size;
    },
  };
}

/** Follows the trend of some days for some days, and takes what it has gained once that is enough. */
function swing(tape: Tape, random: SeededRandom): Strategy {
  const [days, size, enough] = [random.whole(1, 4), random.between(0.4, 1.5), random.between(0.015, 0.06)];
  const trend = averageOf(tape, days * 1_440);
  let [side, entered] = [0, 0];
  return {
    name: 'swing',
    wants: (minute) => {
      if (minute < days * 1_440 || minute % 60 !== 0) return undefined;
      const now = closeOf(tape, minute);
      if (side !== 0) {
        if (side * (now / entered - 1) < enough) return undefined;
        side = 0;
        return 0;
      }
      side = now < (trend[minute] ?? now) ? -1 : 1;
      entered = now;
      return side * size;
    },
  };
}

/** Large trades by the toss of a coin. */
function gambler(_: Tape, random: SeededRandom): Strategy {
  const [every, size] = [random.whole(60, 900), random.between(1.5, 4.9)];
  return {
    name: 'gambler',
    wants: (minute) => {
      if (minute % every !== 0) return undefined;
      const toss = random.next();
      return toss < 0.4 ? size : toss < 0.8 ? -size : 0;
    },
  };
}

const averages = new WeakMap<Tape, Map<number, Float64Array>>();

/** The moving average of the closes, made once per window. */
function averageOf(tape: Tape, window: number): Float64Array {
  const known = averages.get(tape) ?? new Map<number, Float64Array>();
  averages.set(tape, known);
  const made = known.get(window);
  if (made) return made;
  const means = new Float64Array(tape.minutes);
  let sum = 0;
  for (let minute = 0; minute < tape.minutes; minute++) {
    sum += closeOf(tape, minute);
    if (minute >= window) sum -= closeOf(tape, minute - window);
    means[minute] = sum / Math.min(minute + 1, window);
  }
  known.set(window, means);
  return means;
}
