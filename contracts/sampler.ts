import * as z from 'zod';

/**
 * What the kernel answers with, in whole numbers. A version that is not known is refused: what a field means may have
 * changed. So is an answer that contradicts itself.
 */
const PATHS_VERSION = 2;
const VALIDATION_VERSION = 1;

const count = z.int().min(0);
const share = z.int().min(0).max(1_000_000);
/** Sums of many paths may lie beyond what a number holds exactly; then their last digits are lost. */
const cents = z.number().refine(Number.isInteger, 'must be whole cents').transform(BigInt);
const bins = z.array(z.tuple([count, count]).readonly()).readonly();

/** By percentiles, as the kernel names them, and in their order here. */
const fanDay = z
  .strictObject({ 5: cents, 25: cents, 50: cents, 75: cents, 95: cents })
  .transform((day) => [day[5], day[25], day[50], day[75], day[95]] as const)
  .refine((day) => day.every((each, nth) => nth === 0 || each >= (day[nth - 1] as bigint)), 'must rise');

const sumOf = (parts: readonly number[]): number => parts.reduce((sum, part) => sum + part, 0);
const pathsIn = (told: z.output<typeof bins>): number => sumOf(told.map(([, paths]) => paths));

/** The last line of `POST /simulate`. */
export const pathCounts = z
  .object({
    type: z.literal('result'),
    version: z.literal(PATHS_VERSION),
    paths: z.int().min(1),
    passed: count,
    failed: count,
    open: count,
    ends: z
      .array(z.object({ outcome: z.enum(['passed', 'failed', 'open']), rule: z.string(), day: count, paths: count }))
      .readonly(),
    balanceSumCents: cents,
    binCents: cents.refine((width) => width > 0n, 'must be above 0'),
    fan: z.array(fanDay).readonly(),
    finals: bins,
    drawdowns: bins,
    underWaterDays: bins,
  })
  .refine(
    ({ paths, passed, failed, open, ends, finals, drawdowns, underWaterDays }) =>
      [
        passed + failed + open,
        sumOf(ends.map((end) => end.paths)),
        pathsIn(finals),
        pathsIn(drawdowns),
        pathsIn(underWaterDays),
      ].every((sum) => sum === paths),
    'must count every path once',
  )
  .transform(({ type: _, ...counts }) => counts);

/** The answer of `POST /validate`. */
export const validationAnswer = z
  .object({
    type: z.literal('validation'),
    version: z.literal(VALIDATION_VERSION),
    trades: z.int().min(1),
    trials: z.int().min(1),
    resamples: z.int().min(1),
    meanBlock: z.int().min(1),
    meanCents: cents,
    meanLowCents: cents,
    meanHighCents: cents,
    pPpm: share,
    finalLowCents: cents,
    finalMedianCents: cents,
    finalHighCents: cents,
    drawdownMedianCents: cents,
    drawdownHighCents: cents,
    sharpePpm: z.int(),
    deflatedSharpePpm: share,
  })
  .transform(({ type: _, ...validation }) => validation);
