import type { BoardChoice } from '../../../domain/identity/public-name';
import { sql } from '../connection/statement';

export const findBoardChoice = sql<{ board_choice: BoardChoice; display_name: string }>('find_board_choice')`
  SELECT board_choice, display_name FROM users WHERE user_id = $1::UUID`;

/** $1 user, $2 choice, $3 now. */
export const putBoardChoice = sql<never>('put_board_choice')`
  UPDATE users SET board_choice = $2::TEXT, board_chosen_at = $3::TIMESTAMPTZ WHERE user_id = $1::UUID`;
