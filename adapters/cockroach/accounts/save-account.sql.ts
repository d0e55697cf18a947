import { fragment, sql } from '../connection/statement';

/**
 * One statement writes a decision. The guard moves the account from version $2 to $3; everything else selects from the
 * guard, so that a stale version writes nothing at all. `changed_at` rises even where the clocks of two database nodes
 * differ: it stamps the outbox rows, and the relay sends by it.
 */
export const stamp = fragment`changed_at = greatest(changed_at + INTERVAL '1 microsecond', now())`;

export const replacePosition = fragment`
  ON CONFLICT (account_id, instrument) DO UPDATE
  SET qty = excluded.qty, cost_usd = excluded.cost_usd, realized_usd = excluded.realized_usd,
    fees_usd = excluded.fees_usd, opened_at = excluded.opened_at`;

/**
 * $4–$9 the account, $10 and $11 the shard and epoch of a lease that must be held or null, $12 ids that no earlier
 * order may have.
 */
const guard = fragment`
  guard AS (
    UPDATE accounts
    SET version = $3::INT4, status = $4::TEXT, cash_usd = $5::INT8, trades_closed = $6::INT4, day = $7::DATE,
      day_anchor_usd = $8::INT8, standing = $9::TEXT, ${stamp}
    WHERE account_id = $1::UUID AND version = $2::INT4
      AND ($10::INT4 IS NULL OR EXISTS (
        SELECT 1 FROM engine_leases WHERE engine_leases.shard = $10::INT4 AND engine_leases.epoch = $11::INT4))
      AND NOT EXISTS (
        SELECT 1 FROM orders WHERE orders.account_id = $1::UUID AND orders.order_id = ANY ($12::UUID[]))
      AND NOT EXISTS (
        SELECT 1 FROM fills WHERE fills.account_id = $1::UUID AND fills.order_id = ANY ($12::UUID[]))
    RETURNING account_id, changed_at
  )`;

/** $13 fills, $14 postings, $15 positions, $16 orders, $17 settlements: arrays of records. */
const traded = fragment`
  filled AS (
    INSERT INTO fills (account_id, version, order_id, part, fill_id, instrument, side, qty, liquidity, price, cash_usd,
      fee_usd, realized_usd, levels, filled_at, book_sequence, venue_proof, venue_at, closed_for, in_news)
    SELECT guard.account_id, fill.version, fill.order_id, fill.part, fill.fill_id, fill.instrument, fill.side, fill.qty,
      fill.liquidity, fill.price, fill.cash_usd, fill.fee_usd, fill.realized_usd, fill.levels, fill.filled_at,
      fill.book_sequence, fill.venue_proof, fill.venue_at, fill.closed_for,
      fill.in_news
    FROM guard, jsonb_to_recordset($13::JSONB) AS fill (version INT4, order_id UUID, part INT4, fill_id UUID,
      instrument TEXT, side TEXT, qty INT8, liquidity TEXT, price INT8, cash_usd INT8, fee_usd INT8, realized_usd INT8,
      levels TEXT, filled_at TIMESTAMPTZ, book_sequence INT8, venue_proof TEXT, venue_at TIMESTAMPTZ,
      closed_for TEXT, in_news BOOL)
  ), posted AS (
    INSERT INTO ledger_postings (account_id, version, instrument, cash_usd, inventory_usd, realized_pnl_usd, fees_usd,
      funding_usd)
    SELECT guard.account_id, posting.version, posting.instrument, posting.cash_usd, posting.inventory_usd,
      posting.realized_pnl_usd, posting.fees_usd, posting.funding_usd
    FROM guard, jsonb_to_recordset($14::JSONB) AS posting (version INT4, instrument TEXT, cash_usd INT8,
      inventory_usd INT8, realized_pnl_usd INT8, fees_usd INT8, funding_usd INT8)
  ), positioned AS (
    INSERT INTO positions (account_id, instrument, qty, cost_usd, realized_usd, fees_usd, opened_at)
    SELECT guard.account_id, held.instrument, held.qty, held.cost_usd, held.realized_usd, held.fees_usd, held.opened_at
    FROM guard, jsonb_to_recordset($15::JSONB) AS held (instrument TEXT, qty INT8, cost_usd INT8, realized_usd INT8,
      fees_usd INT8, opened_at TIMESTAMPTZ)
    ${replacePosition}
  ), ordered AS (
    INSERT INTO orders (account_id, order_id, version, instrument, status, placed_at, ticket, state)
    SELECT guard.account_id, worked.order_id, worked.version, worked.instrument, worked.status, worked.placed_at,
      worked.ticket, worked.state
    FROM guard, jsonb_to_recordset($16::JSONB) AS worked (order_id UUID, version INT4, instrument TEXT, status TEXT,
      placed_at TIMESTAMPTZ, ticket TEXT, state TEXT)
    ON CONFLICT (account_id, order_id) DO UPDATE SET status = excluded.status, state = excluded.state
  ), settled AS (
    INSERT INTO settlements (account_id, version, instrument, payout_price, corrects, cash_usd, realized_usd, qty,
      cost_usd, position_realized_usd, fees_usd, opened_at, settled_at, before)
    SELECT guard.account_id, paid.version, paid.instrument, paid.payout_price, paid.corrects, paid.cash_usd,
      paid.realized_usd, paid.qty, paid.cost_usd, paid.position_realized_usd, paid.fees_usd, paid.opened_at,
      paid.settled_at, paid.before
    FROM guard, jsonb_to_recordset($17::JSONB) AS paid (version INT4, instrument TEXT, payout_price INT8, corrects BOOL,
      cash_usd INT8, realized_usd INT8, qty INT8, cost_usd INT8, position_realized_usd INT8, fees_usd INT8,
      opened_at TIMESTAMPTZ, settled_at TIMESTAMPTZ, before JSONB)
  )`;

