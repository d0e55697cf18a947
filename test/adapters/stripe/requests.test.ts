import { randomUUID } from 'node:crypto';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import Stripe from 'stripe';
import { checkoutParams } from '../../../adapters/stripe/payment-provider';
import { connectStripe, StripeFault } from '../../../adapters/stripe/requests';
import { idOf } from '../../../domain/kernel/ids';
import { instant } from '../../../domain/kernel/instant';
import { parseUsd, type Usd } from '../../../domain/kernel/money';

type Asked = { readonly line: string; readonly headers: IncomingHttpHeaders; readonly form: readonly string[] };
type Said = { readonly status: number; readonly body: string; readonly headers?: Record<string, string> };

const KEY = 'sk_test_requests';
const params = checkoutParams(
  {
    purchaseId: idOf(randomUUID()),
    resetOf: null,
    userId: idOf(randomUUID()),
    tierId: idOf(randomUUID()),
    tierSlug: 'sprint-10k',
    tierName: 'Sprint & Größe 10K',
    priceUsd: parseUsd('89.01') as Usd,
    ruleSetVersion: 1,
    ruleSetHash: 'a'.repeat(64),
    assessmentId: idOf(randomUUID()),
    createdAt: instant(1_764_000_000_000),
  },
  'ann+x@example.com',
  'https://desk.example',
);
const session = { status: 200, body: '{"id":"cs_1","url":"https://x"}' };
const fault = (error: object) => JSON.stringify({ error });

let server: Server;
let asked: Asked[];
let answers: Said[];
beforeAll(async () => {
  server = createServer(async (request, response) => {
    const form = [...new URLSearchParams(await text(request))].map(([name, value]) => `${name}=${value}`);
    asked.push({ line: `${request.method} ${request.url}`, headers: request.headers, form });
    const { status, body, headers } = (answers.length > 1 ? answers.shift() : answers[0]) as Said;
    response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
afterAll(() => server.close());
beforeEach(() => {
  asked = [];
});

const port = () => (server.address() as AddressInfo).port;
const ours = () => connectStripe({ apiKey: KEY, apiUrl: `http://127.0.0.1:${port()}` });
/** Stripe's own library, which ours must agree with. */
const theirs = () =>
  new Stripe(KEY, { host: '127.0.0.1', port: port(), protocol: 'http', maxNetworkRetries: 1, telemetry: false });

test('a checkout and a question are the requests that Stripe’s own library sends', async () => {
  answers = [session];
  await ours().createCheckout(params, 'key');
  await ours().findPayment('pi_1');
  await theirs().checkout.sessions.create(params, { idempotencyKey: 'key' });
  await theirs().paymentIntents.retrieve('pi_1');
  const told = asked.map(({ line, headers, form }) => ({
    ...{ line, form: [...form].sort() },
    key: headers['idempotency-key'],
    version: headers['stripe-version'],
    authorization: headers.authorization,
    type: line.startsWith('POST') ? headers['content-type']?.split(';')[0] : undefined,
  }));
  expect(told.slice(0, 2)).toEqual(told.slice(2));
});

test.each<[string, Said]>([
  [
    'a parameter that is wrong',
    { status: 400, body: fault({ type: 'invalid_request_error', code: 'parameter_missing', message: 'm' }) },
  ],
  [
    'a payment that is not there',
    { status: 404, body: fault({ type: 'invalid_request_error', code: 'resource_missing', message: 'm' }) },
  ],
  ['a key with other parameters', { status: 400, body: fault({ type: 'idempotency_error', message: 'm' }) }],
  ['a wrong key', { status: 401, body: fault({ type: 'invalid_request_error', message: 'm' }) }],
  ['a key without the right', { status: 403, body: fault({ type: 'invalid_request_error', message: 'm' }) }],
  [
    'too many requests',
    { status: 429, body: fault({ type: 'invalid_request_error', code: 'rate_limit', message: 'm' }) },
  ],
  ['a fault of theirs', { status: 500, body: fault({ type: 'api_error', message: 'm' }) }],
  ['a page of a proxy', { status: 502, body: '<html>bad gateway</html>' }],
])('%s is the error that Stripe’s own library makes of it, after as many attempts', async (_, said) => {
  answers = [said];
  const own = await ours()
    .findPayment('pi_1')
    .catch((error) => error);
  const attempts = asked.splice(0).length;
  const library = await theirs()
    .paymentIntents.retrieve('pi_1')
    .catch((error) => error);
  expect({ type: own.type, code: own.code, attempts }).toEqual({
    type: library.type,
    code: library.code,
    attempts: asked.length,
  });
  expect(own).toBeInstanceOf(StripeFault);
});

test.each<[string, Said]>([
  ['what broke on their side', { status: 503, body: fault({ type: 'api_error', message: 'm' }) }],
  ['what lost against another request', { status: 409, body: fault({ type: 'idempotency_error', message: 'm' }) }],
  ['what they ask to be repeated', { status: 400, body: fault({}), headers: { 'stripe-should-retry': 'true' } }],
])('%s is sent once more with the same key', async (_, said) => {
  answers = [said, session];
  await expect(ours().createCheckout(params, 'key')).resolves.toMatchObject({ id: 'cs_1' });
  expect(asked.map(({ headers }) => headers['idempotency-key'])).toEqual(['key', 'key']);
});

test('what they ask not to be repeated is an outage at once', async () => {
  answers = [{ status: 503, body: fault({ type: 'api_error' }), headers: { 'stripe-should-retry': 'false' } }, session];
  await expect(ours().createCheckout(params, 'key')).rejects.toMatchObject({ isOutage: true });
  expect(asked).toHaveLength(1);
});
