/** Tiers of several phases, each with attempts: what was one assessment a purchase is a course of them. */
export const statements: readonly string[] = [
  // Every version has its program from here on; `rules` was that of a single phase, and is no longer written.
  'ALTER TABLE rule_sets ADD COLUMN IF NOT EXISTS program JSONB',
  'ALTER TABLE rule_sets ALTER COLUMN rules DROP NOT NULL',
  // The failed assessment that a reset starts anew; null for a tier.
  'ALTER TABLE purchases ADD COLUMN IF NOT EXISTS reset_of UUID',
  // `course_id` is the id of the tier's purchase. It takes the place of `purchase_id`, whose uniqueness allows one
  // assessment only and cannot be dropped by the same statement on both databases.
  'ALTER TABLE assessments ADD COLUMN IF NOT EXISTS course_id UUID',
  'ALTER TABLE assessments ADD COLUMN IF NOT EXISTS phase INT4 NOT NULL DEFAULT 1',
  'ALTER TABLE assessments ADD COLUMN IF NOT EXISTS phases INT4 NOT NULL DEFAULT 1',
  'ALTER TABLE assessments ADD COLUMN IF NOT EXISTS attempt INT4 NOT NULL DEFAULT 1',
  "ALTER TABLE assessments ADD COLUMN IF NOT EXISTS origin TEXT NOT NULL DEFAULT 'purchase'",
  'ALTER TABLE assessments ALTER COLUMN purchase_id DROP NOT NULL',
  'UPDATE assessments SET course_id = purchase_id WHERE course_id IS NULL',
  'CREATE UNIQUE INDEX IF NOT EXISTS assessments_place ON assessments (course_id, phase, attempt)',
];
