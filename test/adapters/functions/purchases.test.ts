import { randomUUID } from 'node:crypto';
import { freePort } from '../../fixtures/free-port';
import { Shopper, TIER } from './shopper';
import { FunctionWorld, signedIn } from './world';

let world: FunctionWorld;
let shopper: Shopper;
beforeAll(async () => {
  world = await FunctionWorld.start(await freePort());
  shopper = await Shopper.enter(world);
});
afterAll(() => world.stop());

describe('starting a purchase', () => {
  test('the same id gives the same checkout, also twenty times at once', async () => {
    const purchaseId = randomUUID();
    const answers = await Promise.all(Array.from({ length: 20 }, () => shopper.start(purchaseId)));
    expect(new Set(answers.map(({ status, body }) => `${status} ${body.checkoutUrl}`)).size).toBe(1);
    const sessions = [...world.stripe.ledger.sessions.values()];
    expect(sessions.filter((one) => one.client_reference_id === purchaseId)).toHaveLength(1);
    expect(await shopper.read(purchaseId)).toMatchObject({ status: 'pending', assessmentId: null, priceUsd: '89.00' });
  });

  test('the same id for another tier or by somebody else is refused', async () => {
    const { purchaseId } = await shopper.opened();
    const other = await signedIn(world);
    for (const answer of [
      await shopper.start(purchaseId, 'master-100k'),
      await shopper.start(purchaseId, TIER, other.token),
    ]) {
      expect(answer).toMatchObject({
        status: 409,
        body: { refusal: 'purchase_id_reused', errors: [{ field: 'purchaseId' }] },
      });
    }
    expect((await world.call(`GET /purchases/${purchaseId}`, { token: other.token })).body.refusal).toBe(
      'purchase_unknown',
    );
    expect((await world.call('GET /purchases', { token: other.token })).body).toEqual({ purchases: [] });
  });

  test.each([
    ['an unknown tier', { purchaseId: randomUUID(), tierSlug: 'no-such' }, 404, 'tier_unknown', 'tierSlug'],
    ['a slug that is none', { purchaseId: randomUUID(), tierSlug: '../x' }, 422, 'invalid_request', 'tierSlug'],
    ['an id that is none', { purchaseId: '1', tierSlug: TIER }, 422, 'invalid_request', 'purchaseId'],
    [
      'an unknown field',
      { purchaseId: randomUUID(), tierSlug: TIER, priceUsd: '1' },
      422,
      'invalid_request',
      'priceUsd',
    ],
  ])('%s leaves no row', async (_, body, status, refusal, field) => {
    const before = await world.rows('purchases');
    const answer = await world.call('POST /purchases', { body, token: shopper.token });
    expect(answer).toMatchObject({ status, body: { refusal, errors: [{ field }] } });
    expect(await world.rows('purchases')).toBe(before);
  });

  test('a checkout that the provider could not open is opened by the next attempt', async () => {
    const purchaseId = randomUUID();
    await world.stripe.stop();
    expect(await shopper.start(purchaseId)).toMatchObject({ status: 503, body: { refusal: 'checkout_unavailable' } });
    await world.stripe.listen(world.stripePort);
    expect((await shopper.start(purchaseId)).status).toBe(201);
  });

  test('a key that the provider keeps a failure under opens a checkout all the same', async () => {
    await fetch(`http://127.0.0.1:${world.stripePort}/control/break`, { method: 'POST' });
    expect((await shopper.start(randomUUID())).status).toBe(201);
  });

  test('of checkouts begun at the same time ten are opened, and the others say why not', async () => {
    const buyer = await signedIn(world);
    const start = () => shopper.start(randomUUID(), TIER, buyer.token);
    const answers = await Promise.all(Array.from({ length: 14 }, start));
    expect(answers.map(({ status }) => status).sort()).toEqual([...Array(10).fill(201), ...Array(4).fill(429)]);
    const refused = answers.find(({ status }) => status === 429);
    expect(refused?.body).toMatchObject({
      refusal: 'checkouts_open_max',
      errors: [{ field: 'purchaseId', rule: expect.stringMatching(/^must wait: 10 .* after 20\d\d-/) }],
    });
    expect((await world.call('GET /purchases', { token: buyer.token })).body.purchases).toHaveLength(10);
  });
});
