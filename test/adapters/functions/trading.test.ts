import { createHash, randomUUID } from 'node:crypto';
import { makeAssessmentStore } from '../../../adapters/cockroach/assessments/assessment-store';
import { makeInstrumentStore } from '../../../adapters/cockroach/market-data/instrument-store';
import { makeBlackoutStore } from '../../../adapters/cockroach/surveillance/blackout-store';
import { makeBookStore } from '../../../adapters/redis/market-store';
import { replayEvidence } from '../../../domain/assessment/evidence/evidence';
import type { RuleSet } from '../../../domain/assessment/rules/rule-set';
import { type BlackoutId, type InstrumentId, idOf, type UserId } from '../../../domain/kernel/ids';
import { instant } from '../../../domain/kernel/instant';
import { functionDatabase } from '../../../runtime/database';
import { openRedis } from '../../../runtime/redis';
import { freePort } from '../../fixtures/free-port';
import { priceOf, qtyOf } from '../../fixtures/open-trading';
import { bitcoin, newAssessment, rules } from '../../fixtures/stored-account';
import { LivingBooks } from '../living-books';
import { FunctionWorld, signedIn } from './world';

const DOGE = idOf<InstrumentId>('DOGE-USD');

let world: FunctionWorld;
let sequence = 0;
beforeAll(async () => {
  world = await FunctionWorld.start(await freePort());
  const instrument = { ...bitcoin, id: DOGE, venueSymbol: 'DOGE/USD', title: 'Dogecoin' };
  await makeInstrumentStore(await functionDatabase()).upsert([instrument]);
});
const books = new LivingBooks(async () => makeBookStore(await openRedis()));
afterAll(async () => {
  await books.stop();
  await world.stop();
});

/** A book of one deep level a side, of this moment, which holds until the next. */
async function quote(bid: string, ask: string): Promise<void> {
  sequence += 1;
  const at = instant(Date.now());
  const level = (price: string) => [{ price: priceOf(price), qty: qtyOf('1000') }];
  await books.put({
    instrument: DOGE,
    venue: 'kraken',
    sequence,
    venueProof: '1',
    venueAt: at,
    receivedAt: at,
    quality: 'good',
    bids: level(bid),
    asks: level(ask),
  });
}

/** A trader with an account, and the functions at their paths. */
async function trading(changes: Partial<RuleSet> = {}) {
  const person = await signedIn(world);
  const { given, inbox } = newAssessment({ userId: idOf<UserId>(person.userId) });
  const pinned = { ...given.pinned, rules: { ...rules, riskPerTrade: null, ...changes } };
  await makeAssessmentStore(await functionDatabase()).create({ ...given, pinned }, inbox);
  const { accountId, assessmentId } = given;
  const call = (method: string, path: string, body?: object, token = person.token) =>
    world.call(`${method} /accounts/${accountId}${path}`, { token, ...(body && { body }) });
  const order = (more: object = {}) => ({
    orderId: randomUUID(),
    instrument: DOGE,
    side: 'buy',
    type: 'market',
    qty: '0.5',
    ...more,
  });
  return { accountId, assessmentId, token: person.token, call, order };
}

/** Goal: the routes of trading say what the contract says, by the real database and the real books. */
test('an order is placed once: 201, then 200 with the same answer, then 409 for another order of its id', async () => {
  await quote('59999', '60000');
  const { call, order } = await trading();
  const body = order();
  const first = await call('POST', '/orders', body);
  expect([first.status, first.body]).toMatchObject([
    201,
    {
      orderId: body.orderId,
      status: 'filled',
      filledQty: '0.5',
      fills: [{ price: '60000', feeUsd: '78.00', part: 1 }],
    },
  ]);
  const again = await call('POST', '/orders', body);
  expect([again.status, again.body]).toEqual([200, first.body]);
  expect(await call('GET', `/orders/${body.orderId}`)).toMatchObject({ status: 200, body: first.body });
  const other = await call('POST', '/orders', { ...body, qty: '0.4' });
  expect(other).toMatchObject({ status: 409, body: { refusal: 'order_id_reused', errors: [{ field: 'orderId' }] } });
});

