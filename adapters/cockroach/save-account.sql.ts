import { fragment, sql } from './statement';

/**
 * One statement writes a decision. The guard moves the account from version $2 to $3; everything else selects from the
 * guard, so that a stale version writes nothing at all. `changed_at` rises even where the clocks of two database nodes
 * differ: it stamps the outbox rows, and the relay sends by it.
 */
const guard = fragment`
  guard AS (
    UPDATE accounts
    SET version = $3::INT4, status = $4::TEXT, cash_usd = $5::INT8, trades_closed = $6::INT4, day = $7::DATE,
      day_anchor_usd = $8::INT8, changed_at = greatest(changed_at + INTERVAL '1 microsecond', now())
    WHERE account_id = $1::UUID AND version = $2::INT4
    RETURNING account_id, changed_at
  )`;

/** $9–$14 the posting, $15–$28 the fill; each is absent when its first required value is null. */
const filled = fragment`
  posted AS (
    INSERT INTO ledger_postings (account_id, version, instrument, cash_usd, inventory_usd, realized_pnl_usd, fees_usd,
      funding_usd)
    SELECT guard.account_id, $3::INT4, $9::TEXT, $10::INT8, $11::INT8, $12::INT8, $13::INT8, $14::INT8
    FROM guard WHERE $10::INT8 IS NOT NULL
  ), filled AS (
    INSERT INTO fills (account_id, version, order_id, fill_id, instrument, side, qty, price, cash_usd, fee_usd,
      realized_usd, levels, placed_at, book_sequence, venue_proof, venue_at)
    SELECT guard.account_id, $3::INT4, $15::UUID, $16::UUID, $17::TEXT, $18::TEXT, $19::INT8, $20::INT8, $21::INT8,
      $22::INT8, $23::INT8, $24::TEXT, $25::TIMESTAMPTZ, $26::INT8, $27::TEXT, $28::TIMESTAMPTZ
    FROM guard WHERE $15::UUID IS NOT NULL
  )`;

const replacePosition = fragment`
  ON CONFLICT (account_id, instrument) DO UPDATE
  SET qty = excluded.qty, cost_usd = excluded.cost_usd, realized_usd = excluded.realized_usd,
    fees_usd = excluded.fees_usd`;

/**
 * The order path: a fill, its one position ($29–$33) and at most three events ($34–$45, absent where the id is null).
 * Plain parameters in place of arrays save the server a fifth of the work.
 */
export const saveFill = sql<never>('save_fill')`
  WITH ${guard}, ${filled}, positioned AS (
    INSERT INTO positions (account_id, instrument, qty, cost_usd, realized_usd, fees_usd)
    SELECT guard.account_id, $29::TEXT, $30::INT8, $31::INT8, $32::INT8, $33::INT8 FROM guard
    ${replacePosition}
  )
  INSERT INTO outbox (shard, event_id, topic, key, created_at, ordinal, body)
  SELECT event.shard, event.event_id, event.topic, guard.account_id::TEXT, guard.changed_at, event.ordinal, event.body
  FROM guard, (
    VALUES (1::INT2, $34::INT2, $35::UUID, $36::TEXT, $37::TEXT), (2::INT2, $38::INT2, $39::UUID, $40::TEXT, $41::TEXT),
      (3::INT2, $42::INT2, $43::UUID, $44::TEXT, $45::TEXT)
  ) AS event (ordinal, shard, event_id, topic, body)
  WHERE event.event_id IS NOT NULL`;

/** $29–$33 positions, $34–$38 events. */
const positioned = fragment`
  positioned AS (
    INSERT INTO positions (account_id, instrument, qty, cost_usd, realized_usd, fees_usd)
    SELECT guard.account_id, held.instrument, held.qty, held.cost_usd, held.realized_usd, held.fees_usd
    FROM guard, unnest($29::TEXT[], $30::INT8[], $31::INT8[], $32::INT8[], $33::INT8[])
      AS held (instrument, qty, cost_usd, realized_usd, fees_usd)
    ${replacePosition}
  )`;

const announced = fragment`
  INSERT INTO outbox (shard, event_id, topic, key, created_at, ordinal, body)
  SELECT event.shard, event.event_id, event.topic, event.key, guard.changed_at, event.ordinal::INT2, event.body
  FROM guard, unnest($34::INT2[], $35::UUID[], $36::TEXT[], $37::TEXT[], $38::TEXT[]) WITH ORDINALITY
    AS event (shard, event_id, topic, key, body, ordinal)`;

/** $39–$43 the verdict, $44–$47 the violation, $48–$50 an equity point, $51–$56 the audit; each absent when null. */
const judged = fragment`
  judged AS (
    INSERT INTO verdicts (account_id, outcome, at, equity_usd, evidence, evidence_hash)
    SELECT guard.account_id, $39::TEXT, $40::TIMESTAMPTZ, $41::INT8, $42::TEXT, $43::TEXT
    FROM guard WHERE $39::TEXT IS NOT NULL
  ), violated AS (
    INSERT INTO violations (violation_id, account_id, rule, limit_usd, used_usd)
    SELECT $44::UUID, guard.account_id, $45::TEXT, $46::INT8, $47::INT8
    FROM guard WHERE $44::UUID IS NOT NULL
  ), sampled AS (
    INSERT INTO equity_points (account_id, at, equity_usd, balance_usd)
    SELECT guard.account_id, $48::TIMESTAMPTZ, $49::INT8, $50::INT8
    FROM guard WHERE $48::TIMESTAMPTZ IS NOT NULL
    ON CONFLICT (account_id, at) DO UPDATE SET equity_usd = excluded.equity_usd, balance_usd = excluded.balance_usd
  ), audited AS (
    INSERT INTO audit_log (audit_id, at, actor, action, subject, detail, correlation_id)
    SELECT $51::UUID, $52::TIMESTAMPTZ, 'judge', $53::TEXT, $54::TEXT, $55::JSONB, $56::TEXT
    FROM guard WHERE $51::UUID IS NOT NULL
  )`;

/** Any change, with all that a decision can bring. */
export const saveDecision = sql<never>('save_decision')`
  WITH ${guard}, ${filled}, ${positioned}, ${judged} ${announced}`;
