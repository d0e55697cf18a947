import { sql } from '../connection/statement';

/** $1 audit id, $2 at, $3 actor, $4 action, $5 subject, $6 detail, $7 correlation id. */
export const recordAudit = sql<never>('record_audit')`
  INSERT INTO audit_log (audit_id, at, actor, action, subject, detail, correlation_id)
  VALUES ($1::UUID, $2::TIMESTAMPTZ, $3::TEXT, $4::TEXT, $5::TEXT, $6::JSONB, $7::TEXT)`;
