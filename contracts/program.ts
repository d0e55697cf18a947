import * as z from 'zod';
import { usdText } from './decimal';
import { ruleSet } from './rule-set';
import { text } from './text';

/** One step of a tier: passing it opens the next. */
export const phase = z.strictObject({ name: text().trim().min(1).max(60), rules: ruleSet });

/** What a buyer goes through; a tier's version is one program. Meanings: `domain/assessment/progression/program.ts`. */
export const program = z.strictObject({
  phases: z.array(phase).min(1).max(5),
  retries: z.int().min(0).max(10),
  resetPriceUsd: usdText.nullable(),
});

/** Where in its program an assessment stands: phase `phase` of `phases`, and which attempt at it. Both count from 1. */
export const place = { phase: z.int(), phases: z.int(), attempt: z.int() };
