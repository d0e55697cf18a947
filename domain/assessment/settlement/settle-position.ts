import { type Account, balanceOf, positionIn, withPosition } from '../../account/account';
import { andThen, type Decision, type Settlement } from '../../account/account-event';
import { fillEntries } from '../../account/ledger';
import type { Position } from '../../account/position';
import { afterTrade, type BeforePayout } from '../../account/standing';
import type { Instant } from '../../kernel/instant';
import { addUsd, notional, subUsd, type Usd, usd } from '../../kernel/money';
import type { Instrument, Payout } from '../../market/instrument';
import { raiseAfterFill } from '../judging/high-water-mark';
import { cancelOrders } from '../matching/cancel-orders';
import type { RuleSet } from '../rules/rule-set';

/**
 * Pays out a resolved outcome: its orders end and its position is closed at the payout, without a fee. It completes a
 * trade, but opens nothing and shows no activity of the trader. Settling again changes nothing, for nothing is held.
 */
export function settlePosition(rules: RuleSet, account: Account, instrument: Instrument, at: Instant): Decision {
  const { id, payout } = instrument;
  if (payout === null) return { account, events: [] };
  const working = account.orders.filter((order) => order.instrument === id);
  const cancelled = cancelOrders(account, working, 'market_closed');
  const position = positionIn(account, id);
  if (!position) return cancelled;
  const { standing } = account;
  const settlement = settlementOf(position, payout, beforePayoutOf(account), at);
  const closed: Account = {
    ...cancelled.account,
    positions: withPosition(account.positions, id, undefined),
    tradesClosed: account.tradesClosed + 1,
    standing: afterTrade(standing, rules.activity, {
      position,
      resultUsd: subUsd(addUsd(position.realizedUsd, settlement.realizedUsd), position.feesUsd),
      closedAt: at,
      closedBefore: account.tradesClosed,
    }),
  };
  const paid = booked(closed, settlement);
  return andThen(cancelled, { ...paid, account: raiseAfterFill(rules, paid.account) });
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

/** Books the cash of a settlement; the position has left the account, or left it with an earlier one. */
export function booked(account: Account, settlement: Settlement): Decision {
  const { instrument, cashUsd, realizedUsd } = settlement;
  const after: Account = { ...account, cashUsd: addUsd(account.cashUsd, cashUsd) };
  const ledger = fillEntries({ instrument, cashUsd, realizedUsd, feeUsd: usd(0n) });
  const { cashUsd: leftUsd, dayAnchorUsd, standing } = after;
  const money = { cashUsd: leftUsd, balanceUsd: balanceOf(after), dayAnchorUsd, isPaused: standing.day.isPaused };
  return { account: after, events: [{ kind: 'position_settled', settlement, ledger, ...money }] };
}
