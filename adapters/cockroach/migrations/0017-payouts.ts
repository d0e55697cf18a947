/** What was taken out of accounts, by the id of its taker: `trader_usd` of it is owed to the account's user. */
export const statements: readonly string[] = [
  `CREATE TABLE IF NOT EXISTS payouts (
    account_id UUID NOT NULL,
    payout_id UUID NOT NULL,
    version INT4 NOT NULL,
    amount_usd INT8 NOT NULL,
    trader_usd INT8 NOT NULL,
    taken_at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (account_id, payout_id)
  )`,
];
