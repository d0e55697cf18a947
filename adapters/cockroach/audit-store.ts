import { isoText } from '../../domain/kernel/instant';
import type { AuditLog } from '../../usecases/ports/audit';
import { recordAudit } from './audit.sql';
import type { Database } from './database';

export const makeAuditLog = (database: Database): AuditLog => ({
  record: async ({ auditId, at, actor, action, subject, detail, correlationId }) => {
    const values = [auditId, isoText(at), actor, action, subject, JSON.stringify(detail), correlationId];
    await database.write(recordAudit, values);
  },
});
