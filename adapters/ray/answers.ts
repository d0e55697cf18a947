import * as z from 'zod';
import { pathCounts, validationAnswer } from '../../contracts/sampler';
import { answerFault } from '../../domain/simulation/study/answer-fault';
import type { Run, RunResult } from '../../domain/simulation/study/run';
import { isJson, UnreadableAnswer } from './lines';

const count = z.int().min(0);

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
  const data = parsed(line, jsonOf(text));
  if (data.type === 'progress') return { type: 'progress', done: data.done };
  if (data.type === 'error') {
    return { type: 'error', reason: String(data.reason ?? 'failed').slice(0, REASON_CHARS_MAX) };
  }
  return { type: 'answer', value: data };
}

/** The result of the run that was asked for. Throws where it cannot be that. */
export function answerOf(value: unknown, run: Run): RunResult {
  const result: RunResult =
    run.kind === 'validation'
      ? { kind: 'validation', validation: parsed(validationAnswer, value) }
      : { kind: 'paths', counts: parsed(pathCounts, value) };
  const fault = answerFault(run, result);
  if (fault !== undefined) throw new UnreadableAnswer(fault);
  return result;
}

const refusal = z.object({ field: z.string(), rule: z.string() });

/** What the service refuses, and why; undefined where it was not the service that answered. */
export function refusalOf(text: string): { readonly field: string; readonly rule: string } | undefined {
  const read = refusal.safeParse(isJson(text) ? JSON.parse(text) : undefined);
  return read.success ? read.data : undefined;
}

function parsed<T extends z.ZodType>(schema: T, value: unknown): z.output<T> {
  const read = schema.safeParse(value);
  if (!read.success) throw new UnreadableAnswer(z.prettifyError(read.error).slice(0, REASON_CHARS_MAX));
  return read.data;
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new UnreadableAnswer('must be lines of JSON');
  }
}
