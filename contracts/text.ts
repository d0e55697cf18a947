import * as z from 'zod';

/** PostgreSQL and CockroachDB hold no U+0000, and half of a surrogate pair is no character in UTF-8. */
const isStorable = (given: string): boolean => !given.includes('\u0000') && !/\p{Surrogate}/u.test(given);

/** Free text from outside: every request that holds some begins with this. `rule` is told where there is no text. */
export const text = (rule?: string) =>
  z.string(rule).refine(isStorable, 'must be text without U+0000 and without halves of characters');
