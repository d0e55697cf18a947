import type { InstrumentId } from '../../kernel/ids';
import type { Instant } from '../../kernel/instant';
import { type Direction, type HoldingMove, positionChangesOf, type Views, viewOf } from './position-changes';

type Held = { readonly instrument: InstrumentId; readonly side: Direction };

/** A position was closed, and the opposite one opened soon after, or with the same fill. */
export type Reversal = {
  readonly closed: Held;
  readonly opened: Held;
  readonly closedAt: Instant;
  readonly openedAt: Instant;
};

/**
 * The reversals among an account's moves, in the order of trading. An opening is held against the last closing before
 * it of the opposite view, and counts if it came at most `withinMs` later, that millisecond included.
 */
export function reversalsAmong(
  moves: readonly HoldingMove[],
  instruments: Views,
  withinMs: number,
): readonly Reversal[] {
  const closings = new Map<string, { readonly held: Held; readonly at: Instant }>();
  return positionChangesOf(moves).flatMap(({ instrument, at, closed, opened }): readonly Reversal[] => {
    if (closed) {
      const held = { instrument, side: closed };
      closings.set(keyOf(held, instruments, true), { held, at });
    }
    if (!opened) return [];
    const held = { instrument, side: opened };
    const last = closings.get(keyOf(held, instruments, false));
    if (!last || at - last.at > withinMs) return [];
    return [{ closed: last.held, opened: held, closedAt: last.at, openedAt: at }];
  });
}

/** Names the view of a position, or the view opposite to it. */
function keyOf(held: Held, instruments: Views, isOwn: boolean): string {
  const { on, isFor } = viewOf(held, instruments);
  return `${isFor === isOwn ? 'for' : 'against'} ${on}`;
}
