import { randomUUID } from 'node:crypto';
import { freePort } from '../../../local/free-port';
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
});
