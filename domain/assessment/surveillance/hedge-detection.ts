import { grouped } from '../../kernel/grouped';
import type { AccountId, InstrumentId } from '../../kernel/ids';
import type { Instant } from '../../kernel/instant';
import { type Direction, type HoldingMove, positionChangesOf, type Views, viewOf } from './position-changes';

/** An instrument held in one direction without a break. */
export type HoldingSpan = {
  readonly accountId: AccountId;
  readonly instrument: InstrumentId;
  readonly side: Direction;
  readonly from: Instant;
  readonly until: Instant;
};

/** Opposite positions of one person in two accounts at the same time. */
export type Hedge = {
  readonly legs: readonly [HoldingSpan, HoldingSpan];
  readonly from: Instant;
  readonly until: Instant;
};

/** The spans of an account from its moves, oldest first; one that is still open lasts until `now`. */
export function holdingSpansOf(
  accountId: AccountId,
  moves: readonly HoldingMove[],
  now: Instant,
): readonly HoldingSpan[] {
  const open = new Map<InstrumentId, { readonly from: Instant; readonly side: Direction }>();
  const spans: HoldingSpan[] = [];
  const close = (instrument: InstrumentId, until: Instant) => {
    const held = open.get(instrument);
    if (!held) return;
    open.delete(instrument);
    spans.push({ accountId, instrument, ...held, until });
  };
  for (const { instrument, at, opened } of positionChangesOf(moves)) {
    close(instrument, at);
    if (opened) open.set(instrument, { from: at, side: opened });
  }
  for (const instrument of [...open.keys()]) close(instrument, now);
  return spans;
}

/**
 * Every pair of spans in two accounts that take opposite views of the same thing and overlap for as long as the
 * stricter of the two accounts' rules asks. An account whose rules ask for nothing leaves it to the other.
 */
export function hedgesAmong(
  spans: readonly HoldingSpan[],
  instruments: Views,
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
  first: HoldingSpan,
  second: HoldingSpan,
  instruments: Views,
  signalAfterMs: Parameters<typeof hedgesAmong>[2],
): Hedge | undefined {
  if (first.accountId === second.accountId) return undefined;
  if (viewOf(first, instruments).isFor === viewOf(second, instruments).isFor) return undefined;
  const asked = [first, second].flatMap(({ accountId }) => signalAfterMs(accountId) ?? []);
  const until = first.until < second.until ? first.until : second.until;
  if (asked.length === 0 || until - second.from < Math.min(...asked)) return undefined;
  return { legs: first.accountId < second.accountId ? [first, second] : [second, first], from: second.from, until };
}
