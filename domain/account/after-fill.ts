import { absolute, addUsd, subUsd, type Usd } from '../kernel/money';
import { type Account, balanceOf, positionIn, withPosition } from './account';
import type { AccountRules } from './account-rules';
import type { Fill } from './orders/order';
import { closingPart, type Position, type Traded, trade } from './positions/position';
import { afterReduction, afterTrade, type Standing, type TradesSoFar } from './standing/standing';

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
      trades: tradesAfter(rules, standing.trades, { held, fill, traded }),
      day: hasOpened ? { ...standing.day, opened: standing.day.opened + 1 } : standing.day,
    },
  });
}

/** What a fill leaves behind beside the trade that it may have closed. */
function tradesAfter(
  { activity, riskPerTrade }: AccountRules,
  trades: TradesSoFar,
  { held, fill, traded }: { readonly held: Position | undefined; readonly fill: Fill; readonly traded: Traded },
): TradesSoFar {
  const { instrument, filledAt, closedFor, inNews } = fill;
  const { position, closedTrade } = traded;
  const { inactivityBy } = activity;
  const isActivity =
    inactivityBy === 'opened' ? position && (!held || closedTrade) : inactivityBy === 'closed' && closedTrade;
  const isCounted = closedFor === 'stop_missing' && (riskPerTrade?.stopMissesToFail ?? null) !== null;
  const others = trades.inNews.filter((each) => each !== instrument);
  const isTouched = inNews === true || (!closedTrade && others.length < trades.inNews.length);
  const isMissed = isCounted && held !== undefined && !wasMissed(trades, held);
  return {
    ...trades,
    inNews: position && isTouched ? [...others, instrument].sort() : others,
    activityAt: isActivity ? filledAt : trades.activityAt,
    missedStops: isMissed ? [...trades.missedStops, { instrument, openedAt: held.openedAt }] : trades.missedStops,
  };
}

/** Whether the position is among those that were closed for a missing stop: it may be closed in parts. */
export const wasMissed = ({ missedStops }: TradesSoFar, { instrument, openedAt }: Position): boolean =>
  missedStops.some((missed) => missed.instrument === instrument && missed.openedAt === openedAt);

/**
 * What a balance that moved leaves behind: the mark of `trailing_closed` follows it, and with no position left the next
 * one is warned of its own loss anew, and of the loss that is open.
 */
export function afterBalance({ maxLoss }: AccountRules, account: Account): Account {
  const { peaks, warned } = account.standing;
  const balanceUsd = maxLoss.mode === 'trailing_closed' ? balanceOf(account) : peaks.highWaterUsd;
  const isRaised = balanceUsd > peaks.highWaterUsd;
  const isForgotten =
    account.positions.length === 0 && (warned.risk_per_trade ?? warned.planned_risk ?? warned.open_loss) !== undefined;
  if (!isRaised && !isForgotten) return account;
  const { risk_per_trade, planned_risk, open_loss, ...others } = warned;
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
    const inNews = fill.inNews === true || standing.trades.inNews.includes(held.instrument);
    const trade = { position: held, resultUsd, closedAt: fill.filledAt, closedBefore: tradesClosed, inNews };
    return afterTrade(standing, rules, trade);
  }
  const isReduced = position !== undefined && absolute(position.qty) < absolute(held.qty);
  return isReduced ? afterReduction(standing, held) : standing;
}

/** The result of the trade that this fill completes: realized less fees since it left flat, here the closing part's. */
const resultOf = (held: Position, fill: Fill, realizedUsd: Usd): Usd =>
  subUsd(addUsd(held.realizedUsd, realizedUsd), addUsd(held.feesUsd, closingPart(held, fill).feeUsd));
