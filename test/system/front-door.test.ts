import { request } from 'node:http';
import { connect } from 'node:net';
import WebSocket from 'ws';
import { SEATS_MAX } from '../../usecases/ports/gateway/seats';
import { platform } from '../fixtures/platform/platform';
import { PASSWORD, Trader } from '../fixtures/platform/trader';

const facts = platform();
const origin = new URL(facts.origin);

/** A call from an address of this machine's own; the whole of 127.0.0.0/8 leads here. */
function from(
  localAddress: string,
  path: string,
  body?: object,
  headers: Readonly<Record<string, string>> = {},
): Promise<{ readonly status: number | undefined; readonly text: string }> {
  const to = { host: '127.0.0.1', port: origin.port, path, localAddress, method: body ? 'POST' : 'GET' };
  return new Promise((resolve, reject) => {
    const call = request({ ...to, headers: { 'content-type': 'application/json', ...headers } }, (response) => {
      let text = '';
      response.on('data', (chunk: Buffer) => {
        text += chunk.toString();
      });
      response.on('end', () => resolve({ status: response.statusCode, text }));
    });
    call.once('error', reject);
    call.end(body && JSON.stringify(body));
  });
}

/** Goal: limits count people, not the edge that they come through. */
test.each`
  story                                    | claims
  ${'one viewer'}                          | ${{}}
  ${'one that claims the owner’s address'} | ${{ 'x-viewer-address': '127.0.0.3', 'x-forwarded-for': '127.0.0.3' }}
`('ten wrong logins of $story do not lock out the owner at another', async ({ claims }) => {
  const owner = new Trader(facts);
  await owner.register();
  const wrong = { email: owner.email, password: 'not the password of anybody' };
  for (let guess = 0; guess < 12; guess++) {
    expect((await from('127.0.0.2', '/api/auth/login', wrong, claims)).status).not.toBe(200);
  }
  const right = { email: owner.email, password: PASSWORD };
  expect((await from('127.0.0.3', '/api/auth/login', right)).status).toBe(200);
});

test('past the origin the API answers nothing but whether it is well, whatever is claimed', async () => {
  const answers = async (path: string) => (await fetch(`${facts.api}${path}`, { headers: CLAIMS })).status;
  expect(await Promise.all(['/health', '/ready'].map(answers))).toEqual([200, 200]);
  expect(await Promise.all(['/tiers', '/me', '/.well-known/jwks.json'].map(answers))).toEqual([403, 403, 403]);
  const login = await fetch(`${facts.api}/auth/login`, {
    method: 'POST',
    headers: { ...CLAIMS, 'content-type': 'application/json' },
    body: JSON.stringify({ email: 'trader@example.com', password: 'trade carefully 24' }),
  });
  expect(await login.json()).toMatchObject({ status: 403, refusal: 'edge_bypassed' });
  expect((await fetch(`${facts.origin}/api/tiers`, { headers: CLAIMS })).status).toBe(200);
});

const CLAIMS = { 'x-viewer-address': '203.0.113.7', 'x-origin-secret': 'a guess' };
const apiPort = Number(new URL(facts.api).port);

test('so does the gateway of the sockets', async () => {
  const trader = new Trader(facts);
  await trader.register();
  const { body } = await trader.call('POST', '/realtime/tickets');
  const socket = new WebSocket(`ws://127.0.0.1:${apiPort + 3}/ws?ticket=${body.ticket}`, {
    origin: facts.origin,
    headers: CLAIMS,
  });
  const refused = new Promise((resolve) => socket.once('error', ({ message }) => resolve(message)));
  expect(await refused).toContain('403');
});

test('a person has so many connections; one more is closed by name', async () => {
  const trader = new Trader(facts);
  await trader.register();
  const open = [];
  for (let n = 0; n < SEATS_MAX.person; n++) {
    const live = await trader.live();
    await live.until('the welcome', ({ type }) => type === 'welcome');
    open.push(live);
  }
  expect(await (await trader.live()).closed).toBe(4429);
  for (const live of open) live.close();
});

test('an unknown page is the site’s own page for that; the API’s answers stay the API’s', async () => {
  const page = await fetch(`${facts.origin}/nowhere/`);
  expect([page.status, page.headers.get('content-type')]).toEqual([404, 'text/html; charset=utf-8']);
  expect(await page.text()).toContain('<html');
  expect(page.headers.get('content-security-policy')).toContain("default-src 'self'");
  const known = await fetch(`${facts.origin}/login`);
  expect([known.status, (await fetch(`${facts.origin}/desk/`)).status]).toEqual([200, 200]);
  const api = await fetch(`${facts.origin}/api/nowhere`);
  expect([api.status, await api.json()]).toEqual([404, { message: 'Not Found' }]);
  const refused = await fetch(`${facts.origin}/api/me`);
  expect([refused.status, ((await refused.json()) as { refusal: string }).refusal]).toEqual([401, 'unauthenticated']);
});

test('the keys of the access tokens are where their issuer’s name leads', async () => {
  const [byIssuer, byApi] = await Promise.all(
    ['/.well-known/jwks.json', '/api/.well-known/jwks.json'].map(async (path) => fetch(`${facts.origin}${path}`)),
  );
  expect(byIssuer?.status).toBe(200);
  expect(await byIssuer?.json()).toEqual(await byApi?.json());
});

const accepts = (host: string, port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect({ host, port });
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
    socket.once('close', () => socket.destroy()).setTimeout(5_000, () => socket.destroy());
  }).then((answer) => answer === true);

/** What listens on every interface is also reached at the other addresses of the loopback. */
test('nothing of the platform listens on another interface than the loopback’s own address', async () => {
  const ports = Array.from({ length: 100 }, (_, offset) => apiPort + offset);
  const open = async (host: string) => {
    const answers = await Promise.all(ports.map((port) => accepts(host, port)));
    return ports.filter((_, index) => answers[index]).map((port) => port - apiPort);
  };
  expect((await open('127.0.0.1')).length).toBeGreaterThanOrEqual(17);
  expect(await open('127.0.0.2')).toEqual([]);
});
