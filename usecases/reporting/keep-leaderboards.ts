import type { UserId } from '../../domain/kernel/ids';
import { type Instant, instant, plusMs } from '../../domain/kernel/instant';
import { boundsOf, type Month, monthsUntil } from '../../domain/kernel/month';
import { pagesOf } from '../events/pagination';
import type { Clock } from '../ports/clock-and-ids';
import { openMonths, type RankPeopleParts, rankPeople } from './rank-people';

export type KeepLeaderboardsParts = RankPeopleParts & { readonly clock: Clock };

/** Boards are kept for this month and those before it. */
export const BOARD_MONTHS = 12;
const PAGE = 200;
/** What changed in so long is ranked again, in case that what was told of it got lost: three runs see each change. */
const LOOK_BACK_MS = 3 * 60_000;
/** What open positions have lost since is looked at once in so many minutes. */
const HOLDERS_EVERY_MIN = 10;
/** A run leaves what is not done by then to the next. */
const RUN_MS = 40_000;

type Kept = { readonly ranked: number; readonly built: readonly Month[] };

/**
 * Called each minute: builds the boards that are not there, this month's first, and ranks again whoever changed of
 * late. A board that was lost is whole again after one run, or goes on where the last run stopped.
 */
export const keepLeaderboards = (parts: KeepLeaderboardsParts) => async (): Promise<Kept> => {
  const began = parts.clock.now();
  const isOver = () => parts.clock.now() - began > RUN_MS;
  const built: Month[] = [];
  let ranked = 0;
  for (const month of monthsUntil(began, BOARD_MONTHS)) {
    const state = await parts.boards.building(month);
    if (state === 'whole') continue;
    if (state.after === undefined) await parts.boards.begin(month);
    ranked += await build(parts, month, { after: state.after, isOver });
    if (isOver()) return { ranked, built };
    built.push(month);
  }
  const holders = Math.floor(began / 60_000) % HOLDERS_EVERY_MIN === 0;
  const since = plusMs(began, -LOOK_BACK_MS);
  for await (const people of pagesOf(PAGE, changedBy(parts, since, holders), (id) => id)) {
    for (const month of openMonths(parts.clock)) await rankPeople(parts)(people, month);
    ranked += people.length;
    if (isOver()) break;
  }
  return { ranked, built };
};

const changedBy =
  ({ results }: KeepLeaderboardsParts, since: Instant, holders: boolean) =>
  (after: UserId | undefined, limit: number) =>
    results.changed(since, holders, { after, limit });

type Going = { readonly after: UserId | undefined; readonly isOver: () => boolean };

/** Everybody whose account changed since the month began: nobody else can have traded in it. */
async function build(parts: KeepLeaderboardsParts, month: Month, { after, isOver }: Going): Promise<number> {
  const { from } = boundsOf(month);
  const read = (last: UserId | undefined, limit: number) =>
    changedBy(parts, instant(from), false)(last ?? after, limit);
  let ranked = 0;
  for await (const people of pagesOf(PAGE, read, (id) => id)) {
    await rankPeople(parts)(people, month);
    ranked += people.length;
    await parts.boards.built(month, people.at(-1) as UserId);
    if (isOver()) return ranked;
  }
  await parts.boards.built(month, 'whole');
  return ranked;
}
