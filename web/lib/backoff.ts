const FIRST_MS = 500;
const LONGEST_MS = 30_000;

/** How long to wait before attempt `attempt` (from 0): doubling, the upper half random so that browsers spread out. */
export const backoffMs = (attempt: number, random: number): number => {
  const full = Math.min(FIRST_MS * 2 ** attempt, LONGEST_MS);
  return Math.round(full / 2 + (full / 2) * random);
};
