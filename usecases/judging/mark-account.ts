import { fold } from '../../domain/account/evolve';
import { type Instruments, shownRooms } from '../../domain/assessment/commands/shown-rooms';
import { waysOut } from '../../domain/assessment/commands/way-out';
import { marksOf } from '../../domain/assessment/context/marks';
import { openDay } from '../../domain/assessment/judging/day';
import { judge } from '../../domain/assessment/judging/judge';
import type { Instant } from '../../domain/kernel/instant';
import type { Quote } from '../../domain/market/book';
import type { AccountMark } from '../ports/accounts/account-marks';
import type { AccountSnapshot } from '../ports/accounts/account-store';

/**
 * What an account is worth, the room its rules leave and what its ways out would cost, at quotes that are good and
 * fresh at `at`. Undefined while one of its positions has no such quote. It shows the same numbers that a verdict would
 * be decided from, and decides none.
 */
export function markAccount(
  { accountId, account, rules }: Pick<AccountSnapshot, 'accountId' | 'account' | 'rules'>,
  quotes: readonly Quote[],
  at: Instant,
  instruments: Instruments,
): AccountMark | undefined {
  const marks = marksOf(quotes);
  const today = { rules, account: fold(rules, account, openDay(rules, account, at)), instruments, at };
  const judgement = judge(rules, today.account, marks, at);
  if ('unpriced' in judgement) return undefined;
  const { equityUsd, balanceUsd, deadlines, gates } = judgement;
  const rooms = shownRooms(today, equityUsd, marks);
  const ways = waysOut(today, marks);
  return { accountId, equityUsd, balanceUsd, rooms, waysOut: ways, deadlines, gates, at };
}
