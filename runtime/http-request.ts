import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import type { z } from 'zod';
import type { Route } from '../contracts/http/route';
import type { Fault } from '../domain/kernel/result';
import { plainRule } from './plain-rule';

/** The parts of a request, decoded by the route's contract; `undefined` where the contract names none. */
export type Input<R extends Route> = {
  readonly params: R extends { params: infer S extends z.ZodType } ? z.output<S> : undefined;
  readonly query: R extends { query: infer S extends z.ZodType } ? z.output<S> : undefined;
  readonly body: R extends { body: infer S extends z.ZodType } ? z.output<S> : undefined;
};

export type Parsed<R extends Route> =
  | { readonly ok: true; readonly input: Input<R> }
  | { readonly ok: false; readonly refusal: 'malformed_json' | 'invalid_request'; readonly faults: readonly Fault[] };

/** The body as its bytes came, whatever its encoding in the event. */
export const rawBody = (event: APIGatewayProxyEventV2): Buffer =>
  Buffer.from(event.body ?? '', event.isBase64Encoded ? 'base64' : 'utf8');

export function parseRequest<R extends Route>(route: R, event: APIGatewayProxyEventV2): Parsed<R> {
  let json: unknown;
  if (route.body) {
    try {
      json = JSON.parse(rawBody(event).toString('utf8'));
    } catch {
      return { ok: false, refusal: 'malformed_json', faults: [{ field: 'body', rule: 'must be JSON' }] };
    }
  }
  const parts = [
    ['params', route.params, event.pathParameters ?? {}],
    ['query', route.query, event.queryStringParameters ?? {}],
    ['body', route.body, json],
  ] as const;
  const faults: Fault[] = [];
  const input: Record<string, unknown> = {};
  for (const [name, schema, value] of parts) {
    const parsed = schema?.safeParse(value, { error: plainRule });
    if (parsed?.success) input[name] = parsed.data;
    else if (parsed) faults.push(...parsed.error.issues.flatMap((issue) => faultsOf(issue)));
  }
  if (faults.length > 0) return { ok: false, refusal: 'invalid_request', faults };
  return { ok: true, input: input as Input<R> };
}

/** Each unknown field is a fault of its own; everything else is named by its path. */
const faultsOf = (issue: z.core.$ZodIssue): readonly Fault[] => {
  const path = pathText(issue.path);
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({ field: path ? `${path}.${key}` : key, rule: 'is not a field of this request' }));
  }
  return [{ field: path || 'body', rule: issue.message }];
};

/** `phases[1].rules.startingUsd`: the same form in which the domain names a field. */
const pathText = (path: readonly PropertyKey[]): string =>
  path
    .map((part, index) => (typeof part === 'number' ? `[${part}]` : `${index > 0 ? '.' : ''}${String(part)}`))
    .join('');
