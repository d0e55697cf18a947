import { isoText } from '../../../domain/kernel/instant';
import type { BoardChoices } from '../../../usecases/ports/assessments/leaderboards';
import type { Database } from '../connection/database';
import { findBoardChoice, putBoardChoice } from './board-choices.sql';

export const makeBoardChoices = (database: Database): BoardChoices => ({
  find: async (userId) => {
    const [row] = await database.query(findBoardChoice, [userId]);
    return row && { choice: row.board_choice, displayName: row.display_name };
  },
  put: async (userId, choice, at) => {
    await database.write(putBoardChoice, [userId, choice, isoText(at)]);
  },
});
