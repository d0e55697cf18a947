import * as z from 'zod';
import { ppmText, usdText } from './decimal';
import { assessmentId, studyId, tierId } from './ids';
import { ruleSet } from './rule-set';
import { text } from './text';
import { happenedAt } from './time';

/** `requested` waits for its turn; the last three are ends. */
export const studyStatus = z.enum(['requested', 'running', 'completed', 'failed', 'cancelled']);

/** Why a study ended without odds. */
export const studyFailure = z.enum(['ray_unavailable', 'deadline_passed', 'refused_by_kernel', 'internal_error']);

/** `size`: only how the chance of passing changes with the size of a trade. `firm`: what a tier costs who sells it. */
export const studyScope = z.enum(['everything', 'size', 'firm']);

/** Trades won at a rate. A trade that is lost loses `riskUsd`, one that is won wins `payoff` times as much. */
export const oddsStrategy = z.strictObject({
  winRate: ppmText,
  riskUsd: usdText,
  payoff: ppmText,
  tradesPerDay: z.int().min(1).max(50),
  heldMinutes: z.int().min(1).max(1_260),
  restsOnWeekends: z.boolean(),
});

/**
 * CSV of closed trades; `docs/monte-carlo.md` names its columns. A function is handed at most 6 MB, in which the body
 * stands as text of JSON: a quotation mark of the file takes four bytes there at worst.
 */
export const TRADE_FILE_BYTES_MAX = 1_400_000;

/** Which trades are drawn from: an assessment’s own, a file’s, or odds. */
export const studyTrades = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('own') }),
  z.strictObject({ kind: z.literal('file'), csv: text().min(1).max(TRADE_FILE_BYTES_MAX) }),
  z.strictObject({ kind: z.literal('odds'), strategy: oddsStrategy }),
]);

/** What is judged: an assessment from where it stands now, or a fresh account of a tier. */
export const studySubject = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('assessment'), assessmentId }),
  z.strictObject({ kind: z.literal('tier'), tierId }),
]);

const SEED_RULE = 'must be a whole number from 0 to 18446744073709551615';

/** Sixty-four bits, which no number of JSON holds and no amount of money needs. */
const seed = z.codec(
  z.string(),
  z.custom<bigint>((value) => typeof value === 'bigint'),
  {
    decode: (digits, context) => {
      const value = /^(0|[1-9]\d{0,19})$/.test(digits) ? BigInt(digits) : -1n;
      if (value >= 0n && value < 2n ** 64n) return value;
      context.issues.push({ code: 'custom', message: SEED_RULE, input: digits });
      return z.NEVER;
    },
    encode: (value) => value.toString(),
  },
);

const asked = {
  studyId,
  /** Trading days that a path lasts at most. */
  days: z.int().min(1).max(365),
  paths: z.int().min(1_000).max(100_000),
  /** Another seed draws other paths; without one the study’s id gives it. */
  seed: seed.optional(),
};

export const studyRequest = z.strictObject({
  ...asked,
  subject: studySubject,
  trades: studyTrades,
  /** Asks only how the chance changes where a trade may lose so much, in place of what trades lost on average. */
  compareRiskUsd: usdText.optional(),
});

/** A tier that nobody has bought yet, against traders as they are expected, or as the firm’s own have traded. */
export const firmStudyRequest = z.strictObject({
  ...asked,
  rules: ruleSet,
  traders: z.discriminatedUnion('kind', [
    z.strictObject({
      kind: z.literal('mix'),
      /** `weight`: parts of all traders; they need not add up to one. */
      strategies: z
        .array(z.strictObject({ weight: ppmText, strategy: oddsStrategy }))
        .min(1)
        .max(10),
    }),
    /** Closed trades of the firm’s assessments, at most ten thousand, newest first. */
    z.strictObject({ kind: z.literal('firm') }),
  ]),
  priceUsd: usdText,
  /** What a trader who passes is expected to be paid. */
  payoutUsd: usdText,
});

/** A chance with its interval at 95 % (Wilson). */
export const chance = z.object({ share: ppmText, low: ppmText, high: ppmText });

