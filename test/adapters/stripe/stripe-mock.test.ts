import { randomUUID } from 'node:crypto';
import Stripe from 'stripe';
import { checkoutParams, makePaymentProvider } from '../../../adapters/stripe/payment-provider';
import { idOf } from '../../../domain/kernel/ids';
import { instant } from '../../../domain/kernel/instant';
import { parseUsd, type Usd } from '../../../domain/kernel/money';
import type { PurchaseOrder } from '../../../usecases/ports/purchase/purchase-store';
import { isGoInstalled, StripeMock } from './stripe-mock';

const ORIGIN = 'https://desk.example';

const order: PurchaseOrder = {
  purchaseId: idOf(randomUUID()),
  resetOf: null,
  userId: idOf(randomUUID()),
  tierId: idOf(randomUUID()),
  tierSlug: 'sprint-10k',
  tierName: 'Sprint 10K',
  priceUsd: parseUsd('89') as Usd,
  ruleSetVersion: 1,
  ruleSetHash: 'a'.repeat(64),
  assessmentId: idOf(randomUUID()),
  createdAt: instant(1_764_000_000_000),
};

// Where Go is missing these are counted as skipped.
const described = isGoInstalled() ? describe : describe.skip;

/** Goal: what we send is what Stripe's OpenAPI description allows. */
described('Stripe’s own mock', () => {
  let mock: StripeMock;
  beforeAll(async () => {
    mock = await StripeMock.start();
  }, 600_000);
  afterAll(() => mock.stop());

  const provider = () => makePaymentProvider({ apiKey: 'sk_test_123', apiUrl: mock.url, publicOrigin: ORIGIN });
  const client = () => {
    const { hostname, port } = new URL(mock.url);
    return new Stripe('sk_test_123', { host: hostname, port, protocol: 'http', maxNetworkRetries: 0 });
  };

  test('takes every parameter of a checkout', async () => {
    const params = checkoutParams(order, 'ann@example.com', ORIGIN);
    expect((await client().checkout.sessions.create(params)).object).toBe('checkout.session');
  });

  test('would refuse a parameter that Stripe does not know, and a missing one', async () => {
    const params = checkoutParams(order, 'ann@example.com', ORIGIN);
    const { sessions } = client().checkout;
    const unknown = { ...params, success_uri: ORIGIN } as Stripe.Checkout.SessionCreateParams;
    await expect(sessions.create(unknown)).rejects.toMatchObject({ type: 'StripeInvalidRequestError' });
    const wrong = { ...params, mode: 'gift' } as unknown as Stripe.Checkout.SessionCreateParams;
    await expect(sessions.create(wrong)).rejects.toMatchObject({ type: 'StripeInvalidRequestError' });
  });

  test('answers the question for a payment; one without our reference is none of ours', async () => {
    expect(await provider().purchaseOf('pi_123')).toBeUndefined();
  });

  test('lists the refunds and disputes of a payment', async () => {
    const { refundedUsd, disputes } = await provider().reversalsOf('pi_123');
    expect(refundedUsd).toBeGreaterThanOrEqual(0n);
    expect(disputes).toEqual(expect.any(Object));
  });
});
