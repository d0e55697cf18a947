import { randomUUID } from 'node:crypto';
import Stripe from 'stripe';
import { readMessage } from '../../../adapters/stripe/messages';
import { makePaymentProvider } from '../../../adapters/stripe/payment-provider';
import { STRIPE_EVENTS } from '../../../contracts/webhooks/stripe';
import { idOf } from '../../../domain/kernel/ids';
import { instant } from '../../../domain/kernel/instant';
import { parseUsd, type Usd } from '../../../domain/kernel/money';
import { StripeServer } from '../../../local/simulators/stripe/server';
import type { PurchaseOrder } from '../../../usecases/ports/purchase/purchase-store';
import { freePort } from '../../fixtures/free-port';

const API_KEY = 'sk_test_adapter';
const ORIGIN = 'https://desk.example';

const orderOf = (change: Partial<PurchaseOrder> = {}): PurchaseOrder => ({
  purchaseId: idOf(randomUUID()),
  resetOf: null,
  userId: idOf(randomUUID()),
  tierId: idOf(randomUUID()),
  tierSlug: 'sprint-10k',
  tierName: 'Sprint 10K',
  priceUsd: parseUsd('89.01') as Usd,
  ruleSetVersion: 1,
  ruleSetHash: 'a'.repeat(64),
  assessmentId: idOf(randomUUID()),
  createdAt: instant(Date.now()),
  ...change,
});

let server: StripeServer;
let apiUrl: string;
beforeAll(async () => {
  const port = await freePort();
  apiUrl = `http://127.0.0.1:${port}`;
  const webhook = { webhookUrl: 'http://127.0.0.1:9/', webhookSecret: 'whsec_x' };
  server = new StripeServer({ publicUrl: apiUrl, apiKey: API_KEY, ...webhook });
  await server.listen(port);
});
afterAll(() => server.stop());

const provider = (apiKey = API_KEY, url = apiUrl) => makePaymentProvider({ apiKey, apiUrl: url, publicOrigin: ORIGIN });

test('a checkout asks for the price in cents and leads back to the purchase', async () => {
  const order = orderOf();
  const opened = await provider().openCheckout(order, 'ann@example.com');
  if (!opened.ok) throw new Error(opened.refusal);
  const session = server.ledger.sessions.get(opened.value.checkoutId);
  expect(session).toMatchObject({
    amount_total: 8_901,
    currency: 'usd',
    client_reference_id: order.purchaseId,
    customer_email: 'ann@example.com',
    metadata: { purchaseId: order.purchaseId, assessmentId: order.assessmentId },
    success_url: `${ORIGIN}/checkout/complete/?purchase=${order.purchaseId}`,
    url: opened.value.url,
  });
});

const opened = async (order: PurchaseOrder) => {
  const answer = await provider().openCheckout(order, 'ann@example.com');
  if (!answer.ok) throw new Error(answer.refusal);
  return answer.value;
};

test('the same order opens the same checkout, which ends two hours after the purchase began', async () => {
  const order = orderOf();
  const one = await opened(order);
  expect(await opened(order)).toEqual(one);
  const { expires_at } = server.ledger.sessions.get(one.checkoutId) as { expires_at: number };
  expect(expires_at).toBe(Math.floor(order.createdAt / 1_000) + 7_200);
});

describe('a key that is used up opens another checkout', () => {
  test('it stands for other parameters, of a release before this one', async () => {
    const order = orderOf();
    const one = await opened(order);
    const renamed = await opened({ ...order, tierName: 'Sprint 10K (new)' });
    expect(renamed.checkoutId).not.toBe(one.checkoutId);
    expect(server.ledger.sessions.get(renamed.checkoutId)?.status).toBe('open');
  });

  test('it stands for a failure, which is repeated for a day', async () => {
    await fetch(`${apiUrl}/control/break`, { method: 'POST' });
    const one = await opened(orderOf());
    expect(server.ledger.sessions.get(one.checkoutId)?.status).toBe('open');
  });

  test('it stands for a checkout that has ended meanwhile', async () => {
    const order = orderOf();
    const one = await opened(order);
    const realNow = Date.now();
    const clock = jest.spyOn(Date, 'now').mockReturnValue(realNow + 7_201_000);
    // What Stripe is asked for is made of the order, whose time is over; the use case does not ask so late.
    await expect(opened(order)).rejects.toMatchObject({ type: 'StripeInvalidRequestError', param: 'expires_at' });
    clock.mockRestore();
    expect(await opened(order)).toEqual(one);
  });
});