const outcome = z.enum(['passed', 'failed', 'open']);
const endRule = z.enum(['daily_loss', 'max_drawdown', 'risk_per_trade', 'inactivity', 'time_limit', 'consistency']);

const chances = { passed: chance, failed: chance, open: chance };

/** What became of the paths of one run: balances at their end, dollars below nothing among them. */
const sizeChance = z.object({ size: ppmText, ...chances, medianUsd: usdText });

const scenario = z.object({
  name: z.enum(['half_size', 'double_size', 'volatile', 'less_won', 'clustered', 'worst_day']),
  ...chances,
  medianUsd: usdText,
});

/** Whether closed trades can be told from luck. Money is a trade’s result, net of fees. */
const validation = z.object({
  trades: z.int(),
  /** How many attempts of this person it is deflated by. */
  trials: z.int(),
  meanBlock: z.int(),
  pValue: ppmText,
  meanUsd: usdText,
  meanLowUsd: usdText,
  meanHighUsd: usdText,
  finalLowUsd: usdText,
  finalMedianUsd: usdText,
  finalHighUsd: usdText,
  drawdownMedianUsd: usdText,
  drawdownHighUsd: usdText,
  sharpe: ppmText,
  deflatedSharpe: ppmText,
  /** `too_few`: fewer than thirty trades say little either way. */
  finding: z.enum(['edge', 'luck', 'loses', 'too_few']),
});

const firmOdds = z.object({
  /** How many of the whole mix pass; `strategies` tells of each in it. */
  passed: chance,
  strategies: z.array(z.object({ weight: ppmText, ...chances })).readonly(),
  liabilityUsd: usdText,
  marginUsd: usdText,
  breakEvenUsd: usdText,
});

/** The odds. `version` with `seed`, `paths` and what was asked plays the same paths again. */
export const odds = z.object({
  version: z.int(),
  seed: seed,
  paths: z.int(),
  days: z.int(),
  startingUsd: usdText,
  /** What the paths began with, and what is needed and what is not to be reached from there. */
  beganUsd: usdText,
  targetUsd: usdText.nullable(),
  /** Closed trades that were drawn from; null for odds. */
  drawnFrom: z.int().nullable(),
  ...chances,
  ends: z.array(z.object({ outcome, rule: endRule.nullable(), day: z.int(), paths: z.int() })).readonly(),
  /** The mean day of a verdict, of the paths that came to one. */
  expectedDays: ppmText.nullable(),
  /** What the worst 5 % of the paths lose at least, from what they began with, and what they lose in the mean. */
  valueAtRiskUsd: usdText,
  conditionalValueAtRiskUsd: usdText,
  /** Paths that end by the floor of the maximum loss. */
  ruin: chance,
  /** At the end of each trading day, by percentiles; empty for several strategies, whose percentiles do not add up. */
  fan: z.array(z.object({ p5: usdText, p25: usdText, p50: usdText, p75: usdText, p95: usdText })).readonly(),
  /** Paths whose maximum drawdown was below `upToUsd` and not below the one before; the last holds what is above too. */
  drawdowns: z.array(z.object({ upToUsd: usdText, paths: z.int() })).readonly(),
  underWaterDays: z.array(z.object({ days: z.int(), paths: z.int() })).readonly(),
  /** Smallest first; the size as it is traded is among them. */
  sizes: z.array(sizeChance).readonly(),
  /**
   * The largest size at which the chance of breaking a floor, of the maximum loss or of the daily one, is at most 5 %,
   * as it is at every smaller one; null: at none that was looked at.
   */
  safeSize: ppmText.nullable(),
  scenarios: z.array(scenario).readonly(),
  validation: validation.nullable(),
  firm: firmOdds.nullable(),
});

/** A study as its owner sees it. */
export const study = z.object({
  studyId,
  scope: studyScope,
  /** What is judged; null where it is a tier that nobody has bought yet. */
  subject: studySubject.nullable(),
  tierName: z.string(),
  /** Where the trades came from. */
  trades: z.enum(['own', 'file', 'odds', 'mix', 'firm']),
  status: studyStatus,
  failure: studyFailure.nullable(),
  done: z.int(),
  of: z.int(),
  requestedAt: happenedAt,
  endedAt: happenedAt.nullable(),
  odds: odds.nullable(),
});
