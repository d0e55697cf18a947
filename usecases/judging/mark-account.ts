import { equityOf } from '../../domain/account/account';
import { fold } from '../../domain/account/evolve';
import { exitPrice } from '../../domain/account/positions/position';
import { lastExit, unpricedBounds } from '../../domain/account/positions/valuation';
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
 * What an account is worth, the room its rules leave and what its ways out would cost, at what is known of its prices
 * at `at`. It shows the same numbers that a verdict would be decided from, and decides none: where something has no
 * price, the bounds between which the account is judged, and what is known of it.
 */
export function markAccount(
  { accountId, account, rules }: Pick<AccountSnapshot, 'accountId' | 'account' | 'rules'>,
  quotes: readonly Quote[],
  at: Instant,
  instruments: Instruments,
): AccountMark {
  const marks = marksOf(quotes);
  const opened = openDay(rules, account, at, equityOf(account, marks).expectedUsd);
  const today = { rules, account: fold(rules, account, opened), instruments, at };
  const judgement = judge(rules, today.account, marks, at);
  const { equityUsd, worstUsd, bestUsd, inDoubt, balanceUsd, deadlines, gates } = judgement;
  const rooms = shownRooms(today, equityUsd, marks);
  const ways = waysOut(today, marks);
  const unpriced = account.positions.flatMap((position) => {
    const quote = marks.get(position.instrument);
    if (exitPrice(position, quote) !== null) return [];
    const last = lastExit(position, quote);
    const known = { lastPrice: last?.price ?? null, lastAt: last?.receivedAt ?? null };
    return [{ instrument: position.instrument, ...unpricedBounds(position, quote), ...known }];
  });
  const values = { equityUsd, worstUsd, bestUsd, balanceUsd };
  return { accountId, ...values, unpriced, inDoubt, rooms, waysOut: ways, deadlines, gates, at };
}
