/** What is on sale under which rules, what was bought, and what the payment provider said about it. */
export const statements: readonly string[] = [
  `CREATE TABLE IF NOT EXISTS tiers (
    tier_id UUID PRIMARY KEY,
    slug TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    price_usd INT8 NOT NULL CHECK (price_usd > 0),
    rule_set_version INT4 NOT NULL CHECK (rule_set_version > 0),
    published_at TIMESTAMPTZ NOT NULL
  )`,
  // Only ever added to: a sold assessment refers to its version for good.
  `CREATE TABLE IF NOT EXISTS rule_sets (
    tier_id UUID NOT NULL REFERENCES tiers (tier_id),
    version INT4 NOT NULL,
    hash TEXT NOT NULL CHECK (length(hash) = 64),
    rules JSONB NOT NULL,
    created_at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (tier_id, version)
  )`,
  `CREATE TABLE IF NOT EXISTS purchases (
    purchase_id UUID PRIMARY KEY,
    user_id UUID NOT NULL REFERENCES users (user_id),
    tier_id UUID NOT NULL,
    tier_slug TEXT NOT NULL,
    tier_name TEXT NOT NULL,
    price_usd INT8 NOT NULL CHECK (price_usd > 0),
    rule_set_version INT4 NOT NULL,
    rule_set_hash TEXT NOT NULL,
    assessment_id UUID NOT NULL UNIQUE,
    created_at TIMESTAMPTZ NOT NULL,
    version INT4 NOT NULL,
    checkout_id TEXT UNIQUE,
    checkout_url TEXT,
    payment_id TEXT UNIQUE,
    is_paid BOOL NOT NULL,
    is_expired BOOL NOT NULL,
    refunded_usd INT8 NOT NULL CHECK (refunded_usd >= 0),
    disputes JSONB NOT NULL,
    is_granted BOOL NOT NULL,
    hold TEXT CHECK (hold IN ('dispute', 'refund', 'chargeback')),
    CHECK (is_paid OR NOT is_granted),
    FOREIGN KEY (tier_id, rule_set_version) REFERENCES rule_sets (tier_id, version)
  )`,
  'CREATE INDEX IF NOT EXISTS purchases_of_user ON purchases (user_id, created_at)',
  // By the provider's own id, so that each message counts once.
  `CREATE TABLE IF NOT EXISTS webhook_events (
    message_id TEXT PRIMARY KEY,
    type TEXT NOT NULL,
    created_at TIMESTAMPTZ NOT NULL,
    received_at TIMESTAMPTZ NOT NULL,
    outcome TEXT NOT NULL CHECK (outcome IN ('applied', 'ignored', 'purchase_unknown', 'amount_mismatch')),
    purchase_id UUID
  )`,
  'CREATE INDEX IF NOT EXISTS webhook_events_of_purchase ON webhook_events (purchase_id) WHERE purchase_id IS NOT NULL',
];