test('20 copies at once are one order', async () => {
  await quote('59999', '60000');
  const { call, order } = await trading();
  const body = order({ qty: '0.01' });
  const answers = await Promise.all(Array.from({ length: 20 }, () => call('POST', '/orders', body)));
  expect(answers.map(({ status }) => status).sort()).toEqual([...Array.from({ length: 19 }, () => 200), 201]);
  for (const answer of answers) expect(answer.body).toEqual(answers[0]?.body);
  expect((await call('GET', '/trades')).body.trades).toHaveLength(1);
});

test('a resting order is amended, cancelled and read; what never was is 404', async () => {
  await quote('59999', '60000');
  const { call, order } = await trading();
  const body = order({ type: 'limit', limitPrice: '59000', takeProfit: '70000' });
  const path = `/orders/${body.orderId}`;
  expect(await call('POST', '/orders', body)).toMatchObject({ status: 201, body: { status: 'open', fills: [] } });
  expect(await call('POST', `${path}/preview`, { limitPrice: '60000' })).toMatchObject({
    status: 200,
    body: { fill: { price: '60000', qty: '0.5' }, restingQty: '0', leverageMax: 5, breach: null },
  });
  expect(await call('POST', `${path}/preview`, { qty: '9999' })).toMatchObject({
    status: 422,
    body: { refusal: 'insufficient_margin', errors: [{ field: 'qty' }] },
  });
  expect((await call('GET', path)).body).toMatchObject({ status: 'open', fills: [] });
  expect(await call('PUT', path, { limitPrice: '58000' })).toMatchObject({ status: 200, body: { status: 'open' } });
  expect(await call('PUT', path, { stopPrice: '1' })).toMatchObject({
    status: 422,
    body: { refusal: 'amendment_unfit', errors: [{ field: 'stopPrice' }] },
  });
  const cancelled = await call('DELETE', path);
  expect(cancelled).toMatchObject({ status: 200, body: { status: 'cancelled', cancelReason: 'requested' } });
  expect((await call('DELETE', path)).body).toEqual(cancelled.body);
  expect(await call('PUT', path, { qty: '1' })).toMatchObject({ status: 409, body: { refusal: 'order_not_working' } });
  expect((await call('POST', `${path}/preview`, { qty: '1' })).body.refusal).toBe('order_not_working');
  expect((await call('POST', `/orders/${randomUUID()}/preview`, { qty: '1' })).body.refusal).toBe('order_unknown');
  expect(await call('GET', `/orders/${randomUUID()}`)).toMatchObject({
    status: 404,
    body: { refusal: 'order_unknown' },
  });
  expect(await call('DELETE', '/orders')).toMatchObject({ status: 200, body: { orders: [] } });
});

test('a preview writes nothing; positions are closed one by one or all at once', async () => {
  await quote('59999', '60000');
  const { call, order } = await trading();
  const preview = await call('POST', '/orders/preview', order());
  expect(preview).toMatchObject({
    status: 200,
    body: { fill: { price: '60000', qty: '0.5' }, restingQty: '0', leverageMax: 5, breach: null },
  });
  expect((await call('GET', '/trades')).body.trades).toEqual([]);
  await call('POST', '/orders', order());
  // 0.5 at 60,000 and out again at 59,999, each with its fee.
  const foreseen = { closings: [{ side: 'sell', price: '59999', qty: '0.5' }], left: [], breach: null, passes: false };
  for (const path of [`/positions/${DOGE}/close/preview`, '/positions/close/preview']) {
    expect(await call('POST', path)).toMatchObject({ status: 200, body: foreseen });
  }
  expect((await call('GET', '/trades')).body.trades).toHaveLength(1);
  const orderId = randomUUID();
  const close = () => call('POST', `/positions/${DOGE}/close`, { orderId });
  expect(await close()).toMatchObject({ status: 201, body: { orderId, status: 'filled', fills: [{ side: 'sell' }] } });
  expect((await close()).status).toBe(200);
  await call('POST', '/orders', order({ type: 'limit', limitPrice: '59000' }));
  await call('POST', '/orders', order());
  const all = await call('POST', '/positions/close');
  expect(all).toMatchObject({
    status: 200,
    body: { orders: [{ status: 'cancelled' }, { status: 'filled' }], unpriced: [] },
  });
});

