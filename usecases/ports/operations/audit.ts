import type { Instant } from '../../../domain/kernel/instant';

/** For what is done without a statement of its own that could carry the entry. */
export type AuditLog = { readonly record: (entry: AuditEntry) => Promise<void> };

/** Who did what to whom: a row of the audit log, written in the statement that does it. */
export type AuditEntry = {
  readonly auditId: string;
  readonly at: Instant;
  /** A user id, or the part of the system that acted. */
  readonly actor: string;
  readonly action: string;
  readonly subject: string;
  readonly detail: Readonly<Record<string, string | number | boolean>>;
  readonly correlationId: string;
};
