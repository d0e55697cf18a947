import type { Settlement } from '../../account/account-event';
import type { PositionMove } from '../../account/positions/position';
import { absolute, ZERO_USD } from '../../kernel/money';
import type { BalanceMove } from './daily-result';

/** What moved the money of an account: a fill, or the settlement of a resolved outcome, which costs nothing. */
export type BookedMove = PositionMove & BalanceMove;

/** A move as it is kept: a settlement with what it was paid for. */
export type BookedEvent =
  | { readonly kind: 'fill'; readonly fill: BookedMove }
  | { readonly kind: 'settlement'; readonly settlement: Settlement };

/** With the version of the account that it made; lists of them are in that order. */
export type KeptEvent = BookedEvent & { readonly version: number };

/** What moved the balance, as it was booked: wrong payouts and their reversals are among it. */
export const movesOf = (moved: readonly BookedEvent[]): readonly BookedMove[] =>
  moved.map((one) => (one.kind === 'fill' ? one.fill : payoutMove(one.settlement)));

/** As if every outcome had paid at once what it paid in the end: one move a position, when it was first settled. */
export function rightMovesOf(moved: readonly BookedEvent[]): readonly BookedMove[] {
  const right = new Map<string, Settlement>();
  for (const one of moved) if (one.kind === 'settlement') right.set(positionName(one.settlement), one.settlement);
  return moved.flatMap((one) => {
    if (one.kind === 'fill') return [one.fill];
    const name = positionName(one.settlement);
    const last = right.get(name);
    right.delete(name);
    return last ? [{ ...payoutMove(last), filledAt: one.settlement.settledAt }] : [];
  });
}

/** A market that opens again after its resolution can be held anew: that is another position. */
export const positionName = ({ instrument, position }: Settlement): string => `${instrument} ${position.openedAt}`;

/** A payout closes its position as a fill would. */
function payoutMove({ instrument, position, cashUsd, realizedUsd, settledAt }: Settlement): BookedMove {
  const side = position.qty > 0n ? 'sell' : 'buy';
  const closing = { instrument, side, qty: absolute(position.qty), cashUsd, feeUsd: ZERO_USD } as const;
  return { ...closing, realizedUsd, filledAt: settledAt, isSettlement: true };
}
