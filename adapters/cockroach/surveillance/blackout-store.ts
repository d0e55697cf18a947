import { isoText } from '../../../domain/kernel/instant';
import type { BlackoutStore } from '../../../usecases/ports/surveillance/blackouts';
import type { Database } from '../connection/database';
import { auditColumns } from './audit-columns';
import { blackoutsBetween, putBlackout, removeBlackout } from './blackout.sql';

export const makeBlackoutStore = (database: Database): BlackoutStore => ({
  between: async (from, to) => {
    const rows = await database.query(blackoutsBetween, [isoText(from), isoText(to)]);
    return rows.map(({ blackout_id, instruments, title, at }) => ({ blackoutId: blackout_id, instruments, title, at }));
  },
  put: async ({ blackoutId, instruments, title, at }, audit) => {
    await database.write(putBlackout, [blackoutId, instruments, title, isoText(at), ...auditColumns(audit)]);
  },
  remove: async (id, audit) => (await database.write(removeBlackout, [id, ...auditColumns(audit)])) > 0,
});
