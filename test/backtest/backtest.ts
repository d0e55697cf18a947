import { createHash } from 'node:crypto';
import { type AccountId, idOf } from '../../domain/kernel/ids';
import type { Instant } from '../../domain/kernel/instant';
import { DAY_MS } from '../../domain/kernel/instant';
import { type Quote, quoteOf } from '../../domain/market/book';
import { Watchlist } from '../../engines/risk/selection/watchlist';
import { SeededRandom } from '../../local/simulators/truth/random';
import { defaultOffers } from '../../usecases/assessment/default-tiers';
import { attendTo, type Entrant, entrantOf, lineOf, rebalance } from './field';
import { bookAt } from './market';
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
  const watch = new Watch(entrants, instantOf(tape, 0));
  const active = new Set(entrants);
  let [attended, plain] = [0, 0];
  for (let step = 0; step < tape.mid.length; step++) {
    const at = instantOf(tape, step);
    const book = bookAt(tape.mid[step] ?? 0, step, at);
    const quote = quoteOf(book);
    if (!quote) continue;
    const look = (entrant: Entrant) => {
      attended++;
      watch.recall(entrant);
      attendTo(entrant, book);
      watch.put(entrant, at);
      if (entrant.status !== 'active') active.delete(entrant);
    };
    plain += active.size;
    const due = thoroughness === 'everybody' ? active : new Set([...watch.selected(quote), ...dueOf(active, quote)]);
    for (const entrant of due) if (entrant.status === 'active') look(entrant);
    if (step % STEPS_PER_MINUTE !== STEPS_PER_MINUTE - 1) continue;
    const minute = (step + 1) / STEPS_PER_MINUTE - 1;
    for (const entrant of active) {
      const multiple = entrant.strategy.wants(minute);
      if (multiple === undefined) continue;
      watch.recall(entrant);
      if (!rebalance(entrant, book, multiple)) continue;
      watch.put(entrant, at);
      look(entrant);
    }
    onMinute(minute);
    watch.forget(at);
  }
  const digest = createHash('sha256').update(entrants.map(lineOf).join('\n')).digest('hex');
  return { entrants, attended, plain, digest };
}

/** Those for whom an instant has come, or a price of one of their stops. */
function* dueOf(active: Iterable<Entrant>, { bid, ask, receivedAt }: Quote): Generator<Entrant> {
  if (!bid || !ask) return;
  const [low, high] = [Number(bid.price) / 1e8, Number(ask.price) / 1e8];
  for (const entrant of active) {
    const { dueAt, stopBelow, stopAbove } = entrant.watch;
    if (receivedAt >= dueAt || low <= stopBelow || high >= stopAbove) yield entrant;
  }
}

/** A candle's four prices are all fresh when they are looked at. */
const STALE_NEVER = Number.MAX_SAFE_INTEGER;

/** The entrants in the risk-engine's index. */
class Watch {
  private readonly watchlist = new Watchlist(STALE_NEVER);
  private readonly byId = new Map<AccountId, Entrant>();

  constructor(entrants: readonly Entrant[], at: Instant) {
    for (const entrant of entrants) {
      this.byId.set(idOfEntrant(entrant), entrant);
      this.put(entrant, at);
    }
  }

  put(entrant: Entrant, at: Instant): void {
    const accountId = idOfEntrant(entrant);
    if (entrant.status !== 'active') {
      this.watchlist.remove(accountId);
      return;
    }
    const { rules, account, tier, number } = entrant;
    const holder = { accountId, assessmentId: idOf<never>(`${number}`), userId: idOf<never>(`${number}`) };
    const pinned = { rules, ruleSetVersion: 1, ruleSetHash: tier };
    this.watchlist.put({ ...holder, ...pinned, version: 1, status: 'active', account, prior: undefined }, at);
  }

  /** The account with the peaks that only the index knows. */
  recall(entrant: Entrant): void {
    const row = this.watchlist.table.rowOf(idOfEntrant(entrant));
    if (row === undefined) return;
    this.watchlist.peakOf(row);
    entrant.account = this.watchlist.table.get(row)?.account ?? entrant.account;
  }

  *selected(quote: Quote): Generator<Entrant> {
    for (const row of Uint32Array.from(this.watchlist.select(quote))) {
      const id = this.watchlist.table.idAt(row);
      const entrant = id === undefined ? undefined : this.byId.get(id);
      const isNothing =
        this.watchlist.examine(row, this.watchlist.tape.latestTick, quote.receivedAt).kind === 'nothing';
      if (isNothing) this.watchlist.keep(row);
      else if (entrant) yield entrant;
    }
  }

  forget(at: Instant): void {
    // A peak is looked up on the tape when somebody asks for it: days later, at most.
    if (at % KEPT_MS === 0) this.watchlist.tape.forget((at - KEPT_MS) as Instant);
  }
}

const KEPT_MS = 7 * DAY_MS;

const idOfEntrant = ({ number }: Entrant): AccountId => idOf(String(number));

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
