import type { MonthResult } from '../../../domain/assessment/reporting/leaderboard';
import { isoText } from '../../../domain/kernel/instant';
import type { MonthResults, PersonMonth } from '../../../usecases/ports/assessments/leaderboards';
import type { Database } from '../connection/database';
import { FIRST_ID } from '../connection/first-id';
import { changedPeople, type MonthResultRow, monthResults, peopleOfAccounts } from './month-results.sql';

export const makeMonthResults = (database: Database): MonthResults => ({
  of: async (userIds, { from, to }) =>
    peopleIn(await database.query(monthResults, [userIds, isoText(from), isoText(to)])),
  peopleOf: async (accounts) => (await database.query(peopleOfAccounts, [accounts])).map(({ user_id }) => user_id),
  changed: async (since, holders, { after, limit }) => {
    const rows = await database.query(changedPeople, [isoText(since), holders, after ?? FIRST_ID, limit]);
    return rows.map(({ user_id }) => user_id);
  },
});

function peopleIn(rows: readonly MonthResultRow[]): readonly PersonMonth[] {
  const people = new Map<string, PersonMonth & { readonly results: MonthResult[] }>();
  for (const row of rows) {
    const { user_id: userId, display_name: displayName, board_choice: choice } = row;
    const person = people.get(userId) ?? { userId, displayName, choice, results: [] };
    people.set(userId, person);
    person.results.push(resultOf(row));
  }
  return [...people.values()];
}

const resultOf = (row: MonthResultRow): MonthResult => ({
  tier: row.tier,
  phase: row.phase,
  phases: row.phases,
  attempt: row.attempt,
  status: row.status,
  isHeld: row.is_held,
  startingUsd: row.starting_usd,
  closedUsd: row.closed_usd,
  openLossUsd: { before: row.loss_before_usd, after: row.loss_after_usd },
  tradesClosed: Number(row.trades_closed),
});
