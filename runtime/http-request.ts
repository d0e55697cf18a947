import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import type { z } from 'zod';
import type { Route } from '../contracts/http/route';
import { boundedJson } from '../contracts/requests/bounded-json';
import { plainRule } from '../contracts/requests/plain-rule';
import { faultsOf } from '../contracts/requests/request-faults';
import type { Fault } from '../domain/kernel/result';

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
  let body: unknown;
  if (route.body) {
    const json = boundedJson(rawBody(event).toString('utf8'));
    if (!json.ok) {
      const refusal = json.isJson ? 'invalid_request' : 'malformed_json';
      return { ok: false, refusal, faults: [{ field: 'body', rule: json.rule }] };
    }
    body = json.value;
  }
  const parts = [
    ['params', route.params, event.pathParameters ?? {}],
    ['query', route.query, event.queryStringParameters ?? {}],
    ['body', route.body, body],
  ] as const;
  const faults: Fault[] = [];
  const input: Record<string, unknown> = {};
  for (const [name, schema, value] of parts) {
    const parsed = schema?.safeParse(value, { error: plainRule });
    if (parsed?.success) input[name] = parsed.data;
    else if (parsed) faults.push(...faultsOf(parsed.error));
  }
  if (faults.length > 0) return { ok: false, refusal: 'invalid_request', faults };
  return { ok: true, input: input as Input<R> };
}