test('an order on an account that has met a limit ends it, and the proof is its trader’s to read', async () => {
  await quote('59999', '60000');
  const { call, order, assessmentId, token } = await trading();
  await call('POST', '/orders', order());
  const path = `GET /assessments/${assessmentId}`;
  expect(await world.call(`${path}/evidence`, { token })).toMatchObject({
    status: 404,
    body: { refusal: 'evidence_unknown' },
  });
  const running = await world.call(path, { token });
  expect(running.body).toMatchObject({ status: 'active', account: { isPaused: false, orders: [], positions: [{}] } });
  await quote('40000', '40001');
  expect(await call('POST', '/orders', order())).toMatchObject({ status: 409, body: { refusal: 'assessment_closed' } });
  const ended = await world.call(path, { token });
  expect(ended.body).toMatchObject({
    status: 'failed',
    breach: 'daily_loss',
    account: { status: 'failed', positions: [] },
  });
  const { headers, body: evidence } = await world.call(`${path}/evidence`, { token });
  expect(replayEvidence(evidence)).toBe(evidence);
  expect(headers.etag).toBe(`"${createHash('sha256').update(evidence).digest('hex')}"`);
  const prices = await world.call(`${path}/evidence/prices`, { token });
  expect(prices).toMatchObject({ status: 200, body: { instruments: [{ instrument: DOGE }] } });
  const stranger = await signedIn(world);
  expect((await world.call(`${path}/evidence`, { token: stranger.token })).status).toBe(404);
});

test('news is told before it refuses anything, and then refuses what adds risk', async () => {
  await quote('59999', '60000');
  const reachMs = 60_000;
  const news = { beforeMs: reachMs, afterMs: reachMs, bars: 'new_risk', winShare: null } as const;
  const { call, order } = await trading({ conduct: { ...rules.conduct, weekend: 'allowed', news } });
  const at = instant(Date.now() + 1_000);
  const blackout = { blackoutId: idOf<BlackoutId>(randomUUID()), instruments: [DOGE], title: 'Dog show', at };
  await makeBlackoutStore(await functionDatabase()).put(blackout, {
    auditId: randomUUID(),
    at,
    actor: 'risk',
    action: 'blackout.published',
    detail: {},
    subject: blackout.blackoutId,
    correlationId: 'c-1',
  });
  const { status, body } = await call('GET', '/risk-windows');
  expect([status, body.windows]).toEqual([
    200,
    [
      {
        rule: 'news',
        title: 'Dog show',
        instruments: [DOGE],
        forbids: 'new_risk',
        from: at - reachMs,
        until: at + reachMs + 1,
      },
    ],
  ]);
  expect(body.windows[0].from).toBeLessThan(body.at);
  expect(await call('POST', '/orders', order())).toMatchObject({ status: 409, body: { refusal: 'news_blackout' } });
});

test('nobody else’s account is there', async () => {
  const { call, order } = await trading();
  const { token } = await signedIn(world);
  const routes = [
    ['POST', '/orders', order()],
    ['POST', '/orders/preview', order()],
    ['GET', `/orders/${randomUUID()}`, undefined],
    ['PUT', `/orders/${randomUUID()}`, { qty: '1' }],
    ['POST', `/orders/${randomUUID()}/preview`, { qty: '1' }],
    ['DELETE', `/orders/${randomUUID()}`, undefined],
    ['DELETE', '/orders', undefined],
    ['POST', `/positions/${DOGE}/close`, { orderId: randomUUID() }],
    ['POST', `/positions/${DOGE}/close/preview`, undefined],
    ['POST', '/positions/close/preview', undefined],
    ['POST', '/positions/close', undefined],
    ['GET', '/trades', undefined],
    ['GET', '/equity', undefined],
    ['GET', '/risk-windows', undefined],
  ] as const;
  for (const [method, path, body] of routes) {
    const answer = await call(method, path, body, token);
    expect([path, answer.status, answer.body.refusal]).toEqual([path, 404, 'account_unknown']);
  }
});
