import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { readBody, reply } from './http-api';
import { InvocationError } from './instance';

/** `POST /2015-03-31/functions/<name>/invocations`, as the AWS SDK asks. */
const INVOCATION = /^\/2015-03-31\/functions\/([^/]+)\/invocations$/;

type Invoke = (functionName: string, event: unknown) => Promise<unknown>;

/**
 * Lambda's own API, as far as operators use it: a function that no route leads to is called by its name in the template.
 * A call without a signature is refused as AWS refuses it; nobody here can check one, but no web page can make one.
 */
export function startInvokeApi(port: number, names: ReadonlyMap<string, string>, invoke: Invoke): Promise<Server> {
  const server = createServer((request, response) => {
    serve(request, response, names, invoke).catch((error: unknown) => {
      const message = error instanceof Error ? error.message : String(error);
      if (!response.headersSent) refuse(response, 500, 'ServiceException', message);
    });
  });
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => resolve(server));
  });
}

async function serve(
  request: IncomingMessage,
  response: ServerResponse,
  names: ReadonlyMap<string, string>,
  invoke: Invoke,
): Promise<void> {
  if (!request.headers.authorization?.startsWith('AWS4-HMAC-SHA256 ')) {
    return refuse(response, 403, 'MissingAuthenticationTokenException', 'Missing Authentication Token');
  }
  const asked = INVOCATION.exec(request.url?.split('?')[0] ?? '')?.[1];
  const name = asked === undefined ? undefined : names.get(decodeURIComponent(asked));
  if (request.method !== 'POST' || name === undefined) {
    return refuse(response, 404, 'ResourceNotFoundException', `Function not found: ${asked ?? request.url}`);
  }
  const body = await readBody(request);
  if (!body) return refuse(response, 413, 'RequestTooLargeException', 'the payload is too large');
  try {
    reply(response, 200, await invoke(name, JSON.parse(body.toString('utf8'))));
  } catch (error) {
    if (!(error instanceof InvocationError)) throw error;
    response.setHeader('x-amz-function-error', 'Unhandled');
    reply(response, 200, { errorType: 'Error', errorMessage: error.message, requestId: randomUUID() });
  }
}

function refuse(response: ServerResponse, status: number, type: string, message: string): void {
  response.setHeader('x-amzn-errortype', type);
  reply(response, status, { message });
}
