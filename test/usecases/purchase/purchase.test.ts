import { createHash } from 'node:crypto';
import { idOf, type PurchaseId, type UserId } from '../../../domain/kernel/ids';
import { instant } from '../../../domain/kernel/instant';
import { accept, refuse } from '../../../domain/kernel/result';
import type { Notice } from '../../../domain/purchase/payment';
import type { Order } from '../../../usecases/ports/purchase-store';
import { publishDefaultTiers } from '../../../usecases/publish-default-tiers';
import { publishTier } from '../../../usecases/publish-tier';
import { getPurchase } from '../../../usecases/read-purchases';
import { type ProviderMessage, settlePurchase } from '../../../usecases/settle-purchase';
import { startPurchase } from '../../../usecases/start-purchase';
import { memoryPurchaseStore, memoryTierStore, shopWorld } from '../../fakes/memory-purchase';

const NOW = instant(1_764_000_000_000);
const ANN = idOf<UserId>('ann');
const BOB = idOf<UserId>('bob');
const trace = { correlationId: 'c-1', traceparent: null };

/** The shop over stores in memory and a provider that a test holds in its hand. */
class Shop {
  isProviderDown = false;
  readonly asked: Order[] = [];
  /** Payments that only the provider can lead back to a purchase. */
  readonly paymentsOf = new Map<string, PurchaseId>();
  readonly world = shopWorld();
  private made = 0;

  private readonly parts = {
    tiers: memoryTierStore(this.world),
    purchases: memoryPurchaseStore(this.world),
    identities: {
      find: async (userId: UserId) => ({ userId, email: `${userId}@example.com`, displayName: '', roles: [] }),
    },
    provider: {
      openCheckout: async (order: Order) => {
        if (this.isProviderDown) return refuse('checkout_unavailable');
        this.asked.push(order);
        return accept({ checkoutId: `cs_${order.purchaseId}`, url: `https://pay.example/${order.purchaseId}` });
      },
      purchaseOf: async (paymentId: string) => {
        if (this.isProviderDown) throw new Error('the provider is away');
        return this.paymentsOf.get(paymentId);
      },
    },
    digest: { sha256: (text: string) => createHash('sha256').update(text).digest('hex') },
    clock: { now: () => NOW },
    ids: { next: <Id extends string>() => `id-${++this.made}` as Id },
  };

  readonly publish = publishTier(this.parts);
  readonly settle = settlePurchase(this.parts);
  fill = () => publishDefaultTiers(this.parts)(trace);
  start = (purchaseId: PurchaseId, tierSlug = 'sprint-10k', userId = ANN) =>
    startPurchase(this.parts)({ purchaseId, tierSlug, userId });
  read = (purchaseId: PurchaseId, userId = ANN) => getPurchase(this.parts)(purchaseId, userId);

  async opened(): Promise<PurchaseId> {
    if (this.world.tiers.size === 0) await this.fill();
    const purchaseId = idOf<PurchaseId>(`p-${++this.made}`);
    expect((await this.start(purchaseId)).ok).toBe(true);
    return purchaseId;
  }

  tell = (notice: Notice | undefined, change: Partial<ProviderMessage> = {}) =>
    this.settle(
      {
        messageId: `evt_${++this.made}`,
        type: 't',
        createdAt: NOW,
        notice,
        purchaseId: undefined,
        paymentId: undefined,
        ...change,
      },
      trace,
    );

  paid = (purchaseId: PurchaseId): Notice => {
    const priceUsd = this.world.purchases.get(purchaseId)?.priceUsd;
    if (priceUsd === undefined) throw new Error(`${purchaseId} is unknown`);
    return { type: 'paid', amountUsd: priceUsd, currency: 'usd' };
  };
}

describe('starting', () => {
  test('pins price and rules of the moment, reserves the assessment, and asks the provider once more each time it must', async () => {
    const shop = new Shop();
    await shop.fill();
    const id = idOf<PurchaseId>('p-1');
    shop.isProviderDown = true;
    expect(await shop.start(id)).toEqual({ ok: false, refusal: 'checkout_unavailable' });
    const sprint = shop.world.tiers.get('sprint-10k');
    if (!sprint) throw new Error('it is on sale');
    await shop.publish({
      ...sprint,
      priceUsd: sprint.priceUsd,
      rules: { ...sprint.rules, tradesMin: 9 },
      actor: ANN,
      trace,
    });
    shop.isProviderDown = false;
    expect(await shop.start(id)).toEqual(accept({ checkoutId: 'cs_p-1', url: 'https://pay.example/p-1' }));
    expect(await shop.start(id)).toMatchObject({ ok: true });
    expect(shop.asked.map(({ ruleSetVersion, ruleSetHash }) => [ruleSetVersion, ruleSetHash])).toEqual([
      [1, sprint.ruleSetHash],
    ]);
  });

  test.each`
    story                       | slug             | user   | refusal
    ${'of another tier'}        | ${'master-100k'} | ${ANN} | ${'purchase_id_reused'}
    ${'by somebody else'}       | ${'sprint-10k'}  | ${BOB} | ${'purchase_id_reused'}
    ${'of a tier that is none'} | ${'no-such'}     | ${ANN} | ${'purchase_id_reused'}
  `('the same id $story is refused', async ({ slug, user, refusal }) => {
    const shop = new Shop();
    const id = await shop.opened();
    expect(await shop.start(id, slug, user)).toMatchObject({ ok: false, refusal, fault: { field: 'purchaseId' } });
    expect(shop.asked).toHaveLength(1);
  });

  test('an unknown tier opens nothing', async () => {
    const shop = new Shop();
    expect(await shop.start(idOf<PurchaseId>('p-1'), 'no-such')).toMatchObject({ refusal: 'tier_unknown' });
    expect(shop.world.purchases.size).toBe(0);
  });
});

