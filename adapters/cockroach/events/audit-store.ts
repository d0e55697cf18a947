import { isoText } from '../../../domain/kernel/instant';
import type { AuditLog } from '../../../usecases/ports/operations/audit';
import type { Database } from '../connection/database';
import { recordAudit } from './audit.sql';

export const makeAuditLog = (database: Database): AuditLog => ({
  record: async ({ auditId, at, actor, action, subject, detail, correlationId }) => {
    const values = [auditId, isoText(at), actor, action, subject, JSON.stringify(detail), correlationId];
    await database.write(recordAudit, values);
  },
});
