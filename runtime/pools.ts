/**
 * Connections to the database that one process opens at most, by what it is. Times the number of instances and pods of
 * a stage they stay under its `databaseConnectionsMax` (lib/config/sizes.ts).
 */
export const POOLS = {
  /** An instance serves one request or batch at a time; the second is for one that asks two things at once. */
  function: 2,
  migration: 1,
  /** One for the catalogue, which is written rarely, one to claim the work. */
  'market-data': 2,
  /** Snapshots are one query each; a burst of reconnecting browsers queues here rather than in the database. */
  websocket: 6,
  /** As many as judgements run at a time, and some for reconciliation and leases. */
  'risk-engine': 12,
  /** One connection reads and marks, the other counts the backlog and claims the work. */
  'event-relay': 2,
  /** Claims, renewals and results of a few studies; none of them is long. */
  'monte-carlo': 3,
  /** One claims the work, one looks for verdicts. */
  archiver: 2,
} as const;

export type PoolName = keyof typeof POOLS;
