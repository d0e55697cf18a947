/**
 * Which copy of market-data tells the prices of which share of the instruments, and which copies live. A place is
 * `shard 3`, or `copy …` of the owner itself.
 */
export const statements: readonly string[] = [
  `CREATE TABLE IF NOT EXISTS market_leases (
    place TEXT PRIMARY KEY,
    owner TEXT NOT NULL,
    claimed_at TIMESTAMPTZ NOT NULL
  )`,
];