describe('settling', () => {
  test('announces the grant under the assessment’s id, once, and names the assessment to its buyer alone', async () => {
    const shop = new Shop();
    const purchaseId = await shop.opened();
    expect(await shop.read(purchaseId)).toMatchObject({ value: { status: 'pending', assessmentId: null } });
    const notice = shop.paid(purchaseId);
    expect(await shop.tell(notice, { purchaseId, messageId: 'evt_a' })).toBe('applied');
    expect(await shop.tell(notice, { purchaseId, messageId: 'evt_a' })).toBe('duplicate');
    expect(await shop.tell(notice, { purchaseId, messageId: 'evt_b' })).toBe('applied');
    const { assessmentId } = shop.world.purchases.get(purchaseId) as Order;
    expect(shop.world.announcements).toMatchObject([
      {
        type: 'payment.purchase-completed',
        key: assessmentId,
        accountVersion: null,
        data: { purchaseId, userId: ANN },
      },
    ]);
    expect(await shop.read(purchaseId)).toMatchObject({ value: { status: 'completed', assessmentId } });
    expect(await shop.read(purchaseId, BOB)).toMatchObject({ refusal: 'purchase_unknown' });
  });

  test('of many deliveries at once each message counts once', async () => {
    const shop = new Shop();
    const purchaseId = await shop.opened();
    const notice = shop.paid(purchaseId);
    const ids = ['a', 'b', 'a', 'c', 'b', 'a', 'c', 'a'];
    const outcomes = await Promise.all(ids.map((messageId) => shop.tell(notice, { purchaseId, messageId })));
    expect(outcomes.filter((outcome) => outcome === 'applied')).toHaveLength(3);
    expect(outcomes.filter((outcome) => outcome === 'duplicate')).toHaveLength(5);
    expect(shop.world.announcements).toHaveLength(1);
  });

  test('a message that names the payment only is led back by an earlier one, else by the provider', async () => {
    const shop = new Shop();
    const disputed: Notice = { type: 'disputed', disputeId: 'du', outcome: 'open' };
    const known = await shop.opened();
    await shop.tell(shop.paid(known), { purchaseId: known, paymentId: 'pi_known' });
    shop.isProviderDown = true;
    expect(await shop.tell(disputed, { paymentId: 'pi_known' })).toBe('applied');
    shop.isProviderDown = false;
    const early = await shop.opened();
    shop.paymentsOf.set('pi_early', early);
    expect(await shop.tell(disputed, { paymentId: 'pi_early' })).toBe('applied');
    expect(await shop.tell(shop.paid(early), { purchaseId: early })).toBe('applied');
    expect(await shop.read(early)).toMatchObject({ value: { status: 'disputed', assessmentId: null } });
    expect(await shop.tell(disputed, { paymentId: 'pi_of_another_shop' })).toBe('purchase_unknown');
  });

  test('while the provider cannot be asked the message is not taken, so that it comes again', async () => {
    const shop = new Shop();
    await shop.opened();
    shop.isProviderDown = true;
    const message = { paymentId: 'pi_early', messageId: 'evt_early' };
    await expect(shop.tell({ type: 'disputed', disputeId: 'du', outcome: 'open' }, message)).rejects.toThrow('away');
    expect(shop.world.messages.has('evt_early')).toBe(false);
  });

  test('what says nothing or is not the price is kept and changes nothing', async () => {
    const shop = new Shop();
    const purchaseId = await shop.opened();
    expect(await shop.tell(undefined)).toBe('ignored');
    expect(await shop.tell({ type: 'expired' })).toBe('purchase_unknown');
    expect(await shop.tell({ type: 'expired' }, { purchaseId: idOf<PurchaseId>('none') })).toBe('purchase_unknown');
    const wrong: Notice = { ...shop.paid(purchaseId), currency: 'eur' } as Notice;
    expect(await shop.tell(wrong, { purchaseId })).toBe('amount_mismatch');
    expect([...shop.world.messages.values()].sort()).toEqual([
      'amount_mismatch',
      'ignored',
      'purchase_unknown',
      'purchase_unknown',
    ]);
    expect(shop.world.purchases.get(purchaseId)?.version).toBe(1);
  });
});

describe('publishing', () => {
  test('fills an empty shop once', async () => {
    const shop = new Shop();
    expect(await shop.fill()).toHaveLength(4);
    expect(await shop.fill()).toEqual([]);
    const tier = shop.world.tiers.get('master-100k');
    expect([tier?.rules.maxDrawdownUsd, tier?.rules.dailyLossUsd]).toEqual([10_000_000_000n, 5_000_000_000n]);
  });

  test('the same rules are the same version, whoever publishes them', async () => {
    const shop = new Shop();
    await shop.fill();
    const sprint = shop.world.tiers.get('sprint-10k');
    if (!sprint) throw new Error('it is on sale');
    const again = await shop.publish({ ...sprint, name: 'Sprint', actor: BOB, trace });
    expect(again).toMatchObject({ ok: true, value: { name: 'Sprint', ruleSetVersion: 1, tierId: sprint.tierId } });
    expect(shop.world.audit.at(-1)).toMatchObject({ actor: BOB, action: 'tier.published', subject: sprint.tierId });
  });
});
