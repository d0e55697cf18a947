import pg from 'pg';
import { uuidv7 } from 'uuidv7';
import { signature } from '../../local/simulators/stripe/webhooks';
import { Market } from '../fixtures/platform/market';
import { platform } from '../fixtures/platform/platform';
import { type Answer, Trader } from '../fixtures/platform/trader';

/** Goal: bad input gets its own problem, naming the field and the rule, with the right status, and leaves no row. */
describe('bad input through the public door', () => {
  const facts = platform();
  const trader = new Trader(facts);
  const stranger = new Trader(facts);
  const database = new pg.Client({ connectionString: facts.postgres });

  beforeAll(async () => {
    await database.connect();
    await Promise.all([trader.register(), stranger.register()]);
    const { body } = await trader.call('GET', '/tiers');
    await trader.buy(body.tiers[0].slug);
    await new Market(facts.venueControl).touch(trader, 'BTC-USD');
  });
  afterAll(() => database.end());

  const rows = async () => {
    const counts = await database.query(
      `SELECT (SELECT count(*) FROM fills) AS fills, (SELECT count(*) FROM ledger_postings) AS postings,
        (SELECT count(*) FROM purchases) AS purchases, (SELECT count(*) FROM outbox) AS outbox`,
    );
    return counts.rows[0];
  };

  const valid = () => ({ orderId: uuidv7(), instrument: 'BTC-USD', side: 'buy', type: 'market', qty: '0.01' });
  const path = () => `/accounts/${trader.accountId}/orders`;
  const order = (changes: object) => trader.call('POST', path(), { ...valid(), ...changes });

  test.each`
    story                    | changes                        | status | refusal                  | field
    ${'a word as quantity'}  | ${{ qty: 'ten' }}              | ${422} | ${'invalid_request'}     | ${'qty'}
    ${'a number, not text'}  | ${{ qty: 1 }}                  | ${422} | ${'invalid_request'}     | ${'qty'}
    ${'zero'}                | ${{ qty: '0' }}                | ${422} | ${'invalid_request'}     | ${'qty'}
    ${'below zero'}          | ${{ qty: '-1' }}               | ${422} | ${'invalid_request'}     | ${'qty'}
    ${'an exponent'}         | ${{ qty: '1e309' }}            | ${422} | ${'invalid_request'}     | ${'qty'}
    ${'forty digits'}        | ${{ qty: '1'.repeat(40) }}     | ${422} | ${'invalid_request'}     | ${'qty'}
    ${'nine decimals'}       | ${{ qty: '0.000000001' }}      | ${422} | ${'invalid_request'}     | ${'qty'}
    ${'no side'}             | ${{ side: undefined }}         | ${422} | ${'invalid_request'}     | ${'side'}
    ${'an unknown field'}    | ${{ leverage: 100 }}           | ${422} | ${'invalid_request'}     | ${'leverage'}
    ${'no id'}               | ${{ orderId: 'mine' }}         | ${422} | ${'invalid_request'}     | ${'orderId'}
    ${'an unknown market'}   | ${{ instrument: 'DOGE-USD' }}  | ${404} | ${'instrument_unknown'}  | ${'instrument'}
    ${'a text as a market'}  | ${{ instrument: "'; DROP--" }} | ${422} | ${'invalid_request'}     | ${'instrument'}
    ${'less than a minimum'} | ${{ qty: '0.00000001' }}       | ${422} | ${'qty_below_minimum'}   | ${'qty'}
    ${'more than allowed'}   | ${{ qty: '1' }}                | ${422} | ${'insufficient_margin'} | ${'qty'}
  `('an order with $story: $status $refusal', async ({ changes, status, refusal, field }) => {
    const before = await rows();
    expectProblem(await order(changes), status, refusal, field);
    expect(await rows()).toEqual(before);
  });

  test('an outcome off its lot step', async () => {
    const { body } = await trader.call('GET', '/instruments');
    const outcome = body.instruments.find(({ kind }: { kind: string }) => kind === 'outcome');
    expectProblem(await order({ instrument: outcome.id, qty: '10.001' }), 422, 'qty_off_step', 'qty');
  });

  test('a body that is no JSON', async () => {
    expectProblem(await trader.call('POST', path(), '{"orderId":'), 400, 'malformed_json', 'body');
    expectProblem(await trader.call('POST', path(), 'null'), 422, 'invalid_request', 'body');
  });

  test('another trader’s account, assessment, report and violation do not exist', async () => {
    expectProblem(await stranger.call('POST', path(), valid()), 404, 'account_unknown', 'accountId');
    const seen = await stranger.call('GET', `/assessments/${trader.assessmentId}`);
    expectProblem(seen, 404, 'assessment_unknown', 'assessmentId');
    expectProblem(
      await stranger.call('GET', `/accounts/${trader.accountId}/trades`),
      404,
      'account_unknown',
      'accountId',
    );
    expectProblem(
      await stranger.call('GET', `/assessments/${trader.assessmentId}/evidence`),
      404,
      'evidence_unknown',
      'assessmentId',
    );
    expectProblem(await stranger.call('GET', `/reports/${uuidv7()}/pdf`), 404, 'report_unknown', 'reportId');
  });

  test('an order id of another payload is a conflict, and the first order stays', async () => {
    const first = valid();
    expect((await trader.call('POST', path(), first)).status).toBe(201);
    const before = await rows();
    expectProblem(await trader.call('POST', path(), { ...first, qty: '0.02' }), 409, 'order_id_reused', 'orderId');
    expect((await trader.call('POST', path(), first)).status).toBe(200);
    expect(await rows()).toEqual(before);
  });

  test.each`
    story              | token
    ${'no token'}      | ${''}
    ${'a forged one'}  | ${'eyJhbGciOiJub25lIn0.eyJzdWIiOiJhZG1pbiJ9.'}
    ${'a touched one'} | ${'touched'}
  `('$story is refused', async ({ token }) => {
    const authorization = token === 'touched' ? `Bearer ${trader.accessToken.slice(0, -4)}AAAA` : `Bearer ${token}`;
    expectProblem(
      await trader.call('GET', '/me', undefined, { authorization }),
      401,
      'unauthenticated',
      'authorization',
    );
  });

  test('a trader may not publish tiers', async () => {
    const { body } = await trader.call('GET', '/tiers');
    const { name, priceUsd, rules, slug } = body.tiers[0];
    const answer = await trader.call('PUT', `/admin/tiers/${slug}`, { name, priceUsd, rules });
    expect([answer.status, answer.body.refusal]).toEqual([403, 'forbidden']);
  });

  test.each`
    story                    | header
    ${'without a signature'} | ${() => undefined}
    ${'with a forged one'}   | ${(body: string) => signature('whsec_forged', body)}
    ${'with a stale one'}    | ${(body: string) => signature('whsec_forged', body, Date.now() / 1000 - 3_600)}
  `('a webhook $story is refused', async ({ header }) => {
    const before = await rows();
    const body = JSON.stringify({
      id: 'evt_1',
      object: 'event',
      type: 'checkout.session.completed',
      data: { object: {} },
    });
    const signed = header(body);
    const answer = await new Trader(facts).call(
      'POST',
      '/webhooks/stripe',
      body,
      signed ? { 'stripe-signature': signed } : {},
    );
    expect([answer.status, answer.body.refusal]).toEqual([400, 'signature_invalid']);
    expect(await rows()).toEqual(before);
  });

  test('a route that is not there, and a method that a route does not have', async () => {
    expect((await trader.call('GET', '/nothing')).status).toBe(404);
    expect((await trader.call('PUT', path(), {})).status).toBe(404);
  });
});

function expectProblem({ status, body, headers }: Answer, wanted: number, refusal: string, field: string): void {
  expect({ status, refusal: body.refusal }).toEqual({ status: wanted, refusal });
  expect(headers.get('content-type')).toBe('application/problem+json');
  expect(body.type).toBe(`urn:proving-ground:problem:${refusal}`);
  expect(body.errors).toEqual([{ field, rule: expect.stringMatching(/\w{2}/) }]);
  expect(body.correlationId).toBe(headers.get('x-correlation-id'));
}
