import { randomUUID } from 'node:crypto';
import { makeAssessmentStore } from '../../../adapters/cockroach/assessments/assessment-store';
import { makeInstrumentStore } from '../../../adapters/cockroach/market-data/instrument-store';
import { makeBookStore } from '../../../adapters/redis/market-store';
import type { RuleSet } from '../../../domain/assessment/rules/rule-set';
import { type InstrumentId, idOf, type UserId } from '../../../domain/kernel/ids';
import { instant } from '../../../domain/kernel/instant';
import { functionDatabase } from '../../../runtime/database';
import { openRedis } from '../../../runtime/redis';
import { payout } from '../../../usecases/assessment/firms/blank';
import { freePort } from '../../fixtures/free-port';
import { priceOf, qtyOf } from '../../fixtures/open-trading';
import { bitcoin, newAssessment, rules } from '../../fixtures/stored-account';
import { LivingBooks } from '../living-books';
import { FunctionWorld, signedIn } from './world';

const LTC = idOf<InstrumentId>('LTC-USD');

let world: FunctionWorld;
let sequence = 0;
beforeAll(async () => {
  world = await FunctionWorld.start(await freePort());
  const instrument = { ...bitcoin, id: LTC, venueSymbol: 'LTC/USD', title: 'Litecoin' };
  await makeInstrumentStore(await functionDatabase()).upsert([instrument]);
});
const books = new LivingBooks(async () => makeBookStore(await openRedis()));
afterAll(async () => {
  await books.stop();
  await world.stop();
});

async function quote(text: string): Promise<void> {
  sequence += 1;
  const at = instant(Date.now());
  const level = [{ price: priceOf(text), qty: qtyOf('1000') }];
  const state = { instrument: LTC, venue: 'kraken', sequence, venueProof: '1', venueAt: at, receivedAt: at } as const;
  await books.put({ ...state, quality: 'good', bids: level, asks: level });
}

/** A trader of a funded account who has won a thousand dollars and is flat. */
async function winner(changes: Partial<RuleSet> = {}) {
  const person = await signedIn(world);
  const { given, inbox } = newAssessment({ userId: idOf<UserId>(person.userId) });
  const funded = { target: null, consistency: null, riskPerTrade: null, payout: payout('0.8'), ...changes };
  const pinned = { ...given.pinned, rules: { ...rules, ...funded } };
  await makeAssessmentStore(await functionDatabase()).create({ ...given, pinned }, inbox);
  const { accountId, assessmentId } = given;
  const trade = async (side: 'buy' | 'sell') => {
    const body = { orderId: randomUUID(), instrument: LTC, side, type: 'market', qty: '1' };
    const placed = await world.call(`POST /accounts/${accountId}/orders`, { token: person.token, body });
    expect(placed.status).toBe(201);
  };
  await quote('10000');
  await trade('buy');
  await quote('11057');
  await trade('sell');
  const path = `/assessments/${assessmentId}`;
  return {
    accountId,
    read: async (token = person.token) => await world.call(`GET ${path}/payouts`, { token }),
    take: (amountUsd: string, payoutId: string = randomUUID(), token = person.token) =>
      world.call(`POST ${path}/payouts`, { token, body: { payoutId, amountUsd } }),
    assessment: async () => (await world.call(`GET ${path}`, { token: person.token })).body,
  };
}

/** Goal: the route of payouts says what the contract says, by the real database. */
test('a payout is offered, taken once, kept, and told: 201, 200 with the same, 409 for another of its id', async () => {
  const { read, take, assessment } = await winner();
  const offered = await read();
  expect(offered).toMatchObject({
    status: 200,
    body: { offer: { isOpen: true, amountUsd: '1002.2518' }, payouts: [] },
  });
  expect(await assessment()).toMatchObject({ paysOut: true, capitalUsd: '100000.00' });
  const payoutId = randomUUID();
  const first = await take('1000', payoutId);
  expect(first).toMatchObject({ status: 201, body: { payoutId, amountUsd: '1000.00', traderUsd: '800.00' } });
  const again = await take('1000', payoutId);
  expect([again.status, again.body]).toEqual([200, first.body]);
  expect(await take('1', payoutId)).toMatchObject({
    status: 409,
    body: { refusal: 'payout_id_reused', errors: [{ field: 'payoutId' }] },
  });
  expect(await read()).toMatchObject({ body: { offer: { amountUsd: '2.2518' }, payouts: [first.body] } });
  expect(await assessment()).toMatchObject({ balanceUsd: '100002.2518' });
});

test('20 copies at once are one payout, and of 10 others that fit once one is paid', async () => {
  const { read, take } = await winner();
  const payoutId = randomUUID();
  const copies = await Promise.all(Array.from({ length: 20 }, () => take('300', payoutId)));
  expect(copies.map(({ status }) => status).sort()).toEqual([...Array.from({ length: 19 }, () => 200), 201]);
  const others = await Promise.all(Array.from({ length: 10 }, () => take('600')));
  expect(others.map(({ status }) => status).sort()).toEqual([201, ...Array.from({ length: 9 }, () => 422)]);
  expect((await read()).body.payouts).toHaveLength(2);
});

test('what cannot be taken is refused by name, and the others’ is not there', async () => {
  const { read, take } = await winner({ payout: payout('0.8', { everyDays: 14 }) });
  expect((await take('1')).status).toBe(201);
  expect(await take('1')).toMatchObject({
    status: 409,
    body: { refusal: 'payout_waits', errors: [{ field: 'assessmentId', rule: expect.stringContaining('0 of 14') }] },
  });
  for (const wrong of ['0', '-1', '1.0000001', 'all']) {
    expect(await take(wrong)).toMatchObject({ status: 422, body: { errors: [{ field: 'amountUsd' }] } });
  }
  expect(await take('1', 'mine')).toMatchObject({ status: 422, body: { errors: [{ field: 'payoutId' }] } });
  const { token } = await signedIn(world);
  expect((await take('1', randomUUID(), token)).status).toBe(404);
  expect((await read(token)).status).toBe(404);
  const plain = await winner({ payout: null });
  expect(await plain.take('1')).toMatchObject({ status: 409, body: { refusal: 'no_payouts' } });
  expect(await plain.read()).toMatchObject({ status: 200, body: { offer: null, growth: null, payouts: [] } });
});
