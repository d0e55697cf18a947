import type { DecisionId, SignalId, UserId } from '../../../domain/kernel/ids';
import type { Instant } from '../../../domain/kernel/instant';
import type { SignalDecision } from '../../../usecases/ports/surveillance/surveillance-store';
import { fragment, sql } from '../connection/statement';

export type DecisionRow = {
  readonly decision_id: DecisionId;
  readonly signal_id: SignalId;
  readonly outcome: SignalDecision['outcome'];
  readonly reason: string;
  readonly decided_by: UserId;
  readonly decided_at: Instant;
};

const decided = fragment`
  SELECT decision_id, signal_id, outcome, reason, decided_by, decided_at FROM risk_decisions`;

export const findDecision = sql<DecisionRow>('find_decision')`${decided} WHERE decision_id = $1::UUID`;

export const decisionsOnSignals = sql<DecisionRow>('decisions_on_signals')`${decided}
  WHERE signal_id = ANY ($1::UUID[]) ORDER BY signal_id, ordinal`;

/** $1–$6 the decision, $7–$12 audit. Two at the same time get their ordinals one after the other, or run again. */
export const appendDecision = sql<never>('append_decision')`
  WITH appended AS (
    INSERT INTO risk_decisions (decision_id, signal_id, ordinal, outcome, reason, decided_by, decided_at)
    SELECT $1::UUID, risk_signals.signal_id,
      (SELECT count(*) + 1 FROM risk_decisions WHERE risk_decisions.signal_id = $2::UUID)::INT4,
      $3::TEXT, $4::TEXT, $5::UUID, $6::TIMESTAMPTZ
    FROM risk_signals WHERE risk_signals.signal_id = $2::UUID
    ON CONFLICT (decision_id) DO NOTHING
    RETURNING signal_id
  )
  INSERT INTO audit_log (audit_id, at, actor, action, subject, detail, correlation_id)
  SELECT $7::UUID, $8::TIMESTAMPTZ, $9::TEXT, $10::TEXT, appended.signal_id::TEXT, $11::JSONB, $12::TEXT FROM appended`;
