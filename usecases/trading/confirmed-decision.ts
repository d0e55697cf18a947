import type { AccountEvent } from '../../domain/account/account-event';
import { exitPrice } from '../../domain/account/positions/position';
import type { Decided } from '../../domain/assessment/commands/decide-order';
import type { DecisionContext } from '../../domain/assessment/context/decision-context';
import { marksAt } from '../../domain/assessment/context/marks';
import type { InstrumentId } from '../../domain/kernel/ids';
import { type Instant, plusMs } from '../../domain/kernel/instant';
import { refuse } from '../../domain/kernel/result';
import type { AccountSnapshot } from '../ports/accounts/account-store';
import type { BookSource } from '../ports/market-data/market-data';
import { type ContextParts, loadContext } from './load-context';

type Parts = ContextParts & { readonly books: BookSource };

/** A venue that stands still gives a sign of life each second; one that gives none for so long is not heard. */
export const CONFIRMED_WITHIN_MS = 3_000;

/** A command, when it arrived, and the instrument that it names beside those of the account. */
export type Arrived = { readonly at: Instant; readonly others: readonly InstrumentId[] };

/** What a command may look at, and of which instruments a book holds after it, once that was asked. */
export type Confirmed = { readonly context: DecisionContext; readonly held?: ReadonlySet<InstrumentId> };

/**
 * Decides a command at the books of now. If it takes something of a book, or pays by what it shows, that counts only
 * on a state that the venue is known to have had after the command arrived and the tier's latency passed: then it is
 * awaited, and all is decided again. What only rests, or is refused, does not wait. Where the venue stays silent
 * nothing is taken.
 */
export async function decideConfirmed<Refusal extends string>(
  parts: Parts,
  snapshot: AccountSnapshot,
  { at: arrivedAt, others }: Arrived,
  decide: (confirmed: Confirmed) => Decided<Refusal>,
): Promise<{ readonly context: DecisionContext; readonly decided: Decided<Refusal | 'price_unconfirmed'> }> {
  const first = { ...(await loadContext({ ...parts, taken: NOTHING }, snapshot, others)), arrivedAt };
  const tried = decide({ context: first });
  const of = tried.ok ? takenOf(first, tried.value) : [];
  if (of.length === 0) return { context: first, decided: tried };
  const after = plusMs(arrivedAt, snapshot.rules.execution.latencyMs);
  const withinMs = plusMs(after, CONFIRMED_WITHIN_MS) - parts.clock.now();
  const { primary } = snapshot.rules.execution;
  const { books, held } = await parts.books.confirmed([...first.books.keys()], { of, primary, after, withinMs });
  const known = { ...parts, books: { current: async () => books } };
  const context = { ...(await loadContext(known, snapshot, others)), arrivedAt };
  const decided = decide({ context, held });
  const isKnown = !decided.ok || takenOf(context, decided.value).every((id) => held.has(id));
  return { context, decided: isKnown ? decided : unconfirmed() };
}

/** What was taken is asked for once it is known at which book: until then it only decides whether one is awaited. */
const NOTHING: ContextParts['taken'] = { of: async () => new Map() };

const unconfirmed = () => {
  const withinS = CONFIRMED_WITHIN_MS / 1_000;
  const rule = `the venue sent neither a newer price nor a sign of life within ${withinS} s; what it showed may be gone`;
  return refuse('price_unconfirmed', 'instrument', rule);
};

/** The instruments whose books these events take of; a payout goes by what all that has a price is worth. */
function takenOf({ account, books, at }: DecisionContext, events: readonly AccountEvent[]): readonly InstrumentId[] {
  const filled = events.flatMap((event) => (event.kind === 'order_filled' ? [event.fill.instrument] : []));
  if (!events.some(({ kind }) => kind === 'payout_taken')) return [...new Set(filled)];
  const marks = marksAt(books, at);
  const priced = account.positions.filter((position) => exitPrice(position, marks.get(position.instrument)) !== null);
  return [...new Set([...filled, ...priced.map(({ instrument }) => instrument)])];
}
