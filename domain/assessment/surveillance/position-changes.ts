import type { InstrumentId } from '../../kernel/ids';
import type { Instant } from '../../kernel/instant';
import type { Qty } from '../../kernel/money';
import type { Instrument } from '../../market/instrument';

/** What a fill or a settlement adds to what an account holds of an instrument: positive for a buy. */
export type HoldingMove = { readonly instrument: InstrumentId; readonly at: Instant; readonly qty: Qty };

export type Direction = 'long' | 'short';

/** A move that closed a position, opened one, or (through flat) did both. */
export type PositionChange = {
  readonly instrument: InstrumentId;
  readonly at: Instant;
  readonly closed: Direction | undefined;
  readonly opened: Direction | undefined;
};

/** The turns among an account's moves, in the order of trading. */
export function positionChangesOf(moves: readonly HoldingMove[]): readonly PositionChange[] {
  const held = new Map<InstrumentId, bigint>();
  return moves.flatMap(({ instrument, at, qty }) => {
    const before = held.get(instrument) ?? 0n;
    const [was, is] = [directionOf(before), directionOf(before + qty)];
    held.set(instrument, before + qty);
    return was === is ? [] : { instrument, at, closed: was, opened: is };
  });
}

const directionOf = (qty: bigint): Direction | undefined => (qty === 0n ? undefined : qty > 0n ? 'long' : 'short');

export type Views = ReadonlyMap<InstrumentId, Pick<Instrument, 'venue' | 'outcome'>>;

/**
 * What a position takes a view of, and whether it is for it. YES and NO of one market are opposite views of the market;
 * whatever is unknown stands for itself.
 */
export function viewOf(
  { instrument, side }: { readonly instrument: InstrumentId; readonly side: Direction },
  instruments: Views,
): { readonly on: string; readonly isFor: boolean } {
  const known = instruments.get(instrument);
  if (!known?.outcome) return { on: instrument, isFor: side === 'long' };
  const { marketId, side: outcome } = known.outcome;
  return { on: `${known.venue}/${marketId}`, isFor: (side === 'long') === (outcome === 'yes') };
}
