import { randomUUID } from 'node:crypto';
import type { Route } from '../../../contracts/http/route';
import { functions } from '../../../contracts/http/routes';
import { freePort } from '../../fixtures/free-port';
import { type Answer, EDGE_WORDS, FunctionWorld, ORIGIN, type Request, signedIn } from './world';

let world: FunctionWorld;
beforeAll(async () => {
  world = await FunctionWorld.start(await freePort());
});
afterAll(() => world.stop());

const credentials = () => ({ email: `a-${randomUUID()}@example.com`, password: 'correct horse battery' });
const login = (request: Request) => world.call('POST /auth/login', { ip: randomUUID(), ...request });
const told = ({ status, body }: Answer) => `${status} ${body.refusal ?? 'taken'}`;
const UNKNOWN = '401 credentials_invalid';

/** Goal: the API hears those who come by way of the edge, and nobody else learns anything of it. */
describe('past the edge', () => {
  const routes = Object.values(functions).flatMap((some) => Object.values<Route>(some));
  const reached = routes.map((route) => [`${route.method} ${route.path}`, route.pastEdge === true] as const);

  test.each(reached)('%s answers: %s', async (route, isOpen) => {
    const path = route.replace(/\{\w+\}/g, randomUUID());
    const headers = { 'x-origin-secret': 'a guess', 'x-viewer-address': '203.0.113.9' };
    const answer = await world.call(path, { headers, body: {} });
    expect(told(answer) === '403 edge_bypassed').toBe(!isOpen);
    expect(answer.cookies).toEqual([]);
  });

  test('only health and readiness are open', () => {
    expect(reached.flatMap(([route, isOpen]) => (isOpen ? [route] : []))).toEqual(['GET /health', 'GET /ready']);
  });

  test('what the edge said before still counts while its word is being changed', async () => {
    const at = (word: string) => login({ body: credentials(), headers: { 'x-origin-secret': word } });
    expect([told(await at(EDGE_WORDS[0])), told(await at(EDGE_WORDS[1]))]).toEqual([UNKNOWN, UNKNOWN]);
  });
});

/** Goal: a page of another site can make no browser do anything here. */
describe('pages of other sites', () => {
  const elsewhere = 'https://evil.example';

  test.each`
    story                                  | headers                                                    | verdict
    ${'a form’s text'}                     | ${{ 'content-type': 'text/plain' }}                        | ${'415 not_json'}
    ${'a form'}                            | ${{ 'content-type': 'application/x-www-form-urlencoded' }} | ${'415 not_json'}
    ${'nothing said of its type'}          | ${{ 'content-type': '' }}                                  | ${'415 not_json'}
    ${'a type that only begins like JSON'} | ${{ 'content-type': 'application/json-seq' }}              | ${'415 not_json'}
    ${'JSON inside of another type'}       | ${{ 'content-type': 'text/plain; application/json' }}      | ${'415 not_json'}
    ${'JSON with its character set'}       | ${{ 'content-type': 'Application/JSON ; charset=utf-8' }}  | ${UNKNOWN}
    ${'an older browser elsewhere'}        | ${{ origin: elsewhere }}                                   | ${'403 foreign_page'}
    ${'a page without an origin'}          | ${{ origin: 'null' }}                                      | ${'403 foreign_page'}
    ${'a host that begins like ours'}      | ${{ origin: `${ORIGIN}.evil.example` }}                    | ${'403 foreign_page'}
    ${'an older browser here'}             | ${{ origin: ORIGIN }}                                      | ${UNKNOWN}
    ${'a browser elsewhere'}               | ${{ 'sec-fetch-site': 'cross-site', origin: elsewhere }}   | ${'403 foreign_page'}
    ${'a browser at a neighbour'}          | ${{ 'sec-fetch-site': 'same-site' }}                       | ${'403 foreign_page'}
    ${'a browser that claims our origin'}  | ${{ 'sec-fetch-site': 'cross-site', origin: ORIGIN }}      | ${'403 foreign_page'}
    ${'a browser here'}                    | ${{ 'sec-fetch-site': 'same-origin', origin: ORIGIN }}     | ${UNKNOWN}
    ${'a program'}                         | ${{}}                                                      | ${UNKNOWN}
  `('$story: $verdict', async ({ headers, verdict }) => {
    expect(told(await login({ body: credentials(), headers }))).toBe(verdict);
  });

  test('nor renew or end a session, nor act for whoever is signed in', async () => {
    const { cookie, token } = await signedIn(world);
    const headers = { origin: elsewhere };
    for (const route of ['POST /auth/refresh', 'POST /auth/logout', 'POST /realtime/tickets']) {
      const answer = await world.call(route, { cookies: [cookie], token, headers });
      expect([told(answer), answer.cookies]).toEqual(['403 foreign_page', []]);
    }
    expect((await world.call('POST /auth/refresh', { cookies: [cookie] })).status).toBe(200);
  });

  test('a webhook has its signature instead', async () => {
    const answer = await world.call('POST /webhooks/stripe', { raw: '{}', headers: { origin: elsewhere } });
    expect(told(answer)).toBe('400 signature_invalid');
  });
});

