import { marksOf } from '../domain/assessment/evidence';
import { judge, openDay } from '../domain/assessment/judge';
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
  const judgement = judge(rules, openDay(account, rules, at), marksOf(quotes));
  if ('unpriced' in judgement) return undefined;
  const { equityUsd, balanceUsd, rooms } = judgement;
  return { accountId, equityUsd, balanceUsd, rooms, at };
}
