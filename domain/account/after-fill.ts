import { absolute, addUsd, subUsd, type Usd } from '../kernel/money';
import { type Account, balanceOf, positionIn, withPosition } from './account';
import type { AccountRules } from './account-rules';
import type { Fill } from './orders/order';
import { closingPart, type Position, type Traded, trade } from './positions/position';
import { afterReduction, afterTrade, type Standing } from './standing/standing';

/** Carries a fill through position, cash and what is remembered; its order is left as it was. */
export function afterFill(rules: AccountRules, account: Account, fill: Fill): Account {
  const held = positionIn(account, fill.instrument);
  const traded = trade(held, fill);
  const { position, closedTrade } = traded;
  const standing = held ? standingAfter({ rules, account }, held, fill, traded) : account.standing;
  const hasOpened = position !== undefined && (!held || closedTrade);
  return afterBalance(rules, {
    ...account,
    cashUsd: subUsd(addUsd(account.cashUsd, fill.cashUsd), fill.feeUsd),
    positions: withPosition(account.positions, fill.instrument, position),
    tradesClosed: account.tradesClosed + (closedTrade ? 1 : 0),
    standing: {
      ...standing,
      activeAt: fill.filledAt,
      day: hasOpened ? { ...standing.day, opened: standing.day.opened + 1 } : standing.day,
    },
  });
}

/**
 * What a balance that moved leaves behind: the mark of `trailing_closed` follows it, and with no position left the next
 * one is warned of its own loss anew, and of the loss that is open.
 */
export function afterBalance({ maxLoss }: AccountRules, account: Account): Account {
  const { peaks, warned } = account.standing;
  const balanceUsd = maxLoss.mode === 'trailing_closed' ? balanceOf(account) : peaks.highWaterUsd;
  const isRaised = balanceUsd > peaks.highWaterUsd;
  const isForgotten = account.positions.length === 0 && (warned.risk_per_trade ?? warned.open_loss) !== undefined;
  if (!isRaised && !isForgotten) return account;
  const { risk_per_trade, open_loss, ...others } = warned;
  return {
    ...account,
    standing: {
      ...account.standing,
      peaks: isRaised ? { ...peaks, highWaterUsd: balanceUsd } : peaks,
      warned: isForgotten ? others : warned,
    },
  };
}

type Before = { readonly rules: AccountRules; readonly account: Account };

function standingAfter({ rules, account }: Before, held: Position, fill: Fill, traded: Traded): Standing {
  const { standing, tradesClosed } = account;
  const { position, closedTrade, realizedUsd } = traded;
  if (closedTrade) {
    const resultUsd = resultOf(held, fill, realizedUsd);
    const trade = { position: held, resultUsd, closedAt: fill.filledAt, closedBefore: tradesClosed };
    return afterTrade(standing, rules.activity, trade);
  }
  const isReduced = position !== undefined && absolute(position.qty) < absolute(held.qty);
  return isReduced ? afterReduction(standing, held) : standing;
}

/** The result of the trade that this fill completes: realized less fees since it left flat, here the closing part's. */
const resultOf = (held: Position, fill: Fill, realizedUsd: Usd): Usd =>
  subUsd(addUsd(held.realizedUsd, realizedUsd), addUsd(held.feesUsd, closingPart(held, fill).feeUsd));
