import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import type { RoutePlan } from '../assembly/assembly';
import { matchRoute } from './match-route';

/** API Gateway's HTTP API takes at most this much of a body. */
const BODY_BYTES_MAX = 10 * 1024 * 1024;

type Invoke = (functionName: string, event: unknown) => Promise<unknown>;

/** Speaks as API Gateway's HTTP API does to the functions of the assembly: payload format 2.0 both ways. */
export function startHttpApi(
  port: number,
  routes: readonly RoutePlan[],
  invoke: Invoke,
  onFailure: (line: string) => void,
): Promise<Server> {
  const server = createServer((request, response) => {
    serve(request, response, routes, invoke).catch((error: unknown) => {
      onFailure(`${request.method} ${request.url}: ${error instanceof Error ? error.message : String(error)}`);
      // API Gateway says no more than this when the function fails or runs out of time.
      if (!response.headersSent) reply(response, 503, { message: 'Service Unavailable' });
    });
  });
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => resolve(server));
  });
}

async function serve(request: IncomingMessage, response: ServerResponse, routes: readonly RoutePlan[], invoke: Invoke) {
  const target = targetOf(request);
  const match = matchRoute(routes, request.method ?? 'GET', target.path);
  if (!match) return reply(response, 404, { message: 'Not Found' });
  const body = await readBody(request);
  if (!body) return reply(response, 413, { message: 'Request Entity Too Large' });
  const result = await invoke(match.route.functionName, eventOf(request, target, match, body));
  send(response, result);
}

type Match = NonNullable<ReturnType<typeof matchRoute>>;
type Target = { readonly path: string; readonly query: string };

/** Cut by hand: a browser's URL parser tidies what it is given and refuses some of what a client may send. */
function targetOf(request: IncomingMessage): Target {
  const [path = '/', ...rest] = (request.url ?? '/').split('?');
  return { path, query: rest.join('?') };
}

function eventOf(request: IncomingMessage, target: Target, match: Match, body: Buffer): APIGatewayProxyEventV2 {
  const { cookie, ...headers } = request.headers;
  const isText = /json|text|urlencoded|xml/.test(headers['content-type'] ?? 'text');
  const cookies = cookie?.split(/;\s*/);
  const now = Date.now();
  const parameters = new URLSearchParams(target.query);
  const query = Object.fromEntries([...parameters.keys()].map((key) => [key, parameters.getAll(key).join(',')]));
  return {
    version: '2.0',
    routeKey: match.route.routeKey,
    rawPath: target.path,
    rawQueryString: target.query,
    ...(cookies ? { cookies } : {}),
    headers: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, [value].flat().join(',')])),
    ...(target.query ? { queryStringParameters: query } : {}),
    ...(Object.keys(match.parameters).length > 0 ? { pathParameters: match.parameters } : {}),
    ...(body.length > 0 ? { body: body.toString(isText ? 'utf8' : 'base64') } : {}),
    isBase64Encoded: body.length > 0 && !isText,
    requestContext: {
      accountId: '000000000000',
      apiId: 'local',
      domainName: headers.host ?? 'localhost',
      domainPrefix: 'localhost',
      http: {
        method: request.method ?? 'GET',
        path: target.path,
        protocol: `HTTP/${request.httpVersion}`,
        sourceIp: request.socket.remoteAddress ?? '127.0.0.1',
        userAgent: headers['user-agent'] ?? '',
      },
      requestId: randomUUID(),
      routeKey: match.route.routeKey,
      stage: '$default',
      time: new Date(now).toUTCString(),
      timeEpoch: now,
    },
  };
}

/** Undefined when there is more than API Gateway lets through. */
export async function readBody(request: IncomingMessage): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size <= BODY_BYTES_MAX) chunks.push(chunk);
  }
  return size > BODY_BYTES_MAX ? undefined : Buffer.concat(chunks);
}

/** A structured result, or anything else as the JSON body of a 200. */
function send(response: ServerResponse, result: unknown): void {
  const isStructured = typeof result === 'object' && result !== null && 'statusCode' in result;
  if (!isStructured) {
    reply(response, 200, result);
    return;
  }
  const { statusCode, headers, cookies, body, isBase64Encoded } = result as APIGatewayProxyStructuredResultV2;
  response.statusCode = statusCode ?? 200;
  for (const [name, value] of Object.entries(headers ?? {})) response.setHeader(name, String(value));
  if (cookies && cookies.length > 0) response.setHeader('set-cookie', cookies);
  response.end(body === undefined ? '' : Buffer.from(body, isBase64Encoded ? 'base64' : 'utf8'));
}

export function reply(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}
