import middy from '@middy/core';
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import * as z from 'zod';
import { isUnavailable } from '../adapters/cockroach/connection/database-errors';
import { RedisUnavailable } from '../adapters/redis/redis-errors';
import { PROBLEM_CONTENT_TYPE } from '../contracts/http/problem';
import { type Route, routeKey } from '../contracts/http/route';
import type { Fault } from '../domain/kernel/result';
import type { Trace } from '../usecases/ports/clock-and-ids';
import type { Authenticate, Caller } from '../usecases/ports/identity/session';
import type { Answer, Beside, FileAnswer } from './answers';
import { turnedAway } from './http-door';
import { type Input, parseRequest, rawBody } from './http-request';
import { type Logger, makeLogger } from './log';
import { REFUSALS, type Refusal } from './refusals';
import { traceOf } from './trace';

/** What an endpoint gets beside its decoded input. `caller` is null on public routes. */
export type Call<R extends Route> = Input<R> & {
  readonly caller: R['access'] extends 'public' ? null : Caller;
  readonly trace: Trace;
  readonly event: APIGatewayProxyEventV2;
  readonly raw: () => Buffer;
};

export type Endpoint<R extends Route> = (call: Call<R>) => Promise<Answer<R>>;

type Handler = (event: APIGatewayProxyEventV2) => Promise<APIGatewayProxyStructuredResultV2>;

/**
 * Serves the routes of one function: the one place where HTTP is spoken. Every route has an endpoint or it does not
 * compile.
 */
export function httpFunction<Routes extends Record<string, Route>>(
  routes: Routes,
  endpoints: { readonly [K in keyof Routes]: Endpoint<Routes[K]> },
  authenticate: Authenticate = async () => undefined,
) {
  const log = makeLogger();
  const served = new Map(Object.entries(routes).map(([name, route]) => [routeKey(route), { name, route }]));
  const handle: Handler = async (event) => {
    const trace = traceOf(event.headers);
    const found = served.get(event.routeKey);
    if (!found) throw new Error(`invariant: ${event.routeKey} is not a route of this function`);
    const endpoint = endpoints[found.name as keyof Routes] as unknown as Endpoint<Route>;
    const line = log.child({ correlationId: trace.correlationId, route: event.routeKey });
    try {
      const answered = await answer({ route: found.route, endpoint, authenticate }, event, trace);
      return told(line, answered);
    } catch (error) {
      line.error({ err: error }, 'the request failed');
      return told(line, problemAnswer(isOutage(error) ? 'not_ready' : 'internal_error', [], trace));
    }
  };
  return middy<APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2>(handle);
}

/** A route with what serves it. */
type Served = {
  readonly route: Route;
  readonly endpoint: Endpoint<Route>;
  readonly authenticate: Authenticate;
};

type Answered = { readonly response: APIGatewayProxyStructuredResultV2; readonly refusal?: Refusal };

async function answer(
  { route, endpoint, authenticate }: Served,
  event: APIGatewayProxyEventV2,
  trace: Trace,
): Promise<Answered> {
  const refused = await turnedAway(route, event);
  if (refused) return problemAnswer(refused.refusal, refused.faults, trace);
  const caller = route.access === 'public' ? null : await callerOf(event, authenticate);
  if (caller === undefined) return problemAnswer('unauthenticated', [BEARER], trace);
  if (caller && !mayCall(route, caller)) return problemAnswer('forbidden', [], trace);
  const parsed = parseRequest(route, event);
  if (!parsed.ok) return problemAnswer(parsed.refusal, parsed.faults, trace);
  const call = { ...parsed.input, caller, trace, event, raw: () => rawBody(event) } as Call<Route>;
  const result = await endpoint(call);
  if (!result.ok) return problemAnswer(result.refusal, result.fault ? [result.fault] : [], trace, result);
  return { response: success(route, result, trace) };
}

const BEARER: Fault = { field: 'authorization', rule: 'must be a valid bearer token' };

const callerOf = async (event: APIGatewayProxyEventV2, authenticate: Authenticate): Promise<Caller | undefined> => {
  // The scheme's name may be written in any case (RFC 9110, 11.1).
  const token = /^Bearer +([\w.-]+)$/i.exec(event.headers.authorization ?? '')?.[1];
  return token === undefined ? undefined : authenticate(token);
};

const mayCall = (route: Route, caller: Caller): boolean =>
  route.access === 'session' ||
  route.access === 'public' ||
  caller.roles.includes(route.access) ||
  caller.roles.includes('admin');

function success(
  route: Route,
  result: Answer<Route> & { readonly ok: true },
  trace: Trace,
): APIGatewayProxyStructuredResultV2 {
  const common = {
    statusCode: result.status ?? route.status,
    cookies: [...(result.cookies ?? [])],
    headers: { 'x-correlation-id': trace.correlationId, 'cache-control': 'no-store', ...result.headers },
  };
  if (route.response) {
    const body = JSON.stringify(z.encode(route.response, result.value));
    return { ...common, headers: { ...common.headers, 'content-type': 'application/json' }, body };
  }
  const file = result.value as FileAnswer | undefined;
  if (!file) return { ...common, body: '' };
  return {
    ...common,
    headers: {
      ...common.headers,
      'content-type': file.contentType,
      'content-disposition': `attachment; filename="${file.filename}"`,
    },
    body: Buffer.from(file.bytes).toString('base64'),
    isBase64Encoded: true,
  };
}

const RETRY_AFTER_SECONDS = '1';

/** RFC 9457: every "no" has the same shape and names the fields at fault. */
function problemAnswer(refusal: Refusal, faults: readonly Fault[], trace: Trace, beside: Beside = {}): Answered {
  const { status, title } = REFUSALS[refusal];
  const response = {
    statusCode: status,
    cookies: [...(beside.cookies ?? [])],
    headers: {
      'content-type': PROBLEM_CONTENT_TYPE,
      'x-correlation-id': trace.correlationId,
      'cache-control': 'no-store',
      ...(status === 503 && { 'retry-after': RETRY_AFTER_SECONDS }),
      ...beside.headers,
    },
    body: JSON.stringify({
      type: `urn:proving-ground:problem:${refusal}`,
      title,
      status,
      refusal,
      correlationId: trace.correlationId,
      ...(faults.length > 0 ? { errors: faults } : {}),
    }),
  };
  return { response, refusal };
}

/**
 * Logs one line per answer. The route's alarm averages `failed`, nought or one, into a rate; others count a refusal by
 * its name.
 */
function told(log: Logger, { response, refusal }: Answered): APIGatewayProxyStructuredResultV2 {
  const status = response.statusCode ?? 200;
  log.info({ status, failed: status >= 500 ? 1 : 0, ...(refusal && { refusal }) }, 'answered');
  return response;
}

/** A database or Redis that does not answer is a 503 that may be tried again, not a fault of ours. */
const isOutage = (error: unknown): boolean => isUnavailable(error) || error instanceof RedisUnavailable;
