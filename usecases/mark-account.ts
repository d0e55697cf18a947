import { openDay } from '../domain/assessment/day';
import { judge } from '../domain/assessment/judge';
import { marksOf } from '../domain/assessment/marks';
import type { Instant } from '../domain/kernel/instant';
import type { Quote } from '../domain/market/book';
import type { AccountSnapshot } from './ports/account-store';
import type { AccountMark } from './ports/marks';

/**
 * What an account is worth and the room its rules leave, at quotes that are good and fresh at `at`. Undefined while one
 * of its positions has no such quote. It shows the same numbers that a verdict would be decided from, and decides none.
 */
export function markAccount(
  { accountId, account, rules }: Pick<AccountSnapshot, 'accountId' | 'account' | 'rules'>,
  quotes: readonly Quote[],
  at: Instant,
): AccountMark | undefined {
  const judgement = judge(rules, openDay(account, rules, at), marksOf(quotes), at);
  if ('unpriced' in judgement) return undefined;
  const { equityUsd, balanceUsd, rooms, deadlines, gates } = judgement;
  return { accountId, equityUsd, balanceUsd, rooms, deadlines, gates, at };
}
