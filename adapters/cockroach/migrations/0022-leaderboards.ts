/** How people stand on leaderboards. The boards themselves are in Redis and come from what is here. */
export const statements: readonly string[] = [
  "ALTER TABLE users ADD COLUMN IF NOT EXISTS board_choice TEXT NOT NULL DEFAULT 'masked'",
  // Null: never chosen.
  'ALTER TABLE users ADD COLUMN IF NOT EXISTS board_chosen_at TIMESTAMPTZ',
];
