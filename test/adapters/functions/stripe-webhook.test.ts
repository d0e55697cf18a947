import { randomUUID } from 'node:crypto';
import { signature } from '../../../local/simulators/stripe/webhooks';
import { freePort } from '../../fixtures/free-port';
import { Shopper } from './shopper';
import { FunctionWorld, WEBHOOK_SECRETS } from './world';

let world: FunctionWorld;
let shopper: Shopper;
beforeAll(async () => {
  world = await FunctionWorld.start(await freePort());
  shopper = await Shopper.enter(world);
});
afterAll(() => world.stop());

describe('the webhook', () => {
  test('a payment grants the assessment once, however often it is told', async () => {
    const { purchaseId, about } = await shopper.paid();
    const event = about('checkout.session.completed');
    const answers = await Promise.all(Array.from({ length: 10 }, () => shopper.send(event)));
    expect(answers.map(({ status, body }) => [status, body])).toEqual(Array(10).fill([200, { received: true }]));
    expect(await shopper.read(purchaseId)).toMatchObject({ status: 'completed', assessmentId: expect.any(String) });
    expect(await shopper.grants(purchaseId)).toBe(1);
    const { rows } = await world.pool.query('SELECT outcome FROM webhook_events WHERE message_id = $1', [event.id]);
    expect(rows).toEqual([{ outcome: 'applied' }]);
  });

  test('any order of payment, refund and dispute ends as the provider’s objects say', async () => {
    const orders = [
      [0, 1, 2],
      [0, 2, 1],
      [1, 0, 2],
      [1, 2, 0],
      [2, 0, 1],
      [2, 1, 0],
    ];
    const ends = [];
    for (const order of orders) {
      const { purchaseId, charge } = await shopper.paid();
      world.stripe.ledger.refund(charge, charge.amount);
      world.stripe.ledger.dispute(charge);
      const { about } = shopper.provider(purchaseId);
      const events = ['checkout.session.completed', 'charge.refunded', 'charge.dispute.created'].map(about);
      for (const index of order) {
        expect((await shopper.send(events[index])).status).toBe(200);
        expect((await shopper.send(events[index])).status).toBe(200);
      }
      const { status } = await shopper.read(purchaseId);
      const { rows } = await world.pool.query(
        'SELECT is_paid, refunded_usd, is_expired FROM purchases WHERE purchase_id = $1',
        [purchaseId],
      );
      ends.push({ status, ...rows[0] });
    }
    const end = { status: 'disputed', is_paid: true, refunded_usd: '89000000', is_expired: false };
    expect(ends).toEqual(Array(6).fill(end));
  });

  test('a refund that arrives before its payment grants nothing', async () => {
    const { purchaseId, charge } = await shopper.paid();
    world.stripe.ledger.refund(charge, charge.amount);
    const { about } = shopper.provider(purchaseId);
    await shopper.send(about('charge.refunded'));
    await shopper.send(about('checkout.session.completed'));
    expect(await shopper.read(purchaseId)).toMatchObject({ status: 'refunded', assessmentId: null });
    expect(await shopper.grants(purchaseId)).toBe(0);
  });

  test('part of the money back leaves the purchase completed', async () => {
    const { purchaseId, charge, about } = await shopper.paid();
    await shopper.send(about('checkout.session.completed'));
    world.stripe.ledger.refund(charge, 1_000);
    await shopper.send(shopper.provider(purchaseId).about('charge.refunded'));
    expect((await shopper.read(purchaseId)).status).toBe('completed');
  });

  test('a dispute that is won gives the purchase back', async () => {
    const { purchaseId, charge, about } = await shopper.paid();
    await shopper.send(about('checkout.session.completed'));
    const dispute = world.stripe.ledger.dispute(charge);
    await shopper.send(shopper.provider(purchaseId).about('charge.dispute.created'));
    expect((await shopper.read(purchaseId)).status).toBe('disputed');
    world.stripe.ledger.moveDispute(dispute, 'won');
    await shopper.send(shopper.provider(purchaseId).about('charge.dispute.closed'));
    await shopper.send(shopper.provider(purchaseId).about('charge.dispute.created'));
    expect((await shopper.read(purchaseId)).status).toBe('completed');
    expect(await shopper.grants(purchaseId)).toBe(1);
  });

  test('a dispute that was won is lost in the end, and the message of the win comes last', async () => {
    const { purchaseId, charge, about } = await shopper.paid();
    await shopper.send(about('checkout.session.completed'));
    const dispute = world.stripe.ledger.dispute(charge);
    world.stripe.ledger.moveDispute(dispute, 'won');
    const won = shopper.provider(purchaseId).about('charge.dispute.closed');
    world.stripe.ledger.moveDispute(dispute, 'lost');
    await shopper.send(shopper.provider(purchaseId).about('charge.dispute.closed'));
    await shopper.send(won);
    expect((await shopper.read(purchaseId)).status).toBe('disputed');
  });

  test('a refund that fails later gives the purchase back', async () => {
    const { purchaseId, charge, about } = await shopper.paid();
    await shopper.send(about('checkout.session.completed'));
    const refund = world.stripe.ledger.refund(charge, charge.amount);
    await shopper.send(shopper.provider(purchaseId).about('charge.refunded'));
    expect((await shopper.read(purchaseId)).status).toBe('refunded');
    world.stripe.ledger.failRefund(refund);
    await shopper.send(shopper.provider(purchaseId).about('refund.failed'));
    expect((await shopper.read(purchaseId)).status).toBe('completed');
    await shopper.send(shopper.provider(purchaseId).about('charge.refunded'));
    expect((await shopper.read(purchaseId)).status).toBe('completed');
  });

  test('an inquiry is no dispute until it becomes one', async () => {
    const { purchaseId, charge, about } = await shopper.paid();
    await shopper.send(about('checkout.session.completed'));
    const inquiry = world.stripe.ledger.dispute(charge, 'warning_needs_response');
    await shopper.send(shopper.provider(purchaseId).about('charge.dispute.created'));
    expect((await shopper.read(purchaseId)).status).toBe('completed');
    world.stripe.ledger.moveDispute(inquiry, 'needs_response');
    await shopper.send(shopper.provider(purchaseId).about('charge.dispute.updated'));
    expect((await shopper.read(purchaseId)).status).toBe('disputed');
  });

  test('a checkout that ran out is expired', async () => {
    const { purchaseId } = await shopper.opened();
    const { session } = shopper.provider(purchaseId);
    world.stripe.ledger.expire(session);
    await shopper.send(shopper.provider(purchaseId).about('checkout.session.expired'));
    expect(await shopper.read(purchaseId)).toMatchObject({ status: 'expired', assessmentId: null });
  });

  test.each([
    ['another amount', { amount_total: 1 }],
    ['another currency', { currency: 'eur' }],
  ])('a payment of %s grants nothing', async (_, change) => {
    const { purchaseId, about } = await shopper.paid();
    const event = about('checkout.session.completed');
    const forged = { ...event, id: `evt_${randomUUID()}`, data: { object: { ...event.data.object, ...change } } };
    expect((await shopper.send(forged)).status).toBe(200);
    expect(await shopper.read(purchaseId)).toMatchObject({ status: 'pending', assessmentId: null });
    const { rows } = await world.pool.query('SELECT outcome FROM webhook_events WHERE message_id = $1', [forged.id]);
    expect(rows).toEqual([{ outcome: 'amount_mismatch' }]);
  });

  test('events that mean nothing here, and purchases of others, are kept and answered', async () => {
    const { about } = await shopper.paid();
    const event = about('checkout.session.completed');
    const id = () => `evt_${randomUUID()}`;
    const strange = { ...event, id: id(), type: 'customer.created', data: { object: { anything: 1 } } };
    const foreign = {
      ...event,
      id: id(),
      data: { object: { ...event.data.object, client_reference_id: randomUUID() } },
    };
    const other = {
      ...event,
      id: id(),
      data: { object: { ...event.data.object, client_reference_id: 'shop-7', payment_intent: 'pi_unknown' } },
    };
    for (const each of [strange, foreign, other]) expect((await shopper.send(each)).status).toBe(200);
    const { rows } = await world.pool.query(
      'SELECT outcome FROM webhook_events WHERE message_id = ANY ($1) ORDER BY outcome',
      [[strange.id, foreign.id, other.id]],
    );
    expect(rows.map(({ outcome }) => outcome)).toEqual(['ignored', 'purchase_unknown', 'purchase_unknown']);
  });

  test('both secrets of a rotation are good', async () => {
    const { purchaseId, about } = await shopper.paid();
    expect((await shopper.send(about('checkout.session.completed'), WEBHOOK_SECRETS[1])).status).toBe(200);
    expect((await shopper.read(purchaseId)).status).toBe('completed');
  });

  describe('refuses and keeps nothing of', () => {
    const now = () => Math.floor(Date.now() / 1000);
    const body = '{"id":"evt_forged","type":"checkout.session.completed","created":1,"data":{"object":{}}}';
    const good = (raw: string, at = now()) => signature(WEBHOOK_SECRETS[0], raw, at);
    test.each([
      ['no signature', undefined],
      ['an empty signature', ''],
      ['noise', 't=abc,v1=zz'],
      ['another secret', signature('whsec_wrong', body)],
      ['a signature of other bytes', good(`${body} `)],
      ['a message of 301 s ago', good(body, now() - 310)],
      ['a message from the future', good(body, now() + 10_000)],
      ['a time that was moved', good(body, now() - 400).replace(/t=\d+/, `t=${now()}`)],
      ['an older scheme', good(body).replace('v1=', 'v0=')],
    ])('%s', async (_, header) => {
      const before = await world.rows('webhook_events');
      const headers: Record<string, string> = header === undefined ? {} : { 'stripe-signature': header };
      const answer = await world.call('POST /webhooks/stripe', { raw: body, headers });
      expect(answer).toMatchObject({
        status: 400,
        body: { refusal: 'signature_invalid', errors: [{ field: 'stripe-signature' }] },
      });
      expect(await world.rows('webhook_events')).toBe(before);
    });

    test('a body written anew', async () => {
      const { about } = await shopper.paid();
      const event = about('checkout.session.completed');
      const header = good(JSON.stringify(event));
      const raw = JSON.stringify(event, null, 2);
      const answer = await world.call('POST /webhooks/stripe', { raw, headers: { 'stripe-signature': header } });
      expect(answer.body.refusal).toBe('signature_invalid');
    });

    test('signed noise', async () => {
      const answer = await world.call('POST /webhooks/stripe', {
        raw: 'noise',
        headers: { 'stripe-signature': good('noise') },
      });
      expect(answer).toMatchObject({ status: 400, body: { refusal: 'malformed_json', errors: [{ field: 'body' }] } });
    });
  });
});