/** Somebody pays at the checkout of an order; the payment's id. */
async function paid(order: PurchaseOrder): Promise<string> {
  const { checkoutId, url } = await opened(order);
  await fetch(url, { method: 'POST', body: new URLSearchParams({ card: '4242424242424242' }), redirect: 'manual' });
  return server.ledger.sessions.get(checkoutId)?.payment_intent as string;
}

describe('what is taken back of a payment is what the provider’s objects say now', () => {
  const control = async (command: string, body: object): Promise<{ dispute: string }> => {
    const answer = await fetch(`${apiUrl}/control/${command}`, { method: 'POST', body: JSON.stringify(body) });
    expect(answer.status).toBe(200);
    return (await answer.json()) as { dispute: string };
  };

  test('nothing; and of another payment nothing comes into it', async () => {
    await control('refund', { session: await sessionOf(await paid(orderOf())) });
    const payment = await paid(orderOf());
    expect(await provider().reversalsOf(payment)).toEqual({ refundedUsd: 0n, disputes: {} });
  });

  test('refunds are added up, and one that failed is none', async () => {
    const payment = await paid(orderOf());
    const session = await sessionOf(payment);
    await control('refund', { session, amount: 4_000 });
    await control('refund', { session });
    expect(await provider().reversalsOf(payment)).toEqual({ refundedUsd: 89_010_000n, disputes: {} });
    await control('fail-refund', { session });
    expect(await provider().reversalsOf(payment)).toEqual({ refundedUsd: 0n, disputes: {} });
  });

  test.each([
    ['warning_needs_response', {}],
    ['warning_closed', {}],
    ['needs_response', { dispute: 'open' }],
    ['won', { dispute: 'won' }],
    ['lost', { dispute: 'lost' }],
  ])('a dispute that is %s', async (status, outcome) => {
    const payment = await paid(orderOf());
    const { dispute } = await control('dispute', { session: await sessionOf(payment) });
    await control('move-dispute', { dispute, status });
    const disputes = Object.fromEntries(Object.values(outcome).map((each) => [dispute, each]));
    expect(await provider().reversalsOf(payment)).toEqual({ refundedUsd: 0n, disputes });
  });

  test('a status that is not known throws, and so does a provider that is away', async () => {
    const payment = await paid(orderOf());
    const { dispute } = await control('dispute', { session: await sessionOf(payment) });
    Object.assign(server.ledger.disputes.get(dispute) as object, { status: 'arbitration' });
    await expect(provider().reversalsOf(payment)).rejects.toThrow('arbitration');
    const away = provider(API_KEY, `http://127.0.0.1:${await freePort()}`);
    await expect(away.reversalsOf(payment)).rejects.toThrow();
  });

  const sessionOf = async (payment: string) =>
    [...server.ledger.sessions.values()].find(({ payment_intent }) => payment_intent === payment)?.id;
});

test('a payment leads to its purchase; an unknown one to none', async () => {
  const order = orderOf();
  expect(await provider().purchaseOf(await paid(order))).toBe(order.purchaseId);
  expect(await provider().purchaseOf('pi_unknown')).toBeUndefined();
});

test('a provider that is away is an outage, a wrong key is a mistake of ours', async () => {
  const away = provider(API_KEY, `http://127.0.0.1:${await freePort()}`);
  expect(await away.openCheckout(orderOf(), 'a@example.com')).toEqual({ ok: false, refusal: 'checkout_unavailable' });
  await expect(provider('sk_wrong').openCheckout(orderOf(), 'a@example.com')).rejects.toMatchObject({
    type: 'StripeAuthenticationError',
  });
});

describe('signatures', () => {
  const now = instant(1_764_000_000_000);
  const body = '{"id":"evt_1"}';
  const header = (secret: string, timestamp = now / 1000, payload = body) =>
    Stripe.webhooks.generateTestHeaderString({ payload, secret, timestamp });

  test.each<[string, string | undefined, boolean]>([
    ['of Stripe’s own library', header('whsec_1'), true],
    ['by the other secret of a rotation', header('whsec_2'), true],
    ['with one good among several', `${header('whsec_x')},${header('whsec_1').split(',')[1]}`, true],
    ['at the edge of the past', header('whsec_1', now / 1000 - 300), true],
    ['older than that', header('whsec_1', now / 1000 - 301), false],
    ['from further ahead than clocks differ', header('whsec_1', now / 1000 + 301), false],
    ['by a stranger', header('whsec_x'), false],
    ['of another body', header('whsec_1', now / 1000, `${body} `), false],
    ['that is cut short', header('whsec_1').slice(0, -2), false],
    ['without a time', header('whsec_1').replace(/^t=\d+,/, ''), false],
    ['that is absent', undefined, false],
    ['that is empty', '', false],
  ])('%s', (_, given, good) => {
    const read = readMessage(Buffer.from(body), given, ['whsec_1', 'whsec_2'], now);
    // What is signed is read, and is no event.
    expect(read).toMatchObject({ ok: false, refusal: good ? 'malformed_json' : 'signature_invalid' });
  });

  test.each([[[]], [['']]])('by the secrets %j is none', (secrets) => {
    const read = readMessage(Buffer.from(body), header('whsec_1'), secrets, now);
    expect(read).toMatchObject({ ok: false, refusal: 'signature_invalid' });
  });
});

