import { makeApi, pathOf } from '../../web/lib/api-client';

type Sent = { readonly url: string; readonly init: RequestInit };

const json = (status: number, body: unknown, headers: Record<string, string> = {}) =>
  new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json', ...headers } });

const problemBody = { type: 't', title: 'No', status: 401, refusal: 'unauthenticated', correlationId: 'c' };
const unauthenticated = () => json(401, problemBody, { 'content-type': 'application/problem+json' });

function api(answers: readonly (() => Response | Promise<Response>)[], token?: string, isRenewable = true) {
  const sent: Sent[] = [];
  const queue = [...answers];
  const tokens = { current: token };
  let renewals = 0;
  const made = makeApi({
    fetch: (async (url: string, init: RequestInit) => {
      sent.push({ url, init });
      return queue.shift()?.() ?? json(200, {});
    }) as typeof fetch,
    newId: () => 'correlation-1',
    credentials: {
      accessToken: () => tokens.current,
      renew: async () => {
        renewals++;
        if (isRenewable) tokens.current = 'new';
        return isRenewable;
      },
    },
  });
  return { made, sent, renewals: () => renewals };
}

const headersOf = (sent: Sent | undefined) => sent?.init.headers as Record<string, string>;

/** Goal: every call ends in a value, carries its correlation id, and survives an expired token. */
test('it sends what the contract names, and nothing without need', async () => {
  const { made, sent } = api([() => json(200, { tiers: [] })]);
  expect(await made.call('GET /tiers', {})).toEqual({ ok: true, value: { tiers: [] } });
  expect(sent[0]?.url).toBe('/api/tiers');
  expect(headersOf(sent[0])).toEqual({ 'x-correlation-id': 'correlation-1' });
  expect(sent[0]?.init.body).toBeUndefined();
});

test('what a list is asked for stands behind its path', async () => {
  const { made, sent } = api([() => json(200, { signals: [] })]);
  await made.call('GET /risk/signals', { query: { which: 'undecided' } });
  expect(sent[0]?.url).toBe('/api/risk/signals?which=undecided');
});

test('an expired token is renewed once and the call repeated with the same correlation id', async () => {
  const { made, sent, renewals } = api([unauthenticated, () => json(200, { assessments: [] })], 'old');
  expect((await made.call('GET /assessments', {})).ok).toBe(true);
  expect(sent.map((one) => headersOf(one).authorization)).toEqual(['Bearer old', 'Bearer new']);
  expect(new Set(sent.map((one) => headersOf(one)['x-correlation-id'])).size).toBe(1);
  expect(renewals()).toBe(1);
});

test.each`
  story                                    | token        | isRenewable | renewals
  ${'without a token there is no renewal'} | ${undefined} | ${true}     | ${0}
  ${'a session that is over stays over'}   | ${'old'}     | ${false}    | ${1}
`('$story', async ({ token, isRenewable, renewals }) => {
  const made = api([unauthenticated], token, isRenewable);
  expect(await made.made.call('GET /me', {})).toEqual({ ok: false, problem: problemBody });
  expect(made.renewals()).toBe(renewals);
});

test('no answer at all is a problem too', async () => {
  const { made } = api([
    () => {
      throw new TypeError('Failed to fetch');
    },
  ]);
  expect(await made.call('GET /tiers', {})).toMatchObject({
    ok: false,
    problem: { refusal: 'unreachable', status: 0, correlationId: 'correlation-1' },
  });
});

test.each`
  story                           | answer
  ${'a gateway’s HTML'}           | ${() => new Response('<h1>502</h1>', { status: 502, headers: { 'content-type': 'text/html' } })}
  ${'JSON that is not a problem'} | ${() => json(503, { message: 'Service Unavailable' })}
`('$story is named as unreadable', async ({ answer }: { answer: () => Response }) => {
  expect(await api([answer]).made.call('GET /tiers', {})).toMatchObject({ problem: { refusal: 'unreadable' } });
});

const HASH = 'ab'.repeat(32);

test.each`
  story                          | etag             | sha256
  ${'as it was sent'}            | ${`"${HASH}"`}   | ${HASH}
  ${'packed on the way'}         | ${`W/"${HASH}"`} | ${HASH}
  ${'of something else than it'} | ${'"v1"'}        | ${undefined}
  ${'without any'}               | ${undefined}     | ${undefined}
`('documents come as bytes, also when they are JSON, with their hash: $story', async ({ etag, sha256 }) => {
  const attachment = { 'content-disposition': 'attachment; filename="evidence.json"', ...(etag && { etag }) };
  const { made } = api([() => json(200, { format: 2 }, attachment)], 'token');
  const answer = await made.call('GET /assessments/{assessmentId}/evidence', { params: { assessmentId: 'a' } });
  if (!answer.ok) throw new Error(answer.problem.title);
  expect(await answer.value.file.text()).toBe('{"format":2}');
  expect(answer.value.sha256).toBe(sha256);
});

test('a path takes its parameters, escaped, and misses none', () => {
  expect(pathOf('GET /instruments/{instrument}/book', { instrument: 'BTC/USD?' })).toBe(
    '/instruments/BTC%2FUSD%3F/book',
  );
  expect(() => pathOf('GET /instruments/{instrument}/book', {})).toThrow('needs instrument');
});
