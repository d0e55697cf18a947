import { type Account, balanceOf, positionIn, withPosition } from '../account/account';
import { fillEntries } from '../account/ledger';
import type { Position } from '../account/position';
import { afterTrade } from '../account/standing';
import type { Instant } from '../kernel/instant';
import { addUsd, notional, subUsd, type Usd, usd } from '../kernel/money';
import type { Instrument, Payout } from '../market/instrument';
import { cancelOrders } from './cancel-orders';
import { type Decided, followedBy, type Settlement } from './happening';
import { rememberFill } from './remember';
import type { RuleSet } from './rules';

/**
 * Pays out a resolved outcome: its orders end and its position is closed at the payout, without a fee. It completes a
 * trade, but opens nothing and shows no activity of the trader. Settling again changes nothing, for nothing is held.
 */
export function settlePosition(rules: RuleSet, account: Account, instrument: Instrument, at: Instant): Decided {
  const { id, payout } = instrument;
  if (payout === null) return { account, happenings: [] };
  const working = account.orders.filter((order) => order.instrument === id);
  const cancelled = cancelOrders(account, working, 'market_closed');
  const position = positionIn(account, id);
  if (!position) return cancelled;
  const cashUsd = paidFor(position, payout);
  const realizedUsd = subUsd(cashUsd, position.costUsd);
  const { standing } = account;
  const closed: Account = {
    ...cancelled.account,
    positions: withPosition(account.positions, id, undefined),
    tradesClosed: account.tradesClosed + 1,
    standing: afterTrade(standing, {
      resultUsd: subUsd(addUsd(position.realizedUsd, realizedUsd), position.feesUsd),
      counts: at - position.openedAt >= rules.activity.tradeHeldMsMin,
    }),
  };
  const settlement = { instrument: id, payout, position, cashUsd, realizedUsd, settledAt: at, corrects: false };
  return followedBy(cancelled, paid(rules, closed, settlement));
}

/**
 * A resolution was wrong: what it paid is taken back by a reversing entry and the right payout is made. History keeps
 * all three. The position that was settled tells what it is due. The same payout again changes nothing.
 */
export function correctSettlement(
  rules: RuleSet,
  account: Account,
  earlier: Settlement,
  payout: Payout,
  at: Instant,
): Decided {
  if (isSamePayout(earlier.payout, payout)) return { account, happenings: [] };
  const { position, instrument } = earlier;
  const reversal = {
    ...earlier,
    cashUsd: usd(-earlier.cashUsd),
    realizedUsd: usd(-earlier.realizedUsd),
    settledAt: at,
    corrects: true,
  };
  const reversed = paid(rules, account, reversal);
  const cashUsd = paidFor(position, payout);
  const realizedUsd = subUsd(cashUsd, position.costUsd);
  const right = { instrument, payout, position, cashUsd, realizedUsd, settledAt: at, corrects: false };
  return followedBy(reversed, paid(rules, reversed.account, right));
}

/** A void market gives back what the position cost. Otherwise the payout of each share, rounded against the trader. */
const paidFor = ({ qty, costUsd }: Position, payout: Payout): Usd =>
  payout.kind === 'void' ? costUsd : notional(payout.price, qty, 'floor');

const isSamePayout = (a: Payout, b: Payout): boolean =>
  a.kind === 'void' || b.kind === 'void' ? a.kind === b.kind : a.price === b.price;

/** Books the cash of a settlement; the position has left the account, or left it with an earlier one. */
function paid(rules: RuleSet, account: Account, settlement: Settlement): Decided {
  const { instrument, cashUsd, realizedUsd } = settlement;
  const after = rememberFill(rules, { ...account, cashUsd: addUsd(account.cashUsd, cashUsd) });
  const ledger = fillEntries({ instrument, cashUsd, realizedUsd, feeUsd: usd(0n) });
  const balanceUsd = balanceOf(after);
  return {
    account: after,
    happenings: [{ kind: 'position_settled', settlement, ledger, cashUsd: after.cashUsd, balanceUsd }],
  };
}