describe('messages', () => {
  const now = instant(1_764_000_000_000);
  const purchaseId = randomUUID();
  const session = {
    id: 'cs_1',
    client_reference_id: purchaseId,
    payment_status: 'paid',
    payment_intent: 'pi_1',
    amount_total: 8_900,
    currency: 'usd',
  };

  const told = (type: string, object: unknown) => {
    const payload = JSON.stringify({ id: 'evt_1', type, created: 1_764_000_000, data: { object } });
    const header = Stripe.webhooks.generateTestHeaderString({ payload, secret: 's', timestamp: now / 1000 });
    const read = readMessage(Buffer.from(payload), header, ['s'], now);
    if (!read.ok) throw new Error(read.refusal);
    return read.value;
  };

  test.each`
    type                                          | object                                                                                | notice
    ${'checkout.session.completed'}               | ${session}                                                                            | ${{ type: 'paid', amountUsd: 89_000_000n, currency: 'usd' }}
    ${'checkout.session.completed'}               | ${{ ...session, payment_intent: { id: 'pi_1' } }}                                     | ${{ type: 'paid', amountUsd: 89_000_000n, currency: 'usd' }}
    ${'checkout.session.completed'}               | ${{ ...session, payment_status: 'unpaid' }}                                           | ${undefined}
    ${'checkout.session.async_payment_succeeded'} | ${session}                                                                            | ${{ type: 'paid', amountUsd: 89_000_000n, currency: 'usd' }}
    ${'checkout.session.async_payment_failed'}    | ${session}                                                                            | ${{ type: 'expired' }}
    ${'checkout.session.expired'}                 | ${session}                                                                            | ${{ type: 'expired' }}
    ${'charge.refunded'}                          | ${{ id: 'ch', payment_intent: 'pi_1', amount_refunded: 1, metadata: { purchaseId } }} | ${{ type: 'reversed' }}
    ${'charge.refund.updated'}                    | ${{ id: 're', payment_intent: 'pi_1', status: 'failed' }}                             | ${{ type: 'reversed' }}
    ${'refund.failed'}                            | ${{ id: 're', payment_intent: { id: 'pi_1' }, status: 'failed' }}                     | ${{ type: 'reversed' }}
    ${'charge.dispute.created'}                   | ${{ id: 'd', payment_intent: 'pi_1', status: 'needs_response' }}                      | ${{ type: 'reversed' }}
    ${'charge.dispute.closed'}                    | ${{ id: 'd', payment_intent: 'pi_1', status: 'warning_closed' }}                      | ${{ type: 'reversed' }}
    ${'customer.created'}                         | ${{ any: 'thing' }}                                                                   | ${undefined}
  `('$type says $notice.type', ({ type, object, notice }) => {
    const message = told(type, object);
    expect(message.notice).toEqual(notice);
    if (notice) expect(message.paymentId).toBe('pi_1');
    if (type.startsWith('checkout')) expect(message).toMatchObject({ purchaseId, checkoutId: 'cs_1' });
  });

  test('a reference of somebody else’s shop is no purchase of ours', () => {
    expect(
      told('checkout.session.completed', { ...session, client_reference_id: 'shop-7' }).purchaseId,
    ).toBeUndefined();
  });

  test.each(STRIPE_EVENTS)('%s is understood', (type) => {
    const object = type.startsWith('checkout') ? session : { id: 'x', payment_intent: 'pi_1' };
    expect(told(type, object).notice).toBeDefined();
  });

  test('a known event of an unknown shape throws: the provider’s API has changed', () => {
    expect(() => told('checkout.session.completed', { ...session, payment_status: 'maybe' })).toThrow('payment_status');
    expect(() => told('charge.refunded', { payment_intent: 1 })).toThrow('payment_intent');
  });
});
