import { roundTrips } from '../../domain/account/positions/round-trip';
import type { RuleSet } from '../../domain/assessment/rules/rule-set';
import { rightMovesOf } from '../../domain/assessment/settlement/account-moves';
import type { AccountId } from '../../domain/kernel/ids';
import { divide, type Usd, usd } from '../../domain/kernel/money';
import { accept, type Result } from '../../domain/kernel/result';
import type { ClosedTrade } from '../../domain/simulation/closed-trades/closed-trade';
import { type Traded as TradedStrategy, tradedStrategy } from '../../domain/simulation/closed-trades/traded-strategy';
import { readTradeFile, type TradeFileRefusal } from '../../domain/simulation/trade-file/read-trade-file';
import type { SettlementStore } from '../ports/accounts/settlement-store';

/** Trades to draw from, and after how many attempts they were made. */
export type Traded = TradedStrategy & { readonly trials: number };

export type TradesRefusal = 'trades_too_few' | TradeFileRefusal;

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

/** The trades of a file, which may have been made anywhere, by one attempt as far as is known. */
export function fileTrades(rules: RuleSet, csv: string): Result<Traded, TradesRefusal> {
  const read = readTradeFile(csv);
  if (!read.ok) return read;
  const traded = tradedStrategy(read.value, rules);
  return traded.ok ? accept({ ...traded.value, trials: 1 }) : traded;
}
