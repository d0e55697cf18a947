import * as z from 'zod';
import type { Month } from '../domain/kernel/month';
import { ppmText } from './decimal';

export const tierSlug = z
  .string()
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'must be a slug such as sprint-10k')
  .max(60);

/** A month of UTC. */
export const month = z
  .string()
  .regex(/^20\d\d-(0[1-9]|1[0-2])$/, 'must be a month such as 2026-03') as unknown as z.ZodType<Month, string>;

export const boardLine = z.object({
  /** Names the line for as long as it is there; it tells nobody whose it is. */
  row: z.string(),
  /** Equal returns have one rank, and the next is left out for it: 1, 1, 3. */
  rank: z.int(),
  /** Masked, unless its owner publishes it. */
  name: z.string(),
  /** What the month returned as a share of the starting balance: `"0.0425"`. */
  returned: ppmText,
  tradesClosed: z.int(),
  status: z.enum(['active', 'passed']),
  phase: z.int(),
  phases: z.int(),
  attempt: z.int(),
  /** How many assessments of the tier the person traded in the month, those that failed too. */
  attempts: z.int(),
});

/** The board of a tier and a month, or the part of it that was asked for. */
export const board = {
  tier: z.string(),
  month: z.string(),
  /** False while the boards are built anew: more may be missing than is there. */
  isWhole: z.boolean(),
  total: z.int(),
  lines: z.array(boardLine),
  /** `after` of the page that follows (`GET /leaderboards`); null: there is none. */
  next: z.string().nullable(),
};
