import type { Server } from 'node:http';
import { request } from 'node:http';
import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { startHttpApi } from '../../local/lambda/http-api';
import { freePort } from '../fixtures/free-port';

const routes = ['GET /orders/{id}', 'POST /orders', 'POST /broken'].map((routeKey) => ({
  routeKey,
  functionName: 'orders',
}));

let server: Server;
let origin: string;
let seen: APIGatewayProxyEventV2 | undefined;
let answer: unknown;
const failures: string[] = [];

beforeAll(async () => {
  const port = await freePort();
  origin = `http://127.0.0.1:${port}`;
  const invoke = async (_name: string, event: unknown) => {
    seen = event as APIGatewayProxyEventV2;
    if (seen.rawPath === '/broken') throw new Error('Task timed out after 10 seconds');
    return answer;
  };
  server = await startHttpApi(port, routes, invoke, (line) => failures.push(line));
});
beforeEach(() => {
  seen = undefined;
  answer = { statusCode: 204 };
});
afterAll(() => server.close());

describe('the event', () => {
  test('has the route, its parameters and the query as API Gateway gives them', async () => {
    await fetch(`${origin}/orders/a%20b?tag=1&tag=2&x=%2F`);
    expect(seen).toMatchObject({
      version: '2.0',
      routeKey: 'GET /orders/{id}',
      rawPath: '/orders/a%20b',
      rawQueryString: 'tag=1&tag=2&x=%2F',
      queryStringParameters: { tag: '1,2', x: '/' },
      pathParameters: { id: 'a b' },
      isBase64Encoded: false,
      requestContext: {
        routeKey: 'GET /orders/{id}',
        stage: '$default',
        http: { method: 'GET', path: '/orders/a%20b' },
      },
    });
    expect(seen).not.toHaveProperty('body');
    expect(seen).not.toHaveProperty('cookies');
  });

  test('has lower-case headers and cookies in a list of their own', async () => {
    await fetch(`${origin}/orders/1`, { headers: { 'X-Correlation-Id': 'abc', cookie: 'refresh=1; theme=dark' } });
    expect(seen?.headers['x-correlation-id']).toBe('abc');
    expect(seen?.headers).not.toHaveProperty('cookie');
    expect(seen?.cookies).toEqual(['refresh=1', 'theme=dark']);
  });

  test('keeps every byte of a body: text as text, anything else in base64', async () => {
    const text = '{"name": "ünï",\r\n "n":1.0}';
    await fetch(`${origin}/orders`, { method: 'POST', body: text, headers: { 'content-type': 'application/json' } });
    expect([seen?.body, seen?.isBase64Encoded]).toEqual([text, false]);
    const bytes = Buffer.from([0, 255, 128, 10]);
    await fetch(`${origin}/orders`, { method: 'POST', body: bytes, headers: { 'content-type': 'image/png' } });
    expect([seen?.body, seen?.isBase64Encoded]).toEqual([bytes.toString('base64'), true]);
  });
});

describe('the answer', () => {
  test('carries status, headers and several cookies', async () => {
    answer = { statusCode: 201, headers: { 'x-a': '1' }, cookies: ['a=1; HttpOnly', 'b=2'], body: 'done' };
    const response = await fetch(`${origin}/orders`, { method: 'POST' });
    expect([response.status, response.headers.get('x-a'), await response.text()]).toEqual([201, '1', 'done']);
    expect(response.headers.getSetCookie()).toEqual(['a=1; HttpOnly', 'b=2']);
  });

  test('is decoded when it is binary', async () => {
    answer = { statusCode: 200, isBase64Encoded: true, body: Buffer.from([1, 0, 254]).toString('base64') };
    const response = await fetch(`${origin}/orders/1`);
    expect([...new Uint8Array(await response.arrayBuffer())]).toEqual([1, 0, 254]);
  });

  test('is JSON with status 200 when the function returns a bare value', async () => {
    answer = { hello: 'you' };
    const response = await fetch(`${origin}/orders/1`);
    expect([response.status, response.headers.get('content-type')]).toEqual([200, 'application/json']);
    expect(await response.json()).toEqual({ hello: 'you' });
  });
});

describe('what no function answers', () => {
  test('an unknown route is not found', async () => {
    const response = await fetch(`${origin}/nowhere`);
    expect([response.status, await response.json()]).toEqual([404, { message: 'Not Found' }]);
    expect(seen).toBeUndefined();
  });

  test('a function that fails gives 503, and the reason goes to the log only', async () => {
    const response = await fetch(`${origin}/broken`, { method: 'POST' });
    expect([response.status, await response.json()]).toEqual([503, { message: 'Service Unavailable' }]);
    expect(failures.at(-1)).toBe('POST /broken: Task timed out after 10 seconds');
  });

  test('a body over 10 MB is refused before any function sees it', async () => {
    const body = Buffer.alloc(10 * 1024 * 1024 + 1);
    const response = await fetch(`${origin}/orders`, { method: 'POST', body });
    expect(response.status).toBe(413);
    expect(seen).toBeUndefined();
  });

  test('a path that is no path does not end the server', async () => {
    const status = await new Promise((resolve, reject) => {
      request(`${origin}/`, { path: '//[' }, (response) => resolve(response.resume().statusCode))
        .once('error', reject)
        .end();
    });
    expect(status).toBe(404);
    expect((await fetch(`${origin}/orders/1`)).status).toBe(204);
  });
});
