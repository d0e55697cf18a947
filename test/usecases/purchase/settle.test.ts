import { idOf, type PurchaseId } from '../../../domain/kernel/ids';
import type { Notice } from '../../../domain/purchase/payment';
import type { Order } from '../../../usecases/ports/purchase-store';
import { ANN, BOB, Shop } from './shop';

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
