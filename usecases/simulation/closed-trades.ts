import { roundTrips } from '../../domain/account/positions/round-trip';
import type { RuleSet } from '../../domain/assessment/rules/rule-set';
import { rightMovesOf } from '../../domain/assessment/settlement/account-moves';
import type { AccountId } from '../../domain/kernel/ids';
import { divide, type Usd, usd } from '../../domain/kernel/money';
import { accept, type Result, refuse } from '../../domain/kernel/result';
import type { ClosedTrade } from '../../domain/simulation/closed-trades/closed-trade';
import { type Traded as TradedStrategy, tradedStrategy } from '../../domain/simulation/closed-trades/traded-strategy';
import type { SettlementStore } from '../ports/accounts/settlement-store';

/** Trades to draw from, and after how many attempts they were made. */
export type Traded = TradedStrategy & { readonly trials: number };

export type TradesRefusal = 'trades_too_few' | 'trade_file_invalid';

export type ClosedTradesParts = { readonly settlements: Pick<SettlementStore, 'moves'> };

type Traders = readonly { readonly accountId: AccountId; readonly startingUsd: Usd }[];

/** More than are drawn from: the oldest are left out. */
const TRADES_MAX = 10_000;

/**
 * The trades that these accounts have closed, the latest accounts first; those of an account of another size count in
 * proportion to the balance that these rules start with.
 */
export async function closedTrades(
  { settlements }: ClosedTradesParts,
  rules: RuleSet,
  accounts: Traders,
  trials: number,
): Promise<Result<Traded, TradesRefusal>> {
  const trades: ClosedTrade[] = [];
  for (const { accountId, startingUsd } of accounts) {
    if (trades.length >= TRADES_MAX) break;
    for (const trip of roundTrips(rightMovesOf(await settlements.moves(accountId)))) {
      const { openedAt, closedAt, netUsd } = trip;
      const sizedUsd = usd(divide(netUsd * rules.startingUsd, startingUsd, 'floor'));
      trades.push({ openedAt, closedAt, netUsd: sizedUsd, worstUsd: null, bestUsd: null });
    }
  }
  const traded = tradedStrategy(trades, rules);
  return traded.ok ? accept({ ...traded.value, trials }) : traded;
}

export function fileTrades(_rules: RuleSet, _csv: string): Result<Traded, TradesRefusal> {
  return refuse('trade_file_invalid', 'trades.csv', 'cannot be read yet');
}
