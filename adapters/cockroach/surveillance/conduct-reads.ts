import type { HoldingMove } from '../../../domain/assessment/surveillance/position-changes';
import { grouped } from '../../../domain/kernel/grouped';
import { isoText } from '../../../domain/kernel/instant';
import type { ConductReads } from '../../../usecases/ports/surveillance/surveillance-store';
import type { Database } from '../connection/database';
import { FIRST_ID } from '../connection/first-id';
import {
  firstFills,
  type MoveRow,
  movesOfTraders,
  movesSince,
  type RecentMoveRow,
  sharedTraders,
  watchedAccounts,
} from './conduct.sql';

export const makeConductReads = (database: Database): ConductReads => ({
  sharedTraders: async (since, after, limit) => {
    const rows = await database.query(sharedTraders, [isoText(since), after ?? FIRST_ID, limit]);
    return rows.map((row) => row.user_id);
  },
  tradedAccounts: async (users, since) => {
    const rows = await database.query(movesOfTraders, [isoText(since), users]);
    return [...grouped(rows, (row) => row.account_id)].flatMap(([accountId, own]) => {
      const [first] = own;
      if (!first) return [];
      return {
        accountId,
        userId: first.user_id,
        hedgeSignalAfterMs: first.signal_after_ms === null ? null : Number(first.signal_after_ms),
        moves: own.map(moveOf),
      };
    });
  },
  watchedAccounts: async (signal, since, after, limit) => {
    const rows = await database.query(watchedAccounts, [isoText(since), signal, after ?? FIRST_ID, limit]);
    return rows.map((row) => row.account_id);
  },
  movesSince: async (accounts, since) => {
    const rows = await database.query(movesSince, [isoText(since), accounts]);
    return [...grouped(rows, (row) => row.account_id)].flatMap(([accountId, own]) => {
      const [first] = own;
      if (!first) return [];
      const { user_id: userId, within_ms: withinMs } = first;
      return { userId, accountId, reverseSignalWithinMs: Number(withinMs), moves: own.map(moveOf) };
    });
  },
  firstFills: async (accounts, since) => {
    const rows = await database.query(firstFills, [isoText(since), accounts]);
    return rows.map(({ user_id: userId, account_id: accountId, instrument, side, at, within_ms, times }) => ({
      userId,
      accountId,
      instrument,
      side,
      at,
      copySignal: { withinMs: Number(within_ms), times: Number(times) },
    }));
  },
});

const moveOf = ({ instrument, at, qty }: MoveRow | RecentMoveRow): HoldingMove => ({ instrument, at, qty });
