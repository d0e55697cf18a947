import { type Account, balanceOf, positionIn } from '../../account/account';
import type { AccountEvent, PositionSettled, Settlement } from '../../account/account-event';
import { settlementEntries } from '../../account/positions/ledger';
import type { Position } from '../../account/positions/position';
import type { BeforePayout } from '../../account/standing/standing';
import type { Instant } from '../../kernel/instant';
import { addUsd, notional, subUsd, type Usd } from '../../kernel/money';
import type { Instrument, Payout } from '../../market/instrument';
import { cancelOrders } from '../matching/cancel-orders';

/**
 * Pays out a resolved outcome: its orders end and its position is closed at the payout, without a fee. It completes a
 * trade, but opens nothing and shows no activity of the trader. Settling again changes nothing, for nothing is held.
 */
export function settlePosition(account: Account, instrument: Instrument, at: Instant): readonly AccountEvent[] {
  const { id, payout } = instrument;
  if (payout === null) return [];
  const working = account.orders.filter((order) => order.instrument === id);
  const cancelled = cancelOrders(account, working, 'market_closed');
  const position = positionIn(account, id);
  if (!position) return cancelled;
  const settlement = settlementOf(position, payout, beforePayoutOf(account), at);
  // The balance loses what the position cost, and gains what was paid for it.
  const balanceUsd = addUsd(balanceOf(account), settlement.realizedUsd);
  return [...cancelled, positionSettled(account, settlement, balanceUsd)];
}

export const beforePayoutOf = ({ day, standing }: Account): BeforePayout => {
  const { highWaterUsd, dayPeakUsd } = standing.peaks;
  return { day, highWaterUsd, dayPeakUsd, isPaused: standing.day.isPaused, warned: standing.warned };
};

/** What a payout brings for a position. */
export function settlementOf(position: Position, payout: Payout, before: BeforePayout, settledAt: Instant): Settlement {
  const cashUsd = paidFor(position, payout);
  const realizedUsd = subUsd(cashUsd, position.costUsd);
  const { instrument } = position;
  return { instrument, payout, position, cashUsd, realizedUsd, corrects: false, settledAt, before };
}

/** A void market gives back what the position cost. Otherwise the payout of each share, rounded against the trader. */
const paidFor = ({ qty, costUsd }: Position, payout: Payout): Usd =>
  payout.kind === 'void' ? costUsd : notional(payout.price, qty, 'floor');

/** The event that books the cash of a settlement, with what it makes of the account. */
export function positionSettled(
  { cashUsd, dayAnchorUsd, standing }: Account,
  settlement: Settlement,
  balanceUsd: Usd,
): PositionSettled {
  return {
    kind: 'position_settled',
    settlement,
    ledger: settlementEntries(settlement),
    cashUsd: addUsd(cashUsd, settlement.cashUsd),
    balanceUsd,
    dayAnchorUsd,
    isPaused: standing.day.isPaused,
  };
}
