import { type Account, balanceOf } from '../account/account';
import { addUsd, divide, largerUsd, subUsd, type Usd } from '../kernel/money';
import { dayCounts, dayResult } from './day';
import type { Gate } from './judgement';
import type { Consistency, RuleSet, Target } from './rules';

/** What an account has to show before it passes, met or not; nothing where there is nothing to pass. */
export function gatesOf(rules: RuleSet, account: Account, equityUsd: Usd): readonly Gate[] {
  const { target, activity, consistency } = rules;
  if (!target) return [];
  const { standing, positions } = account;
  const balanceUsd = balanceOf(account);
  const counted = subUsd(countedOf(target, balanceUsd, equityUsd), rules.startingUsd);
  const gates: Gate[] = [atLeast('target_usd', counted, target.profitUsd)];
  if (target.counts === 'realized_flat') {
    gates.push({ gate: 'flat_positions', have: BigInt(positions.length), need: 0n, isMet: positions.length === 0 });
  }
  if (activity.tradesMin > 0) gates.push(atLeast('trades', BigInt(standing.tradesCounted), BigInt(activity.tradesMin)));
  const result = dayResult(account, balanceUsd);
  if (activity.daysMin > 0) {
    const today = dayCounts(rules, standing, result) ? 1 : 0;
    gates.push(atLeast('days', BigInt(standing.daysCounted + today), BigInt(activity.daysMin)));
  }
  if (consistency) gates.push(bestDayGate(consistency, rules, account, balanceUsd, result));
  return gates;
}

/** The value that the target is compared with. */
export const countedOf = ({ counts }: Target, balanceUsd: Usd, equityUsd: Usd): Usd =>
  counts === 'equity' ? equityUsd : balanceUsd;

const atLeast = (gate: Gate['gate'], have: bigint, need: bigint): Gate => ({ gate, have, need, isMet: have >= need });

const MILLION = 1_000_000n;

/**
 * The best day's share of the profit, today included, rounded up; at most the share asked for. Without a profit it
 * cannot be divided and the gate stays closed: `have` is then a whole.
 */
function bestDayGate(
  { shareMax, of }: Consistency,
  { startingUsd }: RuleSet,
  { standing }: Account,
  balanceUsd: Usd,
  todayUsd: Usd,
): Gate {
  const best = largerUsd(standing.bestDayUsd, todayUsd);
  const won = todayUsd > 0n ? addUsd(standing.winningDaysUsd, todayUsd) : standing.winningDaysUsd;
  const total = of === 'net' ? subUsd(balanceUsd, startingUsd) : won;
  if (total <= 0n) return { gate: 'best_day_ppm', have: MILLION, need: shareMax, isMet: false };
  const have = divide(best * MILLION, total, 'ceil');
  return { gate: 'best_day_ppm', have, need: shareMax, isMet: have <= shareMax };
}
