import { type Account, balanceOf } from '../../account/account';
import { dayCounts, dayResult } from '../../account/day-result';
import type { Usd } from '../../kernel/money';
import type { RuleSet, Target } from '../rules/rule-set';
import { consistencyGate, countedProfit } from './consistency';
import type { Gate } from './judgement';

/** What an account has to show before it passes, met or not; nothing where there is nothing to pass. */
export function gatesOf(rules: RuleSet, account: Account, equityUsd: Usd): readonly Gate[] {
  const { target, activity, consistency } = rules;
  if (!target) return [];
  const { standing, positions } = account;
  const balanceUsd = balanceOf(account);
  const counted = countedProfit(rules, account, countedOf(target, balanceUsd, equityUsd));
  const gates: Gate[] = [atLeast('target_usd', counted, target.profitUsd)];
  if (target.counts === 'realized_flat') {
    gates.push({ gate: 'flat_positions', have: BigInt(positions.length), need: 0n, isMet: positions.length === 0 });
  }
  if (activity.tradesMin > 0)
    gates.push(atLeast('trades', BigInt(standing.trades.counted), BigInt(activity.tradesMin)));
  const result = dayResult(account, balanceUsd);
  if (activity.daysMin > 0) {
    const today = dayCounts(rules, standing, result) ? 1 : 0;
    gates.push(atLeast('days', BigInt(standing.days.counted + today), BigInt(activity.daysMin)));
  }
  if (consistency) gates.push(consistencyGate(consistency, rules, account, balanceUsd));
  return gates;
}

/** The value that the target is compared with. */
export const countedOf = ({ counts }: Target, balanceUsd: Usd, equityUsd: Usd): Usd =>
  counts === 'equity' ? equityUsd : balanceUsd;

const atLeast = (gate: Gate['gate'], have: bigint, need: bigint): Gate => ({ gate, have, need, isMet: have >= need });
