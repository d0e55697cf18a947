import type { BlackoutId, InstrumentId } from '../../../domain/kernel/ids';
import type { Instant } from '../../../domain/kernel/instant';
import { sql } from '../connection/statement';

export type BlackoutRow = {
  readonly blackout_id: BlackoutId;
  readonly instruments: readonly InstrumentId[] | null;
  readonly title: string;
  readonly at: Instant;
};

export const blackoutsBetween = sql<BlackoutRow>('blackouts_between')`
  SELECT blackout_id, instruments, title, at FROM blackouts
  WHERE at >= $1::TIMESTAMPTZ AND at <= $2::TIMESTAMPTZ ORDER BY at, blackout_id`;

/** $1–$4 the blackout, $5–$10 audit. */
export const putBlackout = sql<never>('put_blackout')`
  WITH put AS (
    INSERT INTO blackouts (blackout_id, instruments, title, at)
    VALUES ($1::UUID, $2::TEXT[], $3::TEXT, $4::TIMESTAMPTZ)
    ON CONFLICT (blackout_id) DO UPDATE
    SET instruments = excluded.instruments, title = excluded.title, at = excluded.at
    RETURNING blackout_id
  )
  INSERT INTO audit_log (audit_id, at, actor, action, subject, detail, correlation_id)
  SELECT $5::UUID, $6::TIMESTAMPTZ, $7::TEXT, $8::TEXT, put.blackout_id::TEXT, $9::JSONB, $10::TEXT FROM put`;

/** $1 the blackout, $2–$7 audit, written where there was one. */
export const removeBlackout = sql<never>('remove_blackout')`
  WITH removed AS (
    DELETE FROM blackouts WHERE blackout_id = $1::UUID RETURNING blackout_id
  )
  INSERT INTO audit_log (audit_id, at, actor, action, subject, detail, correlation_id)
  SELECT $2::UUID, $3::TIMESTAMPTZ, $4::TEXT, $5::TEXT, removed.blackout_id::TEXT, $6::JSONB, $7::TEXT FROM removed`;