/** Goal: whatever is sent, the answer is small, and soon there. */
describe('too much', () => {
  const keys = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, n) => [`k${n}`, 1]));
  const nested = (depth: number) => `${'['.repeat(depth)}${']'.repeat(depth)}`;
  const size = ({ body }: Answer) => JSON.stringify(body).length;

  test.each`
    story                                   | raw                                                  | verdict                  | field
    ${'300,000 unknown fields'}             | ${() => JSON.stringify(keys(300_000))}               | ${'413 body_too_large'}  | ${'body'}
    ${'one byte too many'}                  | ${() => JSON.stringify('a'.repeat(64 * 1024 - 1))}   | ${'413 body_too_large'}  | ${'body'}
    ${'as many bytes as may be'}            | ${() => JSON.stringify('a'.repeat(64 * 1024 - 2))}   | ${'422 invalid_request'} | ${'body'}
    ${'too many bytes in fewer characters'} | ${() => JSON.stringify('é'.repeat(40_000))}          | ${'413 body_too_large'}  | ${'body'}
    ${'as many unknown fields as fit'}      | ${() => JSON.stringify(keys(6_000))}                 | ${'422 invalid_request'} | ${'body'}
    ${'fewer, each of them unknown'}        | ${() => JSON.stringify(keys(3_000))}                 | ${'422 invalid_request'} | ${'email'}
    ${'one whose name is long'}             | ${() => JSON.stringify({ ['n'.repeat(60_000)]: 1 })} | ${'422 invalid_request'} | ${'email'}
    ${'30,000 lists in one another'}        | ${() => nested(30_000)}                              | ${'422 invalid_request'} | ${'body'}
  `('$story: $verdict', async ({ raw, verdict, field }) => {
    const answer = await login({ raw: raw() });
    expect([told(answer), answer.body.errors[0].field]).toEqual([verdict, field]);
    expect(size(answer)).toBeLessThan(4_000);
  });

  test('a webhook may be larger, but not without end', async () => {
    const send = (bytes: number) => world.call('POST /webhooks/stripe', { raw: 'x'.repeat(bytes) });
    expect(told(await send(100_000))).toBe('400 signature_invalid');
    expect(told(await send(600_000))).toBe('413 body_too_large');
  });
});

/** Goal: text that no database can hold is a fault of its field, wherever it stands. */
describe('U+0000 and half characters', () => {
  test.each(['\u0000', '\ud800'])('%j in a body, a path, a query', async (poison) => {
    const { token } = await signedIn(world);
    const registered = await world.call('POST /auth/register', {
      body: { ...credentials(), displayName: `Ann${poison}` },
      ip: randomUUID(),
    });
    expect([told(registered), registered.body.errors[0].field]).toEqual(['422 invalid_request', 'displayName']);
    const signing = await login({ body: { ...credentials(), password: `correct horse${poison}` } });
    expect([told(signing), signing.body.errors[0].field]).toEqual(['422 invalid_request', 'password']);
    const path = await world.call(`GET /instruments/BTC-USD${poison === '\u0000' ? '%00' : poison}/book`, { token });
    expect(told(path)).toBe('422 invalid_request');
  });
});

test('the scheme of a token may be written in any case', async () => {
  const { token } = await signedIn(world);
  for (const scheme of ['bearer', 'BEARER', 'Bearer ']) {
    expect((await world.call('GET /me', { headers: { authorization: `${scheme} ${token}` } })).status).toBe(200);
  }
  expect((await world.call('GET /me', { headers: { authorization: `Basic ${token}` } })).status).toBe(401);
});
