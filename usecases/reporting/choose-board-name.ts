import type { BoardChoice } from '../../domain/identity/public-name';
import type { UserId } from '../../domain/kernel/ids';
import { monthsUntil } from '../../domain/kernel/month';
import type { BoardChoices } from '../ports/assessments/leaderboards';
import type { Clock } from '../ports/clock-and-ids';
import { BOARD_MONTHS } from './keep-leaderboards';
import { type RankPeopleParts, rankPeople } from './rank-people';

export type ChooseBoardNameParts = RankPeopleParts & { readonly choices: BoardChoices; readonly clock: Clock };

/**
 * Saves how somebody stands on leaderboards and changes all of them at once. Where Redis is away the choice is saved
 * all the same, and the caller is told to try again; boards that are built anew follow it.
 */
export const chooseBoardName =
  (parts: ChooseBoardNameParts) =>
  async (userId: UserId, choice: BoardChoice): Promise<void> => {
    const now = parts.clock.now();
    await parts.choices.put(userId, choice, now);
    for (const month of monthsUntil(now, BOARD_MONTHS)) await rankPeople(parts)([userId], month);
  };
