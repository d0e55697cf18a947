import fc from 'fast-check';
import { idOf, type PurchaseId } from '../../../domain/kernel/ids';
import type { PurchaseOrder } from '../../../usecases/ports/purchase/purchase-store';
import { ANN, BOB, Shop } from './shop';

describe('settling', () => {
  test('publishes the grant under the assessment’s id, once, and names the assessment to its buyer alone', async () => {
    const shop = new Shop();
    const purchaseId = await shop.opened();
    expect(await shop.read(purchaseId)).toMatchObject({ value: { status: 'pending', assessmentId: null } });
    const notice = shop.paid(purchaseId);
    expect(await shop.tell(notice, { purchaseId, messageId: 'evt_a' })).toBe('applied');
    expect(await shop.tell(notice, { purchaseId, messageId: 'evt_a' })).toBe('duplicate');
    expect(await shop.tell(notice, { purchaseId, messageId: 'evt_b' })).toBe('applied');
    const { assessmentId } = shop.world.purchases.get(purchaseId) as PurchaseOrder;
    expect(shop.world.outbox).toMatchObject([
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
    expect(shop.world.outbox).toHaveLength(1);
  });

  test('a message that names the payment only is led back by an earlier one, else by the provider', async () => {
    const shop = new Shop();
    const disputes = { du: 'open' } as const;
    const known = await shop.opened();
    await shop.tell(shop.paid(known), { purchaseId: known, paymentId: 'pi_known' });
    expect(await shop.reverse('pi_known', { disputes })).toBe('applied');
    const early = await shop.opened();
    shop.paymentsOf.set('pi_early', early);
    expect(await shop.reverse('pi_early', { disputes })).toBe('applied');
    expect(await shop.tell(shop.paid(early), { purchaseId: early })).toBe('applied');
    expect(await shop.read(early)).toMatchObject({ value: { status: 'disputed', assessmentId: null } });
    expect(await shop.reverse('pi_of_another_shop', { disputes })).toBe('purchase_unknown');
  });

  test('while the provider cannot be asked the message is not taken, so that it comes again', async () => {
    const shop = new Shop();
    await shop.opened();
    shop.isProviderDown = true;
    await expect(shop.reverse('pi_early', {}, { messageId: 'evt_early' })).rejects.toThrow('away');
    expect(shop.world.messages.has('evt_early')).toBe(false);
  });

  test('what says nothing or is not the price is kept and changes nothing', async () => {
    const shop = new Shop();
    const purchaseId = await shop.opened();
    expect(await shop.tell(undefined)).toBe('ignored');
    expect(await shop.tell({ type: 'expired' })).toBe('purchase_unknown');
    expect(await shop.tell({ type: 'expired' }, { purchaseId: idOf<PurchaseId>('none') })).toBe('purchase_unknown');
    const wrong = { ...shop.paid(purchaseId), currency: 'eur' };
    expect(await shop.tell(wrong, { purchaseId })).toBe('amount_mismatch');
    expect([...shop.world.messages.values()].sort()).toEqual([
      'amount_mismatch',
      'ignored',
      'purchase_unknown',
      'purchase_unknown',
    ]);
    expect(shop.world.purchases.get(purchaseId)?.version).toBe(1);
  });

  test.each`
    story                                  | first                           | then                            | status
    ${'a refund failed after it was told'} | ${{ refundedUsd: 89_000_000n }} | ${{}}                           | ${'completed'}
    ${'a dispute is won'}                  | ${{ disputes: { du: 'open' } }} | ${{ disputes: { du: 'won' } }}  | ${'completed'}
    ${'a dispute that was won is lost'}    | ${{ disputes: { du: 'won' } }}  | ${{ disputes: { du: 'lost' } }} | ${'disputed'}
    ${'a refund ends a dispute'}           | ${{ disputes: { du: 'open' } }} | ${{ refundedUsd: 89_000_000n }} | ${'refunded'}
  `('$story: the purchase is $status, by whichever message comes last', async ({ first, then, status }) => {
    const shop = new Shop();
    const purchaseId = await shop.opened();
    const price = shop.paid(purchaseId).amountUsd;
    const scaled = ({ refundedUsd, ...rest }: { refundedUsd?: bigint }) => ({
      ...rest,
      ...(refundedUsd !== undefined && { refundedUsd: price }),
    });
    await shop.tell(shop.paid(purchaseId), { purchaseId, paymentId: 'pi' });
    await shop.reverse('pi', scaled(first), { messageId: 'evt_first' });
    await shop.reverse('pi', scaled(then));
    expect(await shop.read(purchaseId)).toMatchObject({ value: { status } });
    // The message of before comes once more, under another id: it asks for what is true now.
    await shop.tell({ type: 'reversed' }, { paymentId: 'pi' });
    expect(await shop.read(purchaseId)).toMatchObject({ value: { status } });
    expect(shop.world.outbox.filter(({ type }) => type === 'payment.purchase-completed')).toHaveLength(1);
  });

  test('whatever order its messages come in, a purchase ends as the provider’s objects do', async () => {
    const outcome = fc.constantFrom('open' as const, 'won' as const, 'lost' as const);
    const step = fc.record({ part: fc.constantFrom(0n, 1n, 2n), disputes: fc.dictionary(fc.constant('du'), outcome) });
    const story = fc.array(step, { minLength: 1, maxLength: 5 });
    await fc.assert(
      fc.asyncProperty(story, fc.infiniteStream(fc.nat()), async (steps, picks) => {
        const shop = new Shop();
        const purchaseId = await shop.opened();
        const paid = shop.paid(purchaseId);
        const ofStep = ({ part, disputes }: (typeof steps)[number]) => ({
          refundedUsd: ((paid.amountUsd * part * 1n) / 2n) as typeof paid.amountUsd,
          disputes,
        });
        const last = steps.at(-1) as (typeof steps)[number];
        // Some are told while things still change, all of them again after the end, in any order.
        await shop.tell(paid, { purchaseId, paymentId: 'pi' });
        for (const each of steps) {
          shop.reversals.set('pi', ofStep(each));
          if ((picks.next().value as number) % 2) await shop.tell({ type: 'reversed' }, { paymentId: 'pi' });
        }
        await Promise.all(steps.map(() => shop.tell({ type: 'reversed' }, { paymentId: 'pi' })));
        expect(shop.world.purchases.get(purchaseId)?.payment).toMatchObject(ofStep(last));
      }),
      { numRuns: 50 },
    );
  });

  test('that another checkout of a purchase ran out says nothing about it', async () => {
    const shop = new Shop();
    const purchaseId = await shop.opened();
    expect(await shop.tell({ type: 'expired' }, { purchaseId, checkoutId: 'cs_that_nobody_saw' })).toBe('ignored');
    expect(await shop.read(purchaseId)).toMatchObject({ value: { status: 'pending' } });
    expect(await shop.tell({ type: 'expired' }, { purchaseId, checkoutId: `cs_${purchaseId}` })).toBe('applied');
    expect(await shop.read(purchaseId)).toMatchObject({ value: { status: 'expired' } });
  });

  test.each([true, false])('what becomes of a payment is told once for each change; the firm holds: %s', async (is) => {
    const shop = new Shop();
    shop.holds(is);
    const purchaseId = await shop.opened();
    const refundedUsd = shop.paid(purchaseId).amountUsd;
    await shop.tell(shop.paid(purchaseId), { purchaseId, paymentId: 'pi' });
    const kept = () => shop.world.purchases.get(purchaseId)?.hold;
    const holds = [kept()];
    const steps = [{ disputes: { du: 'open' } }, { disputes: { du: 'lost' } }, { refundedUsd }, {}] as const;
    for (const step of steps) {
      await shop.reverse('pi', step);
      await shop.tell({ type: 'reversed' }, { paymentId: 'pi' });
      holds.push(kept());
    }
    expect(holds).toEqual(is ? [null, 'dispute', 'chargeback', 'refund', null] : Array(5).fill(null));
    const { assessmentId } = shop.world.purchases.get(purchaseId) as PurchaseOrder;
    const changed = { type: 'payment.purchase-changed', key: assessmentId };
    expect(shop.world.outbox).toMatchObject([
      { type: 'payment.purchase-completed' },
      { ...changed, data: { reversal: 'dispute' } },
      { ...changed, data: { reversal: 'chargeback' } },
      { ...changed, data: { reversal: 'refund' } },
      { ...changed, data: { reversal: null } },
    ]);
  });

  test('nobody is told of a payment that was granted nothing', async () => {
    const shop = new Shop();
    const purchaseId = await shop.opened();
    shop.paymentsOf.set('pi', purchaseId);
    await shop.reverse('pi', { refundedUsd: shop.paid(purchaseId).amountUsd });
    await shop.tell(shop.paid(purchaseId), { purchaseId, paymentId: 'pi' });
    expect(shop.world.outbox).toEqual([]);
  });
});
