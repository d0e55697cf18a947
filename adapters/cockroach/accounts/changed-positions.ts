import type { Position } from '../../../domain/account/positions/position';
import { isoText } from '../../../domain/kernel/instant';
import { qty, ZERO_USD } from '../../../domain/kernel/money';

/** Positions that are new or different, and zeros for those that went flat. */
export function changedPositions(before: readonly Position[], after: readonly Position[]): readonly Position[] {
  const held = new Map(before.map((position) => [position.instrument, position]));
  const changed = after.filter((position) => !isSame(held.get(position.instrument), position));
  const open = new Set(after.map(({ instrument }) => instrument));
  const closed = before.filter(({ instrument }) => !open.has(instrument)).map(flat);
  return [...changed, ...closed];
}

const isSame = (a: Position | undefined, b: Position): boolean =>
  a === b ||
  (a?.qty === b.qty &&
    a.costUsd === b.costUsd &&
    a.realizedUsd === b.realizedUsd &&
    a.feesUsd === b.feesUsd &&
    a.openedAt === b.openedAt);

const flat = ({ instrument, openedAt }: Position): Position => ({
  instrument,
  qty: qty(0n),
  costUsd: ZERO_USD,
  realizedUsd: ZERO_USD,
  feesUsd: ZERO_USD,
  openedAt,
});

/** A position as the record that `save_decision` reads. */
export const positionRecord = (position: Position) => ({
  instrument: position.instrument,
  qty: `${position.qty}`,
  cost_usd: `${position.costUsd}`,
  realized_usd: `${position.realizedUsd}`,
  fees_usd: `${position.feesUsd}`,
  opened_at: isoText(position.openedAt),
});
