import { grouped } from '../../../domain/kernel/grouped';
import { isoText } from '../../../domain/kernel/instant';
import type { ConductReads } from '../../../usecases/ports/risk-desk';
import type { Database } from '../database';
import { movesOfTraders, sharedTraders } from './conduct.sql';

/** Sorts before every UUID that anyone makes. */
const NIL = '00000000-0000-0000-0000-000000000000';

export const makeConductReads = (database: Database): ConductReads => ({
  sharedTraders: async (since, after, limit) => {
    const rows = await database.query(sharedTraders, [isoText(since), after ?? NIL, limit]);
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
        moves: own.map((row) => ({
          instrument: row.instrument,
          at: row.at,
          qty: row.qty,
        })),
      };
    });
  },
});
