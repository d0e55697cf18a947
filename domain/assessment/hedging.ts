import { grouped } from '../kernel/grouped';
import type { AccountId, InstrumentId } from '../kernel/ids';
import type { Instant } from '../kernel/instant';
import type { Qty } from '../kernel/money';
import type { Instrument } from '../market/instrument';

/** What a fill or a settlement adds to what an account holds of an instrument: positive for a buy. */
export type Move = { readonly instrument: InstrumentId; readonly at: Instant; readonly qty: Qty };

/** An instrument held in one direction without a break. */
export type Span = {
  readonly accountId: AccountId;
  readonly instrument: InstrumentId;
  readonly side: 'long' | 'short';
  readonly from: Instant;
  readonly until: Instant;
};

/** Opposite positions of one person in two accounts at the same time. */
export type Hedge = {
  readonly legs: readonly [Span, Span];
  readonly from: Instant;
  readonly until: Instant;
};

/** The spans of an account from its moves, oldest first; one that is still open lasts until `now`. */
export function spansOf(accountId: AccountId, moves: readonly Move[], now: Instant): readonly Span[] {
  const open = new Map<InstrumentId, { readonly from: Instant; readonly qty: bigint }>();
  const spans: Span[] = [];
  const close = (instrument: InstrumentId, until: Instant) => {
    const held = open.get(instrument);
    if (!held) return;
    open.delete(instrument);
    spans.push({ accountId, instrument, side: held.qty > 0n ? 'long' : 'short', from: held.from, until });
  };
  for (const { instrument, at, qty } of moves) {
    const held = open.get(instrument);
    const after = (held?.qty ?? 0n) + qty;
    const continues = held !== undefined && after !== 0n && after > 0n === held.qty > 0n;
    if (!continues) close(instrument, at);
    if (after !== 0n) open.set(instrument, { from: continues ? held.from : at, qty: after });
  }
  for (const instrument of [...open.keys()]) close(instrument, now);
  return spans;
}

/**
 * Every pair of spans in two accounts that take opposite views of the same thing and overlap for as long as the
 * stricter of the two accounts' rules asks. An account whose rules ask for nothing leaves it to the other.
 */
export function hedgesAmong(
  spans: readonly Span[],
  instruments: ReadonlyMap<InstrumentId, Pick<Instrument, 'venue' | 'outcome'>>,
  signalAfterMs: (accountId: AccountId) => number | null,
): readonly Hedge[] {
  const views = grouped(spans, (span) => viewOf(span, instruments).on);
  return [...views.values()].flatMap((same) => {
    const sorted = [...same].sort((a, b) => a.from - b.from);
    return sorted.flatMap((first, index) => {
      const later = sorted.slice(index + 1).filter(({ from }) => from < first.until);
      return later.flatMap((second) => hedgeOf(first, second, instruments, signalAfterMs) ?? []);
    });
  });
}

function hedgeOf(
  first: Span,
  second: Span,
  instruments: Parameters<typeof hedgesAmong>[1],
  signalAfterMs: Parameters<typeof hedgesAmong>[2],
): Hedge | undefined {
  if (first.accountId === second.accountId) return undefined;
  if (viewOf(first, instruments).isFor === viewOf(second, instruments).isFor) return undefined;
  const asked = [first, second].flatMap(({ accountId }) => signalAfterMs(accountId) ?? []);
  const until = first.until < second.until ? first.until : second.until;
  if (asked.length === 0 || until - second.from < Math.min(...asked)) return undefined;
  return { legs: first.accountId < second.accountId ? [first, second] : [second, first], from: second.from, until };
}

/** YES and NO of one market are opposite views of it; whatever is unknown stands for itself. */
function viewOf(
  { instrument, side }: Span,
  instruments: Parameters<typeof hedgesAmong>[1],
): { readonly on: string; readonly isFor: boolean } {
  const known = instruments.get(instrument);
  if (!known?.outcome) return { on: instrument, isFor: side === 'long' };
  const { marketId, side: outcome } = known.outcome;
  return { on: `${known.venue}/${marketId}`, isFor: (side === 'long') === (outcome === 'yes') };
}
