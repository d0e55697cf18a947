/** Assessments, their virtual accounts and all that trading writes. Amounts are integers: see docs/adr/0005. */
export const statements: readonly string[] = [
  `CREATE TABLE IF NOT EXISTS assessments (
    assessment_id UUID PRIMARY KEY,
    account_id UUID NOT NULL UNIQUE,
    user_id UUID NOT NULL,
    purchase_id UUID NOT NULL UNIQUE,
    tier_id UUID NOT NULL,
    tier_name TEXT NOT NULL,
    rule_set_version INT4 NOT NULL,
    rule_set_hash TEXT NOT NULL,
    rules JSONB NOT NULL,
    created_at TIMESTAMPTZ NOT NULL
  )`,
  'CREATE INDEX IF NOT EXISTS assessments_of_user ON assessments (user_id, created_at)',
  // Narrow, because every order rewrites it. `standing` is what the rules remember; no query asks for a part of it.
  // `changed_at` rises with every version, whatever the clocks say.
  // Tables that orders write have few constraints: see docs/adr/0006.
  `CREATE TABLE IF NOT EXISTS accounts (
    account_id UUID PRIMARY KEY,
    assessment_id UUID NOT NULL,
    version INT4 NOT NULL,
    status TEXT NOT NULL,
    cash_usd INT8 NOT NULL,
    trades_closed INT4 NOT NULL,
    day DATE NOT NULL,
    day_anchor_usd INT8 NOT NULL,
    standing TEXT NOT NULL,
    changed_at TIMESTAMPTZ NOT NULL
  )`,
  // A flat position stays as a row of zeros, so that saving is one upsert.
  `CREATE TABLE IF NOT EXISTS positions (
    account_id UUID NOT NULL,
    instrument TEXT NOT NULL,
    qty INT8 NOT NULL,
    cost_usd INT8 NOT NULL,
    realized_usd INT8 NOT NULL,
    fees_usd INT8 NOT NULL,
    opened_at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (account_id, instrument)
  )`,
  'CREATE INDEX IF NOT EXISTS positions_in_instrument ON positions (instrument, account_id)',
  // A plain market order that filled whole has no row here: its fill says all of it. `ticket` is what was asked for,
  // `state` what became of it, null for an order that never rested; both are JSON as on the wire. `version` is that of
  // the event that placed it, so it tells which of two orders is older.
  `CREATE TABLE IF NOT EXISTS orders (
    account_id UUID NOT NULL,
    order_id UUID NOT NULL,
    version INT4 NOT NULL,
    instrument TEXT NOT NULL,
    status TEXT NOT NULL,
    placed_at TIMESTAMPTZ NOT NULL,
    ticket TEXT NOT NULL,
    state TEXT,
    PRIMARY KEY (account_id, order_id)
  )`,
  "CREATE INDEX IF NOT EXISTS orders_open ON orders (account_id, version) WHERE status = 'open'",
  // `version` is that of the fill's event, so the key is also the order of trading. `closed_for`: why the platform
  // closed a position by it.
  `CREATE TABLE IF NOT EXISTS fills (
    account_id UUID NOT NULL,
    version INT4 NOT NULL,
    order_id UUID NOT NULL,
    part INT4 NOT NULL,
    fill_id UUID NOT NULL,
    instrument TEXT NOT NULL,
    side TEXT NOT NULL,
    qty INT8 NOT NULL,
    liquidity TEXT NOT NULL,
    price INT8 NOT NULL,
    cash_usd INT8 NOT NULL,
    fee_usd INT8 NOT NULL,
    realized_usd INT8 NOT NULL,
    levels TEXT NOT NULL,
    filled_at TIMESTAMPTZ NOT NULL,
    book_sequence INT8 NOT NULL,
    venue_proof TEXT NOT NULL,
    venue_at TIMESTAMPTZ NOT NULL,
    closed_for TEXT,
    in_news BOOL NOT NULL DEFAULT false,
    PRIMARY KEY (account_id, version),
    CONSTRAINT fills_order UNIQUE (account_id, order_id, part)
  )`,
  // One posting a row, one column for each account of the books: the database itself keeps every posting at zero.
  `CREATE TABLE IF NOT EXISTS ledger_postings (
    account_id UUID NOT NULL,
    version INT4 NOT NULL,
    instrument TEXT,
    cash_usd INT8 NOT NULL,
    inventory_usd INT8 NOT NULL,
    realized_pnl_usd INT8 NOT NULL,
    fees_usd INT8 NOT NULL,
    funding_usd INT8 NOT NULL,
    PRIMARY KEY (account_id, version),
    CHECK (cash_usd + inventory_usd + realized_pnl_usd + fees_usd + funding_usd = 0)
  )`,
  // What a resolved outcome paid for a position (`payout_price` null: a void market gave back what it cost), with the
  // position as it was and what was remembered `before`, so that a correction can reverse it.
  `CREATE TABLE IF NOT EXISTS settlements (
    account_id UUID NOT NULL,
    version INT4 NOT NULL,
    instrument TEXT NOT NULL,
    payout_price INT8,
    corrects BOOL NOT NULL,
    cash_usd INT8 NOT NULL,
    realized_usd INT8 NOT NULL,
    qty INT8 NOT NULL,
    cost_usd INT8 NOT NULL,
    position_realized_usd INT8 NOT NULL,
    fees_usd INT8 NOT NULL,
    opened_at TIMESTAMPTZ NOT NULL,
    settled_at TIMESTAMPTZ NOT NULL,
    before JSONB NOT NULL,
    PRIMARY KEY (account_id, version)
  )`,
  `CREATE TABLE IF NOT EXISTS equity_points (
    account_id UUID NOT NULL,
    at TIMESTAMPTZ NOT NULL,
    equity_usd INT8 NOT NULL,
    balance_usd INT8 NOT NULL,
    PRIMARY KEY (account_id, at)
  )`,
  // Who judges which share of the accounts; `epoch` rises with every owner, and saves name it.
  `CREATE TABLE IF NOT EXISTS engine_leases (
    shard INT4 PRIMARY KEY,
    epoch INT4 NOT NULL,
    owner TEXT,
    renewed_at TIMESTAMPTZ NOT NULL,
    seen_until TIMESTAMPTZ
  )`,
];
