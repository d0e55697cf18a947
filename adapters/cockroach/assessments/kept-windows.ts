import { isoText } from '../../../domain/kernel/instant';
import type { OwedWindows } from '../../../usecases/ports/archive/owed-windows';
import type { Database } from '../connection/database';
import { owedWindows, windowKept } from './kept-windows.sql';

export const makeOwedWindows = (database: Database): OwedWindows => ({
  list: async (since, limit) => {
    const rows = await database.query(owedWindows, [isoText(since), limit]);
    return rows.map(({ account_id: accountId, verdict_id: verdictId, ...row }) => ({ accountId, verdictId, ...row }));
  },
  kept: async (accountId, verdictId, at, manifestSha256) => {
    await database.write(windowKept, [accountId, verdictId, isoText(at), manifestSha256]);
  },
});
