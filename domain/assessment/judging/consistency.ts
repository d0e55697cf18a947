import type { Account } from '../../account/account';
import { countedResult } from '../../account/day-result';
import { addUsd, divide, largerUsd, MILLION, portion, subUsd, type Usd } from '../../kernel/money';
import type { Consistency, RuleSet } from '../rules/rule-set';
import { rulesInForce } from '../rules/rules-in-force';
import type { Gate, TooLargeShare } from './judgement';

/** What consistency divides: the result of the best day or trade, and the profit that it is a part of. */
type BestAndTotal = { readonly bestUsd: Usd; readonly totalUsd: Usd };

/**
 * The best one's share of the profit, rounded up; at most the share asked for. Without a profit it cannot be divided
 * and the gate stays closed: `have` is then a whole.
 */
export function consistencyGate(consistency: Consistency, rules: RuleSet, account: Account, balanceUsd: Usd): Gate {
  const { per, shareMax } = consistency;
  const gate = per === 'day' ? 'best_day_ppm' : 'best_trade_ppm';
  const { bestUsd, totalUsd } = bestAndTotalOf(consistency, rules, account, balanceUsd);
  if (totalUsd <= 0n) return { gate, have: MILLION, need: shareMax, isMet: false };
  const have = divide(bestUsd * MILLION, totalUsd, 'ceil');
  return { gate, have, need: shareMax, isMet: have <= shareMax };
}

/**
 * The share that fails an assessment in place of its pass: it is all that is missing, and the tier does not wait for
 * it. Where there is no profit to divide nothing fails.
 */
export function tooLargeShare(
  rules: RuleSet,
  account: Account,
  balanceUsd: Usd,
  gates: readonly Gate[],
): TooLargeShare | undefined {
  const { consistency } = rules;
  if (consistency?.severity !== 'fail') return undefined;
  const missing = gates.filter(({ isMet }) => !isMet);
  if (missing.length !== 1 || !missing.every(isShareGate)) return undefined;
  const { bestUsd, totalUsd } = bestAndTotalOf(consistency, rules, account, balanceUsd);
  if (totalUsd <= 0n) return undefined;
  const limitUsd = portion(totalUsd, consistency.shareMax, 'floor');
  return { kind: 'share', rule: 'consistency', per: consistency.per, limitUsd, usedUsd: bestUsd, totalUsd };
}

const isShareGate = ({ gate }: Gate): boolean => gate === 'best_day_ppm' || gate === 'best_trade_ppm';

/** What a balance, or an equity, has won, without the wins that the rules leave out. */
export const countedProfit = (rules: RuleSet, account: Account, valueUsd: Usd): Usd =>
  subUsd(subUsd(valueUsd, rulesInForce(rules, account).startingUsd), account.standing.trades.excludedUsd);

/** Today is a day, and what an open position has realized so far is a trade. */
function bestAndTotalOf({ per, of }: Consistency, rules: RuleSet, account: Account, balanceUsd: Usd): BestAndTotal {
  const { standing } = account;
  const todayUsd = countedResult(account, balanceUsd);
  const won = todayUsd > 0n ? addUsd(standing.days.winningUsd, todayUsd) : standing.days.winningUsd;
  return {
    bestUsd: per === 'day' ? largerUsd(standing.days.bestUsd, todayUsd) : bestTrade(account),
    totalUsd: of === 'net' ? countedProfit(rules, account, balanceUsd) : won,
  };
}

const bestTrade = ({ standing, positions }: Account): Usd =>
  positions.map(({ realizedUsd, feesUsd }) => subUsd(realizedUsd, feesUsd)).reduce(largerUsd, standing.trades.bestUsd);
