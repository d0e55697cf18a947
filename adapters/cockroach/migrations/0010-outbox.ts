/** Events on their way out and in, what could not be processed, and who did what. */
export const statements: readonly string[] = [
  // Events that follow one another on one topic under one key share a row, each body on a line; `event_id` is that of
  // the last, and so is `account_version`, its place in the stream of an account. Rows that have one are kept for good:
  // they are the journal of the account (docs/adr/0034). The shard spreads rows whose ids rise with time over several
  // ranges; it follows from the event id.
  `CREATE TABLE IF NOT EXISTS outbox (
    shard INT2 NOT NULL,
    event_id UUID NOT NULL,
    topic TEXT NOT NULL,
    key TEXT NOT NULL,
    created_at TIMESTAMPTZ NOT NULL,
    ordinal INT2 NOT NULL,
    body TEXT NOT NULL,
    account_version INT4,
    sent_at TIMESTAMPTZ,
    PRIMARY KEY (shard, event_id)
  )`,
  'CREATE INDEX IF NOT EXISTS outbox_unsent ON outbox (shard, created_at, ordinal) WHERE sent_at IS NULL',
  // A row comes into it when it has been sent: whoever saves an order does not pay for the journal's index.
  `CREATE INDEX IF NOT EXISTS outbox_journal ON outbox (key, account_version)
    WHERE sent_at IS NOT NULL AND account_version IS NOT NULL`,
  // What passes through alone, and is deleted in the end: the sweep need not look at what stays.
  'CREATE INDEX IF NOT EXISTS outbox_passing ON outbox (shard, event_id) WHERE account_version IS NULL',
  `CREATE TABLE IF NOT EXISTS inbox (
    consumer TEXT NOT NULL,
    event_id UUID NOT NULL,
    handled_at TIMESTAMPTZ NOT NULL DEFAULT now(),
    PRIMARY KEY (consumer, event_id)
  )`,
  `CREATE TABLE IF NOT EXISTS dead_letters (
    letter_id UUID PRIMARY KEY,
    consumer TEXT NOT NULL,
    topic TEXT NOT NULL,
    partition_number INT4 NOT NULL,
    record_offset INT8 NOT NULL,
    key TEXT NOT NULL,
    value TEXT NOT NULL,
    reason TEXT NOT NULL,
    parked_at TIMESTAMPTZ NOT NULL DEFAULT now(),
    UNIQUE (consumer, topic, partition_number, record_offset)
  )`,
  'CREATE INDEX IF NOT EXISTS dead_letters_of_key ON dead_letters (consumer, key)',
  // Only ever added to. `actor` is a user id or the part of the system that acted.
  `CREATE TABLE IF NOT EXISTS audit_log (
    audit_id UUID PRIMARY KEY,
    at TIMESTAMPTZ NOT NULL,
    actor TEXT NOT NULL,
    action TEXT NOT NULL,
    subject TEXT NOT NULL,
    detail JSONB NOT NULL,
    correlation_id TEXT NOT NULL
  )`,
  'CREATE INDEX IF NOT EXISTS audit_log_of_subject ON audit_log (subject, at)',
];
