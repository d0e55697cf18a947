import { boardEntries } from '../../domain/assessment/reporting/leaderboard';
import { maskedName } from '../../domain/identity/public-name';
import type { UserId } from '../../domain/kernel/ids';
import { boundsOf, type Month, monthsUntil } from '../../domain/kernel/month';
import type { Leaderboards, MonthResults, PersonMonth, TouchedAccounts } from '../ports/assessments/leaderboards';
import type { Clock } from '../ports/clock-and-ids';

export type RankPeopleParts = { readonly results: MonthResults; readonly boards: Leaderboards };

/** Places these people on the boards of a month by what the database says of them now: done twice, nothing changes. */
export const rankPeople =
  ({ results, boards }: RankPeopleParts) =>
  async (userIds: readonly UserId[], month: Month): Promise<void> => {
    if (userIds.length === 0) return;
    for (const person of await results.of(userIds, boundsOf(month))) await place(boards, person, month);
  };

async function place(boards: Leaderboards, person: PersonMonth, month: Month): Promise<void> {
  const { userId, displayName, choice } = person;
  const name = choice === 'named' ? displayName : maskedName(displayName);
  for (const [tier, entry] of boardEntries(person.results)) {
    await boards.put({ tier, month }, userId, entry && choice !== 'hidden' ? { ...entry, name } : undefined);
  }
}

export type RankTouchedParts = RankPeopleParts & { readonly touched: TouchedAccounts; readonly clock: Clock };

/** Events of a month's last moments may be told in the next. */
const LATE_MS = 3_600_000;

/** The months on whose boards something may still change. */
export function openMonths(clock: Clock): readonly Month[] {
  const now = clock.now();
  const [current, before] = monthsUntil(now, 2) as [Month, Month];
  return now - boundsOf(current).from < LATE_MS ? [current, before] : [current];
}

/** Ranks the people of some accounts that were touched, each taken by one process; answers how many accounts. */
export const rankTouched =
  (parts: RankTouchedParts) =>
  async (count: number): Promise<number> => {
    const accounts = await parts.touched.take(count);
    if (accounts.length === 0) return 0;
    const people = await parts.results.peopleOf(accounts);
    for (const month of openMonths(parts.clock)) await rankPeople(parts)(people, month);
    return accounts.length;
  };
