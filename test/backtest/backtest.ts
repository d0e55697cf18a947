import { createHash } from 'node:crypto';
import { Selection } from '../../eks-workloads/risk-engine/selection/selection';
import { watchedOf } from '../../eks-workloads/risk-engine/selection/watched-account';
import { SeededRandom } from '../../local/simulators/truth/random';
import { defaultOffers } from '../../usecases/default-tiers';
import { attendTo, type Entrant, entrantOf, lineOf, rebalance } from './field';
import { BTC, bookAt } from './market';
import { strategyOf } from './strategy';
import { instantOf, STEPS_PER_MINUTE, type Tape } from './tape';

export type BacktestOptions = { readonly strategies: number; readonly seed: number };

export type Backtest = {
  readonly entrants: readonly Entrant[];
  /** How often the domain was asked about an account, and how often a plain run would have asked. */
  readonly attended: number;
  readonly plain: number;
  /** SHA-256 of one line an entrant. */
  readonly digest: string;
};

/** Everybody is asked about at every step, in place of those alone whom a price may have decided about. */
export type Thoroughness = 'selected' | 'everybody';

/**
 * Runs the strategies over the tape, each with an account of a default tier, through the domain that ships: orders,
 * resting stops, day rolls, verdicts. Prices select by the risk-engine's own index whom the domain is asked about.
 */
export function backtest(
  tape: Tape,
  { strategies, seed }: BacktestOptions,
  thoroughness: Thoroughness = 'selected',
  onMinute: (minute: number) => void = () => {},
): Backtest {
  const entrants = entrantsOf(tape, strategies, seed);
  const selection = new Selection(STALE_NEVER);
  const active = new Set(entrants);
  const selected: number[] = [];
  let attended = 0;
  const look = (entrant: Entrant, step: number) => {
    attended++;
    attendTo(entrant, bookAt(tape.mid[step] ?? 0, step, instantOf(tape, step)));
    watch(selection, entrant, instantOf(tape, step));
    if (entrant.status !== 'active') active.delete(entrant);
  };
  let plain = 0;
  for (let step = 0; step < tape.mid.length; step++) {
    const at = instantOf(tape, step);
    const book = bookAt(tape.mid[step] ?? 0, step, at);
    const [bid, ask] = [Number(book.bids[0]?.price) / 1e8, Number(book.asks[0]?.price) / 1e8];
    selected.length = 0;
    selection.tick(0, bid, ask, at, at, selected);
    plain += active.size;
    if (thoroughness === 'everybody') for (const entrant of active) look(entrant, step);
    else {
      for (const number of selected) {
        const entrant = entrants[number - 1];
        if (entrant?.status === 'active') look(entrant, step);
      }
      for (const entrant of active) {
        const { dueAt, stopBelow, stopAbove } = entrant.watch;
        if (at >= dueAt || bid <= stopBelow || ask >= stopAbove) look(entrant, step);
      }
    }
    if (step % STEPS_PER_MINUTE !== STEPS_PER_MINUTE - 1) continue;
    const minute = (step + 1) / STEPS_PER_MINUTE - 1;
    for (const entrant of active) {
      const multiple = entrant.strategy.wants(minute);
      if (multiple !== undefined && rebalance(entrant, book, multiple)) look(entrant, step);
    }
    onMinute(minute);
  }
  const digest = createHash('sha256').update(entrants.map(lineOf).join('\n')).digest('hex');
  return { entrants, attended, plain, digest };
}

/** A candle's four prices are all fresh when they are looked at. */
const STALE_NEVER = Number.MAX_SAFE_INTEGER;

function entrantsOf(tape: Tape, strategies: number, seed: number): readonly Entrant[] {
  const offers = defaultOffers();
  return Array.from({ length: strategies }, (_, at) => {
    const offer = offers[at % offers.length];
    const phase = offer?.program.phases[0];
    if (!offer || !phase) throw new Error('every default tier has a phase');
    const strategy = strategyOf(Math.floor(at / offers.length), tape, new SeededRandom(seed * 1_000_003 + at));
    return entrantOf(at + 1, strategy, offer.slug, phase.rules, instantOf(tape, 0));
  });
}

function watch(selection: Selection, { number, account, rules, status }: Entrant, now: number): void {
  if (status !== 'active') selection.remove(number);
  else
    selection.put(
      number,
      watchedOf(rules, account, (instrument) => (instrument === BTC ? 0 : 1)),
      now,
    );
}
