import type * as z from 'zod';
import type { Route } from '../contracts/http/route';
import type { Refused } from '../domain/kernel/result';
import type { Refusal } from './refusals';

/** A document that is not JSON. */
export type FileAnswer = { readonly contentType: string; readonly filename: string; readonly bytes: Uint8Array };

type Output<R extends Route> = R extends { response: infer S extends z.ZodType } ? z.output<S> : FileAnswer | undefined;

/** What goes with an answer outside its body. */
export type Beside = {
  readonly cookies?: readonly string[];
  readonly headers?: Readonly<Record<string, string>>;
};

type Done<T> = Beside & {
  readonly ok: true;
  readonly value: T;
  /** In place of the status that the route names. */
  readonly status?: number;
};

/** What an endpoint answers: a use case's `Result` is one already. */
export type Answer<R extends Route> = Done<Output<R>> | (Refused<Refusal> & Beside);

export const ok = <T>(value: T, beside: Omit<Done<T>, 'ok' | 'value'> = {}): Done<T> => ({
  ok: true,
  value,
  ...beside,
});

type RefusedAt = Beside & { readonly field: string; readonly rule: string };

/** A refusal that no use case gave; `at` names the field at fault and the rule that it broke. */
export function refused<R extends Refusal>(refusal: R, at?: RefusedAt): Refused<R> & Beside {
  if (!at) return { ok: false, refusal };
  const { field, rule, ...beside } = at;
  return { ok: false, refusal, fault: { field, rule }, ...beside };
}
