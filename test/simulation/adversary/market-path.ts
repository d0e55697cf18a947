import { SeededRandom } from '../../../local/simulators/truth/random';

/** The best prices of a book, in dollars. */
export type Touch = { readonly bid: number; readonly ask: number };

/** One moment of the market: what the venues show from then on. */
export type Step = {
  /** Milliseconds since the step before. */
  readonly afterMs: number;
  readonly bitcoin: Touch;
  /** The price of YES, while its market is open. */
  readonly yes: Touch;
  /** The market of YES closes here, to be resolved at the end. */
  readonly closes: boolean;
  readonly isEngineAway: boolean;
};

export type MarketPath = {
  readonly steps: readonly Step[];
  /** What YES pays: it is as likely to pay as it costs. */
  readonly pays: boolean;
};

const STEPS = 90;
const START = 60_000;
const SPREAD = 4;
/** Of a step, so that the whole path moves by a few per cent: enough to break a limit with leverage, and to return. */
const MOVES = 0.004;
const JUMP = { chance: 0.03, size: 0.015 };
const AWAY = { chance: 0.06, steps: 15 };
/** While nobody looks the price now and then goes a long way and comes back. */
const DIP = { chance: 0.6, size: 0.08, from: 2, to: 4 };
/** Half of what lies between the bid and the ask of an outcome: room for somebody to show a better price. */
const HALF_SPREAD = 0.06;

/** Prices without a drift: nobody wins by holding them, on average. The market does what it does whoever trades. */
export function marketPath(seed: number): MarketPath {
  const random = new SeededRandom(seed * 7_919);
  let mid = START;
  let likely = random.next() < 0.4 ? random.between(0.03, 0.1) : random.between(0.3, 0.9);
  let awayUntil = -1;
  let dip = { from: -1, to: -1, size: 0 };
  let isOpen = true;
  const closesAt = random.whole(8, 25);
  const steps: Step[] = [];
  for (let number = 0; number < STEPS; number++) {
    const size = random.next() < JUMP.chance ? JUMP.size : MOVES;
    mid *= Math.exp(size * random.normal() - (size * size) / 2);
    if (isOpen) likely = Math.min(0.92, Math.max(0.02, likely + 0.004 * random.normal()));
    if (number > awayUntil && random.next() < AWAY.chance) {
      awayUntil = number + random.whole(1, AWAY.steps);
      const size = random.next() < DIP.chance ? DIP.size * random.normal() : 0;
      dip = { from: number + DIP.from, to: number + DIP.to, size };
    }
    const shown = number >= dip.from && number <= dip.to && number <= awayUntil ? mid * (1 + dip.size) : mid;
    const closes = number === closesAt;
    if (closes) isOpen = false;
    steps.push({
      afterMs: random.whole(400, 1_500),
      bitcoin: { bid: rounded(shown - SPREAD / 2, 0.1), ask: rounded(shown + SPREAD / 2, 0.1) },
      yes: { bid: rounded(likely - HALF_SPREAD, 0.01), ask: rounded(likely + HALF_SPREAD, 0.01) },
      closes,
      isEngineAway: number <= awayUntil,
    });
  }
  return { steps, pays: random.next() < likely };
}

const rounded = (value: number, tick: number): number => Math.max(tick, Math.round(value / tick) * tick);
