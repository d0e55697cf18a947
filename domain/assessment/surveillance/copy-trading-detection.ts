import type { Side } from '../../account/orders/order';
import type { AccountId, InstrumentId, UserId } from '../../kernel/ids';
import type { Instant } from '../../kernel/instant';
import { DAY_MS } from '../../kernel/instant';
import type { CopySignal } from '../rules/rule-set';
import type { Direction } from './position-changes';

/** The first fill of an order, of an account whose rules ask for copies. */
export type SeenFill = {
  readonly userId: UserId;
  readonly accountId: AccountId;
  readonly instrument: InstrumentId;
  readonly side: Side;
  readonly at: Instant;
  readonly copySignal: CopySignal;
};

type Leg = Pick<SeenFill, 'userId' | 'accountId' | 'instrument'> & { readonly side: Direction };

/** Two accounts of two people that did the same at nearly the same time, repeatedly on one day. */
export type CopiedTrading = {
  /** The fills of the first match, the lower account id first. */
  readonly legs: readonly [Leg, Leg];
  readonly times: number;
  readonly day: number;
  readonly from: Instant;
  readonly until: Instant;
};

export type CopySweep = {
  /** Fills of one instrument and side come in the order of their time; instruments may come in any order. */
  readonly see: (fill: SeenFill) => void;
  readonly found: () => readonly CopiedTrading[];
};

/** Whoever is in the same crowd is compared with those just before, so that a crash stays as cheap as a quiet day. */
export const COMPARED_MAX = 16;

type Waiting = { readonly fill: SeenFill; readonly matched: Set<AccountId> };
type Queue = { readonly day: number; readonly waiting: readonly Waiting[] };
type Tally = CopiedTrading & { readonly timesMin: number };

/**
 * Matches fills of the same instrument and side on one UTC day. A fill is compared with the latest ones before it, the
 * oldest of them first, and takes at most one of each other account, which takes it in turn: no other way of pairing
 * them gives more. Both accounts' rules must call it a copy: the shorter window and the larger number count.
 */
export function copySweep(): CopySweep {
  const queues = new Map<string, Queue>();
  const tallies = new Map<string, Tally>();
  const see = (fill: SeenFill) => {
    const key = `${fill.side} ${fill.instrument}`;
    const day = Math.floor(fill.at / DAY_MS);
    const queue = queues.get(key);
    const near = queue?.day === day ? queue.waiting.filter(({ fill: earlier }) => isNear(earlier, fill)) : [];
    const matched = new Set<AccountId>();
    for (const earlier of near) {
      const { accountId } = earlier.fill;
      if (earlier.fill.userId === fill.userId || matched.has(accountId)) continue;
      if (earlier.matched.has(fill.accountId)) continue;
      matched.add(accountId);
      earlier.matched.add(fill.accountId);
      count(tallies, day, earlier.fill, fill);
    }
    // Who has a long window of its own waits as long as anybody's rules could ask.
    const waiting = queue?.day === day ? queue.waiting.filter((earlier) => stillWaits(earlier, fill)) : [];
    queues.set(key, { day, waiting: [...waiting.slice(1 - COMPARED_MAX), { fill, matched }] });
  };
  const found = () => [...tallies.values()].filter(({ times, timesMin }) => times >= timesMin).map(copyingOf);
  return { see, found };
}

const isNear = (earlier: SeenFill, later: SeenFill): boolean =>
  later.at - earlier.at <= Math.min(earlier.copySignal.withinMs, later.copySignal.withinMs);

const stillWaits = ({ fill }: Waiting, later: SeenFill): boolean => later.at - fill.at <= fill.copySignal.withinMs;

function count(tallies: Map<string, Tally>, day: number, earlier: SeenFill, later: SeenFill): void {
  const [one, two] = earlier.accountId < later.accountId ? [earlier, later] : [later, earlier];
  const key = `${day} ${one.accountId} ${two.accountId}`;
  const known = tallies.get(key);
  const timesMin = Math.max(one.copySignal.times, two.copySignal.times);
  // Instruments come in any order: the first match of the day may be told last.
  const isFirst = known === undefined || earlier.at < known.from;
  tallies.set(key, {
    day,
    timesMin,
    times: (known?.times ?? 0) + 1,
    legs: isFirst ? [legOf(one), legOf(two)] : known.legs,
    from: isFirst ? earlier.at : known.from,
    until: known !== undefined && known.until > later.at ? known.until : later.at,
  });
}

const legOf = ({ userId, accountId, instrument, side }: SeenFill): Leg => ({
  userId,
  accountId,
  instrument,
  side: side === 'buy' ? 'long' : 'short',
});

const copyingOf = ({ timesMin: _, ...copying }: Tally): CopiedTrading => copying;
