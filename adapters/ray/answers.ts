import * as z from 'zod';
import type { PathCounts, Run, RunResult, Validation } from '../../domain/simulation/study/run';
import { UnreadableAnswer } from './lines';

/** What was known when this was written: a kernel that counts differently says so by another version. */
const RESULT_VERSION = 2;
const VALIDATION_VERSION = 1;

const count = z.int().min(0);
/** Whole numbers in JSON stay below 2^53. */
const cents = z.int().transform(BigInt);
const binned = z.array(z.tuple([z.int(), count]));

const pathCounts = z.object({
  type: z.literal('result'),
  version: z.literal(RESULT_VERSION),
  seed: z.string(),
  paths: count,
  passed: count,
  failed: count,
  open: count,
  ends: z.array(
    z.object({ outcome: z.enum(['passed', 'failed', 'open']), rule: z.string(), day: count, paths: count }),
  ),
  balanceSumCents: cents,
  binCents: cents,
  fan: z.array(z.object({ 5: cents, 25: cents, 50: cents, 75: cents, 95: cents })),
  finals: binned,
  drawdowns: binned,
  underWaterDays: binned,
});

const validation = z.object({
  type: z.literal('validation'),
  version: z.literal(VALIDATION_VERSION),
  seed: z.string(),
  trades: count,
  trials: count,
  resamples: count,
  meanBlock: z.int().min(1),
  meanCents: cents,
  meanLowCents: cents,
  meanHighCents: cents,
  pPpm: count,
  finalLowCents: cents,
  finalMedianCents: cents,
  finalHighCents: cents,
  drawdownMedianCents: cents,
  drawdownHighCents: cents,
  sharpePpm: z.int(),
  deflatedSharpePpm: z.int(),
});

const line = z.union([
  z.object({ type: z.literal('progress'), done: count, of: count }),
  z.object({ type: z.literal('error'), reason: z.string().optional() }),
  z.looseObject({ type: z.enum(['result', 'validation']) }),
]);

type Told =
  | { readonly type: 'progress'; readonly done: number }
  | { readonly type: 'error'; readonly reason: string }
  | { readonly type: 'answer'; readonly value: unknown };

const REASON_CHARS_MAX = 200;

/** What one line says. Throws where it is no line of the service. */
export function lineOf(text: string): Told {
  const read = line.safeParse(jsonOf(text));
  if (!read.success) throw new UnreadableAnswer(`must be a line that is known: ${z.prettifyError(read.error)}`);
  const { data } = read;
  if (data.type === 'progress') return { type: 'progress', done: data.done };
  if (data.type === 'error') return { type: 'error', reason: String(data.reason ?? 'failed').slice(0, REASON_CHARS_MAX) };
  return { type: 'answer', value: data };
}

/** The result of the run that was asked for. Throws where it is that of another, or adds up to something else. */
export function answerOf(value: unknown, run: Run): RunResult {
  if (run.kind === 'validation') {
    const { type: _type, seed, ...told } = parsed(validation, value);
    expect(seed === String(run.seed), 'seed');
    expect(told.trades === run.resultCents.length, 'trades');
    expect(told.trials === run.trials, 'trials');
    return { kind: 'validation', validation: told satisfies Validation };
  }
  const { type: _type, seed, fan, ...told } = parsed(pathCounts, value);
  expect(seed === String(run.seed), 'seed');
  expect(told.paths === run.paths, 'paths');
  expect(told.passed + told.failed + told.open === run.paths, 'passed');
  expect(sumOf(told.ends) === run.paths, 'ends');
  expect(told.binCents > 0n, 'binCents');
  for (const name of ['finals', 'drawdowns', 'underWaterDays'] as const) {
    expect(told[name].reduce((sum, [, paths]) => sum + paths, 0) === run.paths, name);
  }
  const counts: PathCounts = { ...told, fan: fan.map((day) => [day[5], day[25], day[50], day[75], day[95]]) };
  return { kind: 'paths', counts };
}

const refusal = z.object({ field: z.string(), rule: z.string() });

/** What the service refuses, and why; undefined where it was not the service that answered. */
export async function refusalOf(answer: Response): Promise<{ readonly field: string; readonly rule: string } | undefined> {
  const read = refusal.safeParse(await answer.json().catch(() => undefined));
  return read.success ? read.data : undefined;
}

const sumOf = (ends: readonly { readonly paths: number }[]): number => ends.reduce((sum, { paths }) => sum + paths, 0);

function parsed<T extends z.ZodType>(schema: T, value: unknown): z.output<T> {
  const read = schema.safeParse(value);
  if (!read.success) throw new UnreadableAnswer(z.prettifyError(read.error));
  return read.data;
}

function expect(isTrue: boolean, field: string): void {
  if (!isTrue) throw new UnreadableAnswer(`${field} must be of what was asked for`);
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new UnreadableAnswer('must be lines of JSON');
  }
}
