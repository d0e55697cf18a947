/** Which copy of a workload works while the others wait. `owner` is null after a copy has left in good order. */
export const statements: readonly string[] = [
  `CREATE TABLE IF NOT EXISTS leaderships (
    role TEXT PRIMARY KEY,
    owner TEXT,
    claimed_at TIMESTAMPTZ NOT NULL
  )`,
];
