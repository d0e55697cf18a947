import type { PastTrade, Strategy } from '../../domain/simulation/strategy';
import type { RuleSet } from '../../domain/assessment/rules/rule-set';
import { type Result, refuse } from '../../domain/kernel/result';
import type { SettlementStore } from '../ports/accounts/settlement-store';
import type { AssessmentSummary } from '../ports/assessments/assessment-store';

/** Trades to draw from, and what they say of how they are made. */
export type Traded = {
  readonly strategy: Strategy;
  readonly worstDay: readonly PastTrade[] | null;
  readonly trials: number;
};

export type TradesRefusal = 'trades_too_few' | 'trade_file_invalid' | 'strategy_invalid';

export type ClosedTradesParts = { readonly settlements: Pick<SettlementStore, 'moves'> };

export async function closedTrades(
  _parts: ClosedTradesParts,
  _rules: RuleSet,
  _accounts: readonly Pick<AssessmentSummary, 'accountId' | 'startingUsd'>[],
  _trials: number,
): Promise<Result<Traded, TradesRefusal>> {
  return refuse('trades_too_few');
}

export function fileTrades(_rules: RuleSet, _csv: string): Result<Traded, TradesRefusal> {
  return refuse('trade_file_invalid');
}
