import type { SignalId, UserId } from '../../../domain/kernel/ids';
import type { Instant } from '../../../domain/kernel/instant';
import type { RiskSignal } from '../../../usecases/ports/surveillance/surveillance-store';
import { sql } from '../connection/statement';

/** One array for each column. One that is known keeps its id, is prolonged where it lasted, and says the latest. */
export const keepSignals = sql<never>('keep_signals')`
  INSERT INTO risk_signals (signal_id, kind, subject, user_id, began_at, seen_until, legs, detected_at, verdict, copied,
    payment)
  SELECT given.signal_id, given.kind, given.subject, given.user_id, given.began_at, given.seen_until,
    given.legs::JSONB, given.detected_at, given.verdict::JSONB,
    given.copied::JSONB, given.payment::JSONB
  FROM unnest($1::UUID[], $2::TEXT[], $3::TEXT[], $4::UUID[], $5::TIMESTAMPTZ[], $6::TIMESTAMPTZ[], $7::TEXT[],
      $8::TIMESTAMPTZ[], $9::TEXT[], $10::TEXT[], $11::TEXT[])
    AS given (signal_id, kind, subject, user_id, began_at, seen_until, legs, detected_at, verdict, copied,
      payment)
  ON CONFLICT (kind, subject) DO UPDATE
    SET seen_until = excluded.seen_until, verdict = excluded.verdict, copied = excluded.copied,
      payment = excluded.payment
  WHERE risk_signals.seen_until < excluded.seen_until`;

export type SignalRow = {
  readonly signal_id: SignalId;
  readonly kind: RiskSignal['kind'];
  readonly subject: string;
  readonly user_id: UserId;
  readonly began_at: Instant;
  readonly seen_until: Instant;
  readonly legs: RiskSignal['legs'];
  readonly detected_at: Instant;
  readonly verdict: RiskSignal['verdict'];
  readonly copied: RiskSignal['copied'];
  readonly payment: RiskSignal['payment'];
};

/** $1 which, $2 how many. */
export const listSignals = sql<SignalRow>('list_signals')`
  SELECT signal_id, kind, subject, user_id, began_at, seen_until, legs, detected_at, verdict, copied, payment
  FROM risk_signals
  WHERE $1::TEXT = 'all' OR ($1::TEXT = 'decided') = EXISTS (
    SELECT 1 FROM risk_decisions WHERE risk_decisions.signal_id = risk_signals.signal_id
  )
  ORDER BY detected_at DESC, signal_id DESC LIMIT $2::INT8`;
