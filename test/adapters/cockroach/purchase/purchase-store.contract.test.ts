import { randomUUID } from 'node:crypto';
import { makePurchaseStore } from '../../../../adapters/cockroach/purchase/purchase-store';
import { makeTierStore } from '../../../../adapters/cockroach/purchase/tier-store';
import { type AssessmentId, idOf, type UserId } from '../../../../domain/kernel/ids';
import { instant, plusMs } from '../../../../domain/kernel/instant';
import { UNPAID } from '../../../../domain/purchase/payment';
import type { Purchase, PurchaseOrder } from '../../../../usecases/ports/purchase/purchase-store';
import { memoryPurchaseStore, memoryTierStore, shopWorld } from '../../../fakes/memory-purchase';
import { migratedDatabase } from '../test-database';
import { audit, buyerIn, dollars, NOW, PROGRAM, tierOf } from './bought';

const message = (messageId = `evt_${randomUUID()}`) => ({ messageId, type: 't', createdAt: NOW, receivedAt: NOW });

const ANY = { openMax: 1_000, since: instant(0) };

const IMPLEMENTATIONS = [
  [
    'in memory',
    async () => {
      const world = shopWorld();
      const stores = { tiers: memoryTierStore(world), purchases: memoryPurchaseStore(world) };
      return { ...stores, buyer: idOf<UserId>(randomUUID()), close: async () => undefined };
    },
  ],
  [
    'in the database',
    async () => {
      const database = await migratedDatabase(8);
      const buyer = await buyerIn(database);
      const stores = { tiers: makeTierStore(database), purchases: makePurchaseStore(database) };
      return { ...stores, buyer, close: database.close };
    },
  ],
] as const;

