import { randomUUID } from 'node:crypto';
import type { StripeEvent } from '../../../local/simulators/stripe/objects';
import { freePort } from '../../fixtures/free-port';
import { Shopper } from './shopper';
import { FunctionWorld, signedIn } from './world';

let world: FunctionWorld;
let shopper: Shopper;
beforeAll(async () => {
  world = await FunctionWorld.start(await freePort());
  shopper = await Shopper.enter(world);
});
afterAll(() => world.stop());

type Consumer = (event: object, context: unknown) => Promise<unknown>;

/** Hands every payment event of a purchase that is in the outbox to the consumer, oldest first, as Lambda does. */
async function consumed(purchaseId: string): Promise<readonly string[]> {
  const { handler } = (await import('../../../lambdas/provision-assessment/handler')) as unknown as {
    handler: Consumer;
  };
  const { rows } = await world.pool.query(
    `SELECT key, body FROM outbox WHERE topic = 'payment' AND body LIKE $1 ORDER BY created_at, ordinal`,
    [`%${purchaseId}%`],
  );
  const records = rows.map(({ key, body }, offset) => ({
    topic: 'payment',
    partition: 0,
    offset,
    timestamp: Date.now(),
    timestampType: 'CREATE_TIME',
    key: Buffer.from(key).toString('base64'),
    value: Buffer.from(body).toString('base64'),
    headers: [],
  }));
  await handler({ eventSource: 'aws:kafka', records: { 'payment-0': records } }, {});
  return rows.map(({ body }) => JSON.parse(body).type);
}

/** Bought, paid and provisioned; `tell` sends the provider's newest message of a type. */
async function bought() {
  const { purchaseId, charge, about } = await shopper.paid();
  await shopper.send(about('checkout.session.completed'));
  await consumed(purchaseId);
  const { assessmentId } = await shopper.read(purchaseId);
  const tell = async (type: string) => {
    await shopper.send(shopper.provider(purchaseId).about(type));
    return consumed(purchaseId);
  };
  const look = async () => {
    const { body } = await world.call(`GET /assessments/${assessmentId}`, { token: shopper.token });
    return { status: body.status, hold: body.hold, account: body.account.hold, version: body.account.version };
  };
  return { purchaseId, charge, assessmentId, tell, look };
}

test('a refund closes the account to new risk, and its failure opens it again: told to the trader and the risk desk', async () => {
  const { purchaseId, charge, assessmentId, tell, look } = await bought();
  expect(await look()).toEqual({ status: 'active', hold: null, account: null, version: 1 });
  const refund = world.stripe.ledger.refund(charge, charge.amount);
  expect(await tell('charge.refunded')).toEqual(['payment.purchase-completed', 'payment.purchase-changed']);
  expect(await look()).toEqual({ status: 'active', hold: 'refund', account: 'refund', version: 2 });
  world.stripe.ledger.failRefund(refund);
  await tell('refund.failed');
  expect(await look()).toEqual({ status: 'active', hold: null, account: null, version: 3 });
  const { rows } = await world.pool.query(
    `SELECT body FROM outbox WHERE topic = 'assessment' AND body LIKE $1 ORDER BY created_at, ordinal`,
    [`%${assessmentId}%`],
  );
  const stream = rows.flatMap(({ body }) => body.split('\n')).map((line: string) => JSON.parse(line).type);
  expect(stream).toEqual(['assessment.created', 'assessment.held', 'assessment.released']);
  const { rows: told } = await world.pool.query(
    `SELECT payment FROM risk_signals WHERE kind = 'payment' AND payment->>'purchaseId' = $1 ORDER BY detected_at`,
    [purchaseId],
  );
  expect(told.map(({ payment }) => payment.reversal)).toEqual(['refund', null]);
});

test('a dispute freezes until it is decided; lost, the payment is gone', async () => {
  const { charge, tell, look } = await bought();
  const dispute = world.stripe.ledger.dispute(charge);
  await tell('charge.dispute.created');
  expect(await look()).toMatchObject({ status: 'active', hold: 'dispute' });
  world.stripe.ledger.moveDispute(dispute, 'lost');
  await tell('charge.dispute.closed');
  expect(await look()).toMatchObject({ status: 'active', hold: 'chargeback' });
  world.stripe.ledger.moveDispute(dispute, 'won');
  await tell('charge.dispute.closed');
  expect(await look()).toMatchObject({ status: 'active', hold: null });
});

test('an order of a frozen account is refused by name', async () => {
  const { charge, tell, assessmentId } = await bought();
  world.stripe.ledger.dispute(charge);
  await tell('charge.dispute.created');
  const { body } = await world.call(`GET /assessments/${assessmentId}`, { token: shopper.token });
  expect(body.account.hold).toBe('dispute');
  const retry = await world.call(`POST /assessments/${assessmentId}/retry`, { token: shopper.token });
  expect(retry.body.refusal).toBe('assessment_not_failed');
  await world.pool.query(`UPDATE accounts SET status = 'failed' WHERE assessment_id = $1`, [assessmentId]);
  const reset = await world.call(`POST /assessments/${assessmentId}/reset`, {
    token: shopper.token,
    body: { purchaseId: randomUUID() },
  });
  expect(reset).toMatchObject({ status: 409, body: { refusal: 'account_frozen' } });
});

test('refunded before there is an account, it is opened closed', async () => {
  const { purchaseId, charge, about } = await shopper.paid();
  await shopper.send(about('checkout.session.completed'));
  world.stripe.ledger.refund(charge, charge.amount);
  await shopper.send(shopper.provider(purchaseId).about('charge.refunded') as StripeEvent);
  await consumed(purchaseId);
  const { assessmentId } = await shopper.read(purchaseId);
  const { body } = await world.call('GET /assessments', { token: shopper.token });
  const one = body.assessments.find((each: { hold: string | null }) => each.hold === 'refund' && each);
  expect(assessmentId).not.toBeNull();
  expect(one).toMatchObject({ assessmentId, status: 'active', hold: 'refund' });
});

test('the risk desk reads which accounts a payment is about', async () => {
  const { purchaseId, charge, tell } = await bought();
  world.stripe.ledger.refund(charge, charge.amount);
  await tell('charge.refunded');
  const desk = await signedIn(world);
  await world.pool.query(`UPDATE users SET roles = '{trader,risk}' WHERE user_id = $1`, [desk.userId]);
  const again = await world.call('POST /auth/login', {
    body: { email: desk.email, password: desk.password },
    ip: desk.ip,
  });
  const { body } = await world.call('GET /risk/signals', { token: again.body.accessToken });
  const told = body.signals.find(
    (one: { payment: { purchaseId: string } | null }) => one.payment?.purchaseId === purchaseId,
  );
  expect(told).toMatchObject({ kind: 'payment', legs: [], payment: { reversal: 'refund' } });
  expect(told.payment.accountIds).toHaveLength(1);
});
