import { isoText } from '../../../domain/kernel/instant';
import type { AuditEntry } from '../../../usecases/ports/operations/audit';

/** An audit entry's parameters but for its subject, which the statement knows. */
export const auditColumns = ({ auditId, at, actor, action, detail, correlationId }: AuditEntry) => [
  auditId,
  isoText(at),
  actor,
  action,
  JSON.stringify(detail),
  correlationId,
];