/** Goal: the fake and the database keep tiers, purchases and the provider's messages by the same rules. */
describe.each(IMPLEMENTATIONS)('the shop %s', (_, open) => {
  let stores: Awaited<ReturnType<typeof open>>;
  beforeAll(async () => {
    stores = await open();
  });
  afterAll(() => stores.close());

  async function opened(change: Partial<PurchaseOrder> = {}): Promise<Purchase> {
    const tier = tierOf();
    await stores.tiers.save(tier, 0, audit());
    const order: PurchaseOrder = {
      purchaseId: idOf(randomUUID()),
      resetOf: null,
      userId: stores.buyer,
      tierId: tier.tierId,
      tierSlug: tier.slug,
      tierName: tier.name,
      priceUsd: tier.priceUsd,
      ruleSetVersion: 1,
      ruleSetHash: tier.ruleSetHash,
      assessmentId: idOf(randomUUID()),
      createdAt: NOW,
      ...change,
    };
    expect(await stores.purchases.open(order, ANY)).toBe('opened');
    expect(await stores.purchases.open(order, ANY)).toBe('known');
    expect(await stores.purchases.open(order, { ...ANY, openMax: 0 })).toBe('known');
    const found = await stores.purchases.find(order.purchaseId);
    expect(found).toEqual({ ...order, version: 1, checkout: undefined, payment: UNPAID, hold: null });
    return found as Purchase;
  }

  const settlement = (change: Partial<Purchase['payment']> = {}, paymentId?: string) => ({
    payment: { ...UNPAID, isPaid: true, ...change },
    hold: null,
    paymentId,
    messages: [],
    audit: audit(),
  });

  test('a tier comes back as it was published, exactly; the next version must follow the one that was read', async () => {
    const tier = tierOf();
    expect(await stores.tiers.save(tier, 0, audit())).toBe('saved');
    expect(await stores.tiers.find(tier.slug)).toEqual(tier);
    expect(await stores.tiers.save(tierOf({ slug: tier.slug }), 0, audit())).toBe('stale');
    const next = { ...tier, name: 'Next', ruleSetVersion: 2, ruleSetHash: 'b'.repeat(64) };
    const program = { ...PROGRAM, resetPriceUsd: null };
    expect(await stores.tiers.save({ ...next, program }, 1, audit())).toBe('saved');
    expect(await stores.tiers.find(tier.slug)).toEqual({ ...next, program });
    expect(await stores.tiers.save({ ...next, program }, 1, audit())).toBe('stale');
    expect(await stores.tiers.save({ ...next, program, priceUsd: dollars('99') }, 2, audit())).toBe('saved');
    expect((await stores.tiers.find(tier.slug))?.priceUsd).toBe(dollars('99'));
    expect(await stores.tiers.find('no-such')).toBeUndefined();
  });

  test('the cheapest tier comes first', async () => {
    for (const price of ['300', '100', '200'])
      await stores.tiers.save(tierOf({ priceUsd: dollars(price) }), 0, audit());
    const prices = (await stores.tiers.list()).map(({ priceUsd }) => priceUsd);
    expect(prices).toEqual([...prices].sort((a, b) => Number(a - b)));
  });

  test('the first checkout stays', async () => {
    const { purchaseId } = await opened();
    const checkout = { checkoutId: `cs_${randomUUID()}`, url: 'https://pay.example/1' };
    await stores.purchases.attachCheckout(purchaseId, checkout);
    await stores.purchases.attachCheckout(purchaseId, {
      checkoutId: `cs_${randomUUID()}`,
      url: 'https://pay.example/2',
    });
    expect((await stores.purchases.find(purchaseId))?.checkout).toEqual(checkout);
  });

  test('a reset names the assessment that it starts anew', async () => {
    const resetOf = idOf<AssessmentId>(randomUUID());
    const { purchaseId } = await opened({ resetOf });
    expect((await stores.purchases.find(purchaseId))?.resetOf).toBe(resetOf);
  });

  test('a buyer’s purchases, newest first', async () => {
    const older = await opened({ createdAt: plusMs(NOW, 1_000) });
    const newer = await opened({ createdAt: plusMs(NOW, 2_000) });
    const listed = (await stores.purchases.listOf(stores.buyer)).map(({ purchaseId }) => purchaseId);
    expect(listed.slice(0, 2)).toEqual([newer.purchaseId, older.purchaseId]);
    expect(await stores.purchases.listOf(idOf<UserId>(randomUUID()))).toEqual([]);
  });

  test('of many settlements of one version one is written; its message counts once', async () => {
    const purchase = await opened();
    const messages = Array.from({ length: 10 }, () => message());
    const settled = await Promise.all(messages.map((each) => stores.purchases.settle(purchase, each, settlement())));
    expect(settled.filter((each) => each === 'settled')).toHaveLength(1);
    const after = (await stores.purchases.find(purchase.purchaseId)) as Purchase;
    expect(after).toMatchObject({ version: 2, payment: { isPaid: true } });
    const known = messages[settled.indexOf('settled')] as (typeof messages)[number];
    expect(await stores.purchases.isKnownMessage(known.messageId)).toBe(true);
    expect(await stores.purchases.settle(after, known, settlement())).toBe('stale');
    expect((await stores.purchases.find(purchase.purchaseId))?.version).toBe(2);
  });

  test('the payment’s id is kept from the first message that names it', async () => {
    const purchase = await opened();
    const [one, two] = [`pi_${randomUUID()}`, `pi_${randomUUID()}`];
    expect(await stores.purchases.findByPayment(one)).toBeUndefined();
    await stores.purchases.settle(purchase, message(), settlement({}, one));
    const after = (await stores.purchases.find(purchase.purchaseId)) as Purchase;
    await stores.purchases.settle(after, message(), settlement({ disputes: { du_1: 'open' } }, two));
    expect(await stores.purchases.findByPayment(one)).toBe(purchase.purchaseId);
    expect(await stores.purchases.findByPayment(two)).toBeUndefined();
    const { payment } = (await stores.purchases.find(purchase.purchaseId)) as Purchase;
    expect(payment.disputes).toEqual({ du_1: 'open' });
  });

  test('a message that changes nothing is kept once as well', async () => {
    const given = message();
    await stores.purchases.keepMessage(given, 'ignored');
    await stores.purchases.keepMessage(given, 'purchase_unknown');
    expect(await stores.purchases.isKnownMessage(given.messageId)).toBe(true);
    expect(await stores.purchases.isKnownMessage('evt_unknown')).toBe(false);
  });

  test('as many may wait for their payment as the cap says, counted from its time on', async () => {
    const first = await opened({ createdAt: plusMs(NOW, 10_000) });
    const {
      version: _,
      checkout: __,
      payment: ___,
      hold: ____,
      ...order
    } = await opened({ createdAt: plusMs(NOW, 20_000) });
    const open = (openMax: number, sinceMs: number) =>
      stores.purchases.open(
        { ...order, purchaseId: idOf(randomUUID()), assessmentId: idOf(randomUUID()), createdAt: plusMs(NOW, 9_000) },
        { openMax, since: plusMs(NOW, sinceMs) },
      );
    expect(await open(2, 9_999)).toBe('full');
    expect(await open(2, 10_000)).toBe('opened');
    await stores.purchases.settle(first, message(), settlement());
    expect(await open(2, 9_999)).toBe('opened');
    expect(await open(1, 9_999)).toBe('full');
  });
});
