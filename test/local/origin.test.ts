import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingHttpHeaders, request, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { WebSocket, WebSocketServer } from 'ws';
import { startOrigin } from '../../local/edge/origin';
import { freePort } from '../fixtures/free-port';

const STRIP = `function handler(event) {
  var request = event.request;
  request.uri = request.uri.replace('/api', '');
  request.headers['x-viewer-address'] = { value: event.viewer.ip };
  return request;
}`;
const NAME_FILE = `function handler(event) {
  var request = event.request;
  if (request.uri.endsWith('/')) request.uri += 'index.html';
  if (request.uri.startsWith('/nowhere')) request.uri = '/404.html';
  return request;
}`;
const TELL_UNKNOWN = `function handler(event) {
  if (event.request.uri === '/404.html') event.response.statusCode = 404;
  return event.response;
}`;
const SECRET = { 'x-origin-secret': 'known to the edge' };

const stops: (() => void)[] = [];
let base: string;
let seen: { url: string; headers: IncomingHttpHeaders; body: string } | undefined;

beforeAll(async () => {
  const outer = mkdtempSync(join(tmpdir(), 'site '));
  const pagesDir = join(outer, 'out');
  mkdirSync(join(pagesDir, 'desk'), { recursive: true });
  mkdirSync(join(pagesDir, '_next/static'), { recursive: true });
  mkdirSync(join(outer, 'out-secret'));
  for (const [file, text] of [
    ['out/index.html', '<h1>home</h1>'],
    ['out/desk/index.html', '<h1>desk</h1>'],
    ['out/404.html', '<h1>not here</h1>'],
    ['out/_next/static/a.js', '1'],
    ['secret.txt', 'secret'],
    ['out-secret/key.txt', 'secret'],
  ] as const) {
    writeFileSync(join(outer, file), text);
  }
  const [apiPort, websocketPort, port] = [await freePort(), await freePort(), await freePort()];
  const simulatorPort = await freePort();
  const api = createServer(async (incoming, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of incoming) chunks.push(chunk as Buffer);
    seen = { url: incoming.url ?? '', headers: incoming.headers, body: Buffer.concat(chunks).toString() };
    response.writeHead(201, { 'set-cookie': ['a=1', 'b=2'], 'x-frame-options': 'api' }).end('from the api');
  });
  await listening(api, apiPort);
  const simulator = createServer((incoming, response) => {
    response.writeHead(200, { 'content-security-policy': 'its own' }).end(`simulator ${incoming.url}`);
  });
  await listening(simulator, simulatorPort);
  const sockets = new WebSocketServer({ port: websocketPort, host: '127.0.0.1' });
  sockets.on('connection', (socket, incoming) => {
    const { origin, 'x-viewer-address': viewer, 'x-origin-secret': secret } = incoming.headers;
    socket.send(`${incoming.url} ${origin} ${viewer} ${secret}`);
    socket.on('message', (data) => socket.send(`echo ${data}`));
  });
  const none = { viewerRequest: undefined, viewerResponse: undefined, originHeaders: {}, responseHeaders: {} };
  const origin = await startOrigin({
    port,
    pagesDir,
    apiPort,
    websocketPort,
    simulatorPort,
    behaviours: [
      {
        ...none,
        pattern: '/api/*',
        target: 'api',
        viewerRequest: STRIP,
        originHeaders: SECRET,
        responseHeaders: { 'x-frame-options': 'DENY' },
      },
      { ...none, pattern: '/ws', target: 'websocket', viewerRequest: STRIP, originHeaders: SECRET },
      {
        ...none,
        pattern: '*',
        target: 'pages',
        viewerRequest: NAME_FILE,
        viewerResponse: TELL_UNKNOWN,
        responseHeaders: { 'x-a': 'page' },
      },
    ],
  });
  base = `http://127.0.0.1:${port}`;
  stops.push(
    () => origin.close(),
    () => sockets.close(),
    () => api.close(),
    () => simulator.close(),
  );
});

afterAll(() => {
  for (const stop of stops) stop();
});

const listening = (server: Server, port: number) =>
  new Promise<void>((resolve) => server.listen(port, '127.0.0.1', () => resolve()));

const DENIED = expect.stringContaining('<Code>AccessDenied</Code>');

