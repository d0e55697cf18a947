import { maskedName } from '../../domain/identity/public-name';
import type { UserId } from '../../domain/kernel/ids';
import { type Month, monthOf, monthsUntil } from '../../domain/kernel/month';
import { accept, type Result, refuse } from '../../domain/kernel/result';
import type { Board, BoardChoices, BoardPage, Leaderboards, RankedLine } from '../ports/assessments/leaderboards';
import type { TierStore } from '../ports/assessments/tier-store';
import type { Clock } from '../ports/clock-and-ids';
import { BOARD_MONTHS } from './keep-leaderboards';

export type ReadLeaderboardParts = {
  readonly boards: Leaderboards;
  readonly tiers: Pick<TierStore, 'find'>;
  readonly clock: Clock;
};

type Asked = { readonly tier: string; readonly month?: Month | undefined };

/** The board that is meant, this month's where none is named. */
export const findBoard =
  ({ tiers, clock }: Pick<ReadLeaderboardParts, 'tiers' | 'clock'>) =>
  async ({ tier, month }: Asked): Promise<Result<Board, 'leaderboard_unknown'>> => {
    const now = clock.now();
    if (month !== undefined && !monthsUntil(now, BOARD_MONTHS).includes(month)) {
      return refuse('leaderboard_unknown', 'month', `must be this month or one of the ${BOARD_MONTHS - 1} before`);
    }
    if (!(await tiers.find(tier))) return refuse('leaderboard_unknown', 'tier', 'must be the short name of a tier');
    return accept({ tier, month: month ?? monthOf(now) });
  };

/** `isWhole` is false while the boards are built anew: more may be missing than is there. */
export type ReadBoard = BoardPage & { readonly board: Board; readonly isWhole: boolean };

export const readBoard =
  (boards: Leaderboards) =>
  async (board: Board, after: string | undefined, limit: number): Promise<ReadBoard> => {
    const [page, state] = await Promise.all([boards.page(board, after, limit), boards.building(board.month)]);
    return { ...page, board, isWhole: state === 'whole' };
  };

export const readLeaderboard =
  (parts: ReadLeaderboardParts) =>
  async (asked: Asked & { readonly after?: string | undefined; readonly limit: number }) => {
    const found = await findBoard(parts)(asked);
    return found.ok ? accept(await readBoard(parts.boards)(found.value, asked.after, asked.limit)) : found;
  };

export const readOwnLine =
  (parts: ReadLeaderboardParts) =>
  async (asked: Asked, userId: UserId): Promise<Result<RankedLine | null, 'leaderboard_unknown'>> => {
    const found = await findBoard(parts)(asked);
    return found.ok ? accept((await parts.boards.own(found.value, userId)) ?? null) : found;
  };

/** What a person chose, and how each choice would show them. */
export const readBoardChoice = (choices: BoardChoices) => async (userId: UserId) => {
  const found = await choices.find(userId);
  return found && { choice: found.choice, masked: maskedName(found.displayName), named: found.displayName };
};