/** $42 payouts that were taken: an array of records. */
const paidOut = fragment`
  paid_out AS (
    INSERT INTO payouts (account_id, payout_id, version, amount_usd, trader_usd, taken_at)
    SELECT guard.account_id, taken.payout_id, taken.version, taken.amount_usd, taken.trader_usd, taken.taken_at
    FROM guard, jsonb_to_recordset($42::JSONB) AS taken (payout_id UUID, version INT4, amount_usd INT8, trader_usd INT8,
      taken_at TIMESTAMPTZ)
  )`;

/** $18–$22 the verdict, $23–$27 the violation, $28–$30 an equity point, $31–$35 the audit; each absent when null. */
const judged = fragment`
  judged AS (
    INSERT INTO verdicts (account_id, outcome, at, equity_usd, evidence, evidence_hash)
    SELECT guard.account_id, $18::TEXT, $19::TIMESTAMPTZ, $20::INT8, $21::TEXT, $22::TEXT
    FROM guard WHERE $18::TEXT IS NOT NULL
  ), violated AS (
    INSERT INTO violations (violation_id, account_id, rule, limit_usd, used_usd, due_at)
    SELECT $23::UUID, guard.account_id, $24::TEXT, $25::INT8, $26::INT8, $27::TIMESTAMPTZ
    FROM guard WHERE $23::UUID IS NOT NULL
  ), sampled AS (
    INSERT INTO equity_points (account_id, at, equity_usd, balance_usd)
    SELECT guard.account_id, $28::TIMESTAMPTZ, $29::INT8, $30::INT8
    FROM guard WHERE $28::TIMESTAMPTZ IS NOT NULL
    ON CONFLICT (account_id, at) DO UPDATE SET equity_usd = excluded.equity_usd, balance_usd = excluded.balance_usd
  ), audited AS (
    INSERT INTO audit_log (audit_id, at, actor, action, subject, detail, correlation_id)
    SELECT $31::UUID, $19::TIMESTAMPTZ, 'judge', $32::TEXT, $33::TEXT, $34::JSONB, $35::TEXT
    FROM guard WHERE $31::UUID IS NOT NULL
  )`;

/** Any change, with all that a decision can bring; $36–$41 its events. */
export const saveDecision = sql<never>('save_decision')`
  WITH ${guard}, ${traded}, ${judged}, ${paidOut}
  INSERT INTO outbox (shard, event_id, topic, key, created_at, ordinal, body, account_version)
  SELECT event.shard, event.event_id, event.topic, event.key, guard.changed_at, event.ordinal::INT2, event.body,
    event.account_version
  FROM guard, unnest($36::INT2[], $37::UUID[], $38::TEXT[], $39::TEXT[], $40::TEXT[], $41::INT4[]) WITH ORDINALITY
    AS event (shard, event_id, topic, key, body, account_version, ordinal)`;