/** As it stands, without the tidying that fetch does. */
const statusOf = (path: string) =>
  new Promise<{ status: number | undefined; text: string }>((resolve, reject) => {
    request(base, { path }, (response) => {
      let text = '';
      response.on('data', (chunk) => {
        text += chunk;
      });
      response.on('end', () => resolve({ status: response.statusCode, text }));
    })
      .once('error', reject)
      .end();
  });

test('the API gets the path that the viewer function made, and body, query and viewer’s address', async () => {
  const response = await fetch(`${base}/api/orders?x=1`, { method: 'POST', body: 'raw bytes' });
  expect([response.status, await response.text()]).toEqual([201, 'from the api']);
  expect(seen).toMatchObject({ url: '/orders?x=1', body: 'raw bytes' });
  expect(seen?.headers['x-viewer-address']).toMatch(/127\.0\.0\.1$/);
});

test('the answer keeps its cookies; the headers policy wins over the API', async () => {
  const response = await fetch(`${base}/api/orders`);
  expect(response.headers.getSetCookie()).toEqual(['a=1', 'b=2']);
  expect(response.headers.get('x-frame-options')).toBe('DENY');
});

test('those behind get the viewer’s address and the secret from the origin, whatever the viewer claims', async () => {
  const claims = { 'x-viewer-address': '10.0.0.1', 'X-Origin-Secret': 'a guess' };
  await fetch(`${base}/api/orders`, { headers: claims });
  expect(seen?.headers).toMatchObject({ 'x-viewer-address': expect.stringMatching(/127\.0\.0\.1$/), ...SECRET });
  const socket = new WebSocket(`${base.replace('http', 'ws')}/ws`, { origin: 'http://page', headers: claims });
  const told = await new Promise((resolve) => socket.once('message', (data) => resolve(String(data))));
  expect(told).toMatch(/^\/ws http:\/\/page \S*127\.0\.0\.1 known to the edge$/);
  socket.close();
});

test.each`
  path                              | status | text
  ${'/'}                            | ${200} | ${'<h1>home</h1>'}
  ${'/desk/'}                       | ${200} | ${'<h1>desk</h1>'}
  ${'/nowhere/'}                    | ${404} | ${'<h1>not here</h1>'}
  ${'/../secret.txt'}               | ${403} | ${DENIED}
  ${'/%2e%2e/secret.txt'}           | ${403} | ${DENIED}
  ${'/../out-secret/key.txt'}       | ${403} | ${DENIED}
  ${'/%2e%2e%2fout-secret/key.txt'} | ${403} | ${DENIED}
  ${'/%E0%A4'}                      | ${403} | ${DENIED}
  ${'//['}                          | ${403} | ${DENIED}
`('the page at $path', async ({ path, status, text }) => {
  expect(await statusOf(path)).toEqual({ status, text });
});

test('files whose name carries a hash are kept for ever, pages are asked for again', async () => {
  const [script, page] = [await fetch(`${base}/_next/static/a.js`), await fetch(`${base}/`)];
  expect(script.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
  expect(page.headers.get('cache-control')).toBe('no-cache');
  expect([page.headers.get('content-type'), page.headers.get('x-a')]).toEqual(['text/html; charset=utf-8', 'page']);
});

test('a WebSocket goes through with its path, query and origin, both ways', async () => {
  const socket = new WebSocket(`${base.replace('http', 'ws')}/ws?ticket=1`, { origin: 'http://page' });
  const next = () => new Promise((resolve) => socket.once('message', (data) => resolve(String(data))));
  expect(await next()).toMatch(/^\/ws\?ticket=1 http:\/\/page /);
  const answer = next();
  socket.send('hello');
  expect(await answer).toBe('echo hello');
  socket.close();
});

test('there are no WebSockets elsewhere', async () => {
  const socket = new WebSocket(`${base.replace('http', 'ws')}/desk/`);
  const [error] = await new Promise<Error[]>((resolve) => socket.once('error', (...args) => resolve(args)));
  expect(error?.message).toContain('404');
});

/** Goal: the simulated venues' page stands beside the site, under its own name and no other. */
test.each`
  path                           | said
  ${'/simulator'}                | ${'simulator /simulator'}
  ${'/simulator/page.js'}        | ${'simulator /simulator/page.js'}
  ${'/simulator/control/venues'} | ${'simulator /simulator/control/venues'}
  ${'/simulators'}               | ${/AccessDenied/}
`('$path answers $said', async ({ path, said }) => {
  const answer = await fetch(`${base}${path}`);
  expect(await answer.text()).toMatch(said);
});
